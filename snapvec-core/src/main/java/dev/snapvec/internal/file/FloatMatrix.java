package dev.snapvec.internal.file;

import java.io.IOException;
import java.util.Locale;

/**
 * A section with trained parameters, as float32.
 */
public final class FloatMatrix {

	/**
	 * The largest magnitude of a number. With it, the squared norm of a vector of such
	 * numbers, and its inner product with a unit vector, are finite float32 numbers.
	 */
	public static final float LARGEST = 1e15f;

	/** Maximum length of an array. */
	private static final int LONGEST = Integer.MAX_VALUE - 8;

	private FloatMatrix() {
	}

	/**
	 * Reads all numbers.
	 * @param source the file
	 * @param rows number of rows
	 * @param columns numbers per row
	 * @param part name of the section, for the error
	 * @return the numbers, row by row
	 * @throws MalformedFileException if the file is too short, or a number is not finite
	 * or too large
	 * @throws IOException if they need more heap than the JVM has, or reading fails
	 */
	public static float[] read(FileSource source, int rows, int columns, String part) throws IOException {
		long count = (long) rows * columns;
		source.require(count * Float.BYTES, part);
		long heap = Runtime.getRuntime().maxMemory();
		if (count > LONGEST || count * Float.BYTES > heap) {
			throw new IOException(String.format(Locale.ROOT,
					"its %s are %d x %d numbers and need %d bytes of heap, but an array has at most %d and the JVM at most %d (-Xmx)",
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
