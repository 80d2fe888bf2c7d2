package dev.snapvec.internal.file;

import java.io.IOException;
import java.util.Locale;

/**
 * A part of a file that holds learned numbers, one float32 each.
 */
public final class FloatMatrix {

	/**
	 * The largest magnitude of a number. The square of a vector of such numbers is a
	 * float32, and so is its inner product with a unit vector.
	 */
	public static final float LARGEST = 1e15f;

	/** The longest array there can be. */
	private static final int LONGEST = Integer.MAX_VALUE - 8;

	private FloatMatrix() {
	}

	/**
	 * Reads all numbers.
	 * @param source the file
	 * @param rows how many rows of numbers
	 * @param columns how many numbers a row has
	 * @param part what they are, for the error
	 * @return the numbers, row by row
	 * @throws MalformedFileException if the file does not hold them, or one is not finite
	 * or too large
	 * @throws IOException if they are more than the heap can hold, or reading fails
	 */
	public static float[] read(FileSource source, int rows, int columns, String part) throws IOException {
		long count = (long) rows * columns;
		source.require(count * Float.BYTES, part);
		long heap = Runtime.getRuntime().maxMemory();
		if (count > LONGEST || count * Float.BYTES > heap) {
			throw new IOException(String.format(Locale.ROOT,
					"its %s are %d x %d numbers, which take %d bytes of heap; possible are %d, and the JVM has %d (-Xmx)",
					part, rows, columns, count * Float.BYTES, (long) LONGEST * Float.BYTES, heap));
		}
		float[] values = new float[(int) count];
		source.floats(values, 0, values.length);
		for (int i = 0; i < values.length; i++) {
			if (!(Math.abs(values[i]) <= LARGEST)) {
				throw new MalformedFileException(
						String.format(Locale.ROOT, "number %d of its %s must be between %s and %s, but was %s", i, part,
								-LARGEST, LARGEST, values[i]));
			}
		}
		return values;
	}

}
