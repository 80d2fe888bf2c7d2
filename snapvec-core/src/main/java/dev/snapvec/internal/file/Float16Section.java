package dev.snapvec.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Locale;

import dev.snapvec.internal.code.Float16;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * A section with one vector per row, as float16 or, in old versions, float32.
 */
public final class Float16Section {

	/** The bits of the largest finite float16. */
	private static final int LARGEST = 0x7bff;

	/** The bits of the largest one in a unit vector: 1 and what rounding may add. */
	private static final int LARGEST_OF_UNIT = 0x3c03;

	private Float16Section() {
	}

	/**
	 * Reads the vectors of all rows.
	 * @param single whether they are float32
	 * @param units whether the writer normalized them
	 */
	public static void read(FileSource source, RowLoader loader, int width, boolean single, boolean units)
			throws IOException {
		int largest = units ? LARGEST_OF_UNIT : LARGEST;
		long rowBytes = (long) width * (single ? Float.BYTES : Short.BYTES);
		long from = source.skip(loader.count() * rowBytes, "vectors");
		loader.forEachBatch((row, rows) -> source.section(from + row * rowBytes, (int) (rows * rowBytes), (bytes) -> {
			ByteBuffer vectors = ByteBuffer.wrap(bytes, 0, (int) (rows * rowBytes)).order(ByteOrder.LITTLE_ENDIAN);
			short[] float16 = new short[rows * width];
			if (single) {
				read(vectors.asFloatBuffer(), float16, row, width);
			}
			else {
				vectors.asShortBuffer().get(float16);
			}
			if (magnitude(float16) > largest) {
				throw tooLarge(float16, largest, row, width);
			}
			loader.float16(row, float16, rows);
		}));
	}

	private static void read(FloatBuffer floats, short[] float16, int row, int width) throws MalformedFileException {
		for (int i = 0; i < float16.length; i++) {
			float value = floats.get(i);
			if (!Float.isFinite(value)) {
				throw new MalformedFileException(
						String.format(Locale.ROOT, "the vector of row %d must be finite, but holds %s at position %d",
								row + i / width, value, i % width));
			}
			float16[i] = Float16.of(value);
		}
	}

	/**
	 * The bits of the largest magnitude; as integers, finite numbers are ordered,
	 * followed by infinities and NaNs.
	 */
	private static int magnitude(short[] float16) {
		int largest = 0;
		for (short half : float16) {
			largest = Math.max(largest, half & Short.MAX_VALUE);
		}
		return largest;
	}

	private static MalformedFileException tooLarge(short[] float16, int largest, int row, int width) {
		int i = 0;
		while ((float16[i] & Short.MAX_VALUE) <= largest) {
			i++;
		}
		return new MalformedFileException(String.format(Locale.ROOT,
				"the vector of row %d holds the float16 with bits %04x at position %d, but must be finite and at most %s",
				row + i / width, float16[i], i % width, Float16.toFloat((short) largest)));
	}

	public static void write(FileSink sink, RowOrder order, int width) throws IOException {
		order.forEachFloat16((float16, count) -> sink.shorts(float16, count * width));
	}

}
