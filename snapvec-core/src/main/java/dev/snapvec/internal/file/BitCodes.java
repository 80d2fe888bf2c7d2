package dev.snapvec.internal.file;

import java.io.IOException;

import dev.snapvec.internal.rows.BitPacking;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.Plane;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * A part of a file that holds the codes of all rows as one stream of bits, the first code
 * in the lowest bits of the first byte, rows without a gap between them.
 */
record BitCodes(int codesPerRow, int bits, Plane plane) {

	BitCodes(int codesPerRow, int bits) {
		this(codesPerRow, bits, Plane.of(codesPerRow, bits));
	}

	long length(long rows) {
		return (rows * this.codesPerRow * this.bits + 7) / 8;
	}

	/**
	 * Whether a row takes whole bytes in the stream, and so the same bytes as in memory.
	 */
	private boolean aligned() {
		return this.plane.packing() != Plane.Packing.PAIRS && this.codesPerRow * this.bits == this.plane.columns() * 8;
	}

	void read(FileSource source, RowLoader loader, int planeIndex) throws IOException {
		Batch batch = new Batch(loader.batchRows());
		for (int row = 0; row < loader.count(); row += RowBlock.ROWS) {
			int rows = Math.min(RowBlock.ROWS, loader.count() - row);
			source.bytes(batch.stream, (int) length(rows));
			if (!aligned()) {
				BitPacking.unpack(batch.stream, 0, rows * this.codesPerRow, this.bits, batch.codes, 0);
				pack(batch, rows);
			}
			loader.codes(planeIndex, row, aligned() ? batch.stream : batch.packed, rows);
		}
	}

	/** Reads 3-bit codes as versions 1 and 2 of SnapIndex files hold them: two a byte. */
	void readPairs(FileSource source, RowLoader loader, int planeIndex) throws IOException {
		Batch batch = new Batch(loader.batchRows());
		byte[] pairs = new byte[(loader.batchRows() * this.codesPerRow + 1) / 2];
		for (int row = 0; row < loader.count(); row += RowBlock.ROWS) {
			int rows = Math.min(RowBlock.ROWS, loader.count() - row);
			int codes = rows * this.codesPerRow;
			source.bytes(pairs, (codes + 1) / 2);
			for (int i = 0; i < codes; i++) {
				batch.codes[i] = (byte) ((pairs[i / 2] >>> (3 * (i % 2))) & 7);
			}
			pack(batch, rows);
			loader.codes(planeIndex, row, batch.packed, rows);
		}
	}

	private void pack(Batch batch, int rows) {
		for (int r = 0; r < rows; r++) {
			this.plane.pack(batch.codes, r * this.codesPerRow, this.codesPerRow, this.bits, batch.packed,
					r * this.plane.columns());
		}
	}

	void write(FileSink sink, RowOrder order, int planeIndex) throws IOException {
		EncodedRows rows = order.batch();
		Batch batch = new Batch(rows.size());
		for (int from = 0; from < order.size(); from += RowBlock.ROWS) {
			int count = order.copy(from, rows);
			byte[] packed = rows.plane(planeIndex);
			if (aligned()) {
				sink.bytes(packed, 0, count * this.plane.columns());
				continue;
			}
			for (int r = 0; r < count; r++) {
				this.plane.unpack(packed, r * this.plane.columns(), this.codesPerRow, this.bits, batch.codes,
						r * this.codesPerRow);
			}
			BitPacking.pack(batch.codes, 0, count * this.codesPerRow, this.bits, batch.stream, 0);
			sink.bytes(batch.stream, 0, (int) length(count));
		}
	}

	/** Memory for a few rows, in three forms. */
	private final class Batch {

		private final byte[] stream;

		private final byte[] codes;

		private final byte[] packed;

		private Batch(int rows) {
			this.stream = new byte[(int) length(rows)];
			this.codes = new byte[rows * BitCodes.this.codesPerRow];
			this.packed = new byte[rows * BitCodes.this.plane.columns()];
		}

	}

}
