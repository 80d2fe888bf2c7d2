package dev.snapvec.internal.file;

import java.io.IOException;

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
		short[] halfs = new short[loader.batchRows() * width];
		float[] floats = new float[single ? halfs.length : 0];
		for (int row = 0; row < loader.count(); row += RowBlock.ROWS) {
			int rows = Math.min(RowBlock.ROWS, loader.count() - row);
			if (single) {
				source.floats(floats, 0, rows * width);
				for (int i = 0; i < rows * width; i++) {
					halfs[i] = HalfFloats.of(floats[i]);
				}
			}
			else {
				source.shorts(halfs, rows * width);
			}
			loader.halfs(row, halfs, rows);
		}
	}

	static void write(FileSink sink, RowOrder order, int width) throws IOException {
		EncodedRows rows = order.batch();
		for (int from = 0; from < order.size(); from += RowBlock.ROWS) {
			int count = order.copy(from, rows);
			sink.shorts(rows.halfs(), count * width);
		}
	}

}
