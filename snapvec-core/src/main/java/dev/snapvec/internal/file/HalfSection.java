package dev.snapvec.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.HalfFloats;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * A part of a file that holds a vector a row, as float16 or, in old versions, float32.
 */
final class HalfSection {

	private HalfSection() {
	}

	static void read(FileSource source, RowLoader loader, int width, boolean single) throws IOException {
		long rowBytes = (long) width * (single ? Float.BYTES : Short.BYTES);
		long from = source.skip(loader.count() * rowBytes, "vectors");
		loader.forEachBatch((row, rows) -> source.section(from + row * rowBytes, (int) (rows * rowBytes), (bytes) -> {
			ByteBuffer vectors = ByteBuffer.wrap(bytes, 0, (int) (rows * rowBytes)).order(ByteOrder.LITTLE_ENDIAN);
			loader.halfs(row, single ? ShortBuffer.wrap(halfs(vectors.asFloatBuffer())) : vectors.asShortBuffer(),
					rows);
		}));
	}

	private static short[] halfs(FloatBuffer floats) {
		short[] halfs = new short[floats.remaining()];
		for (int i = 0; i < halfs.length; i++) {
			halfs[i] = HalfFloats.of(floats.get(i));
		}
		return halfs;
	}

	static void write(FileSink sink, RowOrder order, int width) throws IOException {
		EncodedRows rows = order.batch();
		for (int from = 0; from < order.size(); from += RowBlock.ROWS) {
			int count = order.copy(from, rows);
			sink.shorts(rows.halfs(), count * width);
		}
	}

}
