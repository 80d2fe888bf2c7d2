package dev.snapvec.internal.file;

import java.io.IOException;

import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.Plane;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * A part of a file that holds the codes of all rows, one a byte.
 *
 * @param codesPerRow how many codes a row has
 * @param levels how many values a code has
 * @param bits bits a code takes in memory
 */
record ByteCodes(int codesPerRow, int levels, int bits) {

	private Plane plane() {
		return Plane.of(this.codesPerRow, this.bits);
	}

	long length(long rows) {
		return rows * this.codesPerRow;
	}

	void readByRow(FileSource source, RowLoader loader, int planeIndex) throws IOException {
		Plane plane = plane();
		byte[] codes = new byte[loader.batchRows() * this.codesPerRow];
		byte[] packed = new byte[loader.batchRows() * plane.columns()];
		for (int row = 0; row < loader.count(); row += RowBlock.ROWS) {
			int rows = Math.min(RowBlock.ROWS, loader.count() - row);
			source.bytes(codes, rows * this.codesPerRow);
			check(codes, rows * this.codesPerRow);
			for (int r = 0; r < rows; r++) {
				plane.pack(codes, r * this.codesPerRow, this.codesPerRow, this.bits, packed, r * plane.columns());
			}
			loader.codes(planeIndex, row, packed, rows);
		}
	}

	/** Reads the first code of all rows, then the second of all rows, and so on. */
	void readByColumn(FileSource source, RowLoader loader, int planeIndex) throws IOException {
		byte[] codes = new byte[loader.batchRows()];
		for (int code = 0; code < this.codesPerRow; code++) {
			for (int row = 0; row < loader.count(); row += RowBlock.ROWS) {
				int rows = Math.min(RowBlock.ROWS, loader.count() - row);
				source.bytes(codes, rows);
				check(codes, rows);
				loader.code(planeIndex, code, this.bits, row, codes, rows);
			}
		}
	}

	private void check(byte[] codes, int count) throws MalformedFileException {
		for (int i = 0; i < count; i++) {
			if ((codes[i] & 0xff) >= this.levels) {
				throw new MalformedFileException(
						"a code is %d, its header says they are below %d".formatted(codes[i] & 0xff, this.levels));
			}
		}
	}

	void writeByRow(FileSink sink, RowOrder order, int planeIndex) throws IOException {
		Plane plane = plane();
		EncodedRows rows = order.batch();
		byte[] codes = new byte[this.codesPerRow];
		for (int from = 0; from < order.size(); from += RowBlock.ROWS) {
			int count = order.copy(from, rows);
			for (int r = 0; r < count; r++) {
				plane.unpack(rows.plane(planeIndex), r * plane.columns(), this.codesPerRow, this.bits, codes, 0);
				sink.bytes(codes, 0, this.codesPerRow);
			}
		}
	}

	void writeByColumn(FileSink sink, RowOrder order, int planeIndex) throws IOException {
		byte[] codes = new byte[Math.min(RowBlock.ROWS, order.size())];
		for (int code = 0; code < this.codesPerRow; code++) {
			for (int from = 0; from < order.size(); from += RowBlock.ROWS) {
				int count = order.copyCode(planeIndex, code, this.bits, from, codes);
				sink.bytes(codes, 0, count);
			}
		}
	}

}
