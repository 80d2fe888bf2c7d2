package dev.snapvec.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A file of float vectors, each after its length as a little-endian integer.
 */
final class FvecsFile {

	private static final int BUFFER_BYTES = 1 << 20;

	private FvecsFile() {
	}

	/**
	 * Reads the first vectors of a file.
	 * @param path the file
	 * @param mostRows how many vectors to read at most
	 * @return the vectors
	 */
	static float[][] read(Path path, int mostRows) throws IOException {
		List<float[]> rows = new ArrayList<>();
		try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES)) {
			byte[] length = in.readNBytes(Integer.BYTES);
			while (length.length > 0 && rows.size() < mostRows) {
				int dimension = ints(length, path).getInt();
				if (!rows.isEmpty() && dimension != rows.get(0).length) {
					throw new IOException(String.format(Locale.ROOT, "%s: vector %d has %d values, the first has %d",
							path, rows.size(), dimension, rows.get(0).length));
				}
				rows.add(floats(in, dimension, path));
				length = in.readNBytes(Integer.BYTES);
			}
		}
		return rows.toArray(float[][]::new);
	}

	private static float[] floats(InputStream in, int dimension, Path path) throws IOException {
		byte[] bytes = in.readNBytes(Math.multiplyExact(dimension, Float.BYTES));
		if (bytes.length != dimension * Float.BYTES) {
			throw new EOFException(String.format(Locale.ROOT, "%s ends within a vector", path));
		}
		float[] row = new float[dimension];
		ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(row);
		return row;
	}

	private static ByteBuffer ints(byte[] bytes, Path path) throws IOException {
		if (bytes.length != Integer.BYTES) {
			throw new EOFException(String.format(Locale.ROOT, "%s ends within a length", path));
		}
		return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
	}

}
