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

	/** Levels of which a byte may be one more. */
	private static final int MOST_LEVELS = 255;

	/** Rows of a column that are read at once. */
	private static final int COLUMN_ROWS = 16 * RowBlock.ROWS;

	private Plane plane() {
		return Plane.of(this.codesPerRow, this.bits);
	}

	long length(long rows) {
		return rows * this.codesPerRow;
	}

	void readByRow(FileSource source, RowLoader loader, int planeIndex) throws IOException {
		Plane plane = plane();
		long from = source.skip(length(loader.count()), "codes");
		loader.forEachBatch((row, rows) -> {
			byte[] codes = source.section(from + length(row), (int) length(rows)).array();
			check(codes);
			loader.codes(planeIndex, row, (this.bits == Byte.SIZE) ? codes : packed(plane, codes, rows), rows);
		});
	}

	private byte[] packed(Plane plane, byte[] codes, int rows) {
		byte[] packed = new byte[rows * plane.columns()];
		for (int r = 0; r < rows; r++) {
			plane.pack(codes, r * this.codesPerRow, this.codesPerRow, this.bits, packed, r * plane.columns());
		}
		return packed;
	}

	/** Reads the first code of all rows, then the second of all rows, and so on. */
	void readByColumn(FileSource source, RowLoader loader, int planeIndex) throws IOException {
		long from = source.skip(length(loader.count()), "codes");
		// those that lie in one byte by one task
		int columns = plane().columns();
		int codesPerColumn = Byte.SIZE / this.bits;
		loader.run(columns, (column) -> {
			for (int i = 0; i < codesPerColumn; i++) {
				int code = column * codesPerColumn + i;
				if (code < this.codesPerRow) {
					readColumn(source, from + (long) code * loader.count(), loader, planeIndex, code);
				}
			}
		});
	}

	private void readColumn(FileSource source, long from, RowLoader loader, int planeIndex, int code)
			throws IOException {
		for (int first = 0; first < loader.count(); first += COLUMN_ROWS) {
			byte[] codes = source.section(from + first, Math.min(COLUMN_ROWS, loader.count() - first)).array();
			check(codes);
			for (int at = 0; at < codes.length; at += RowBlock.ROWS) {
				loader.code(planeIndex, code, this.bits, first + at, codes, at,
						Math.min(RowBlock.ROWS, codes.length - at));
			}
		}
	}

	private void check(byte[] codes) throws MalformedFileException {
		if (this.levels > MOST_LEVELS) {
			return;
		}
		boolean powerOfTwo = Integer.bitCount(this.levels) == 1;
		int most = 0;
		for (byte code : codes) {
			most = powerOfTwo ? most | code : Math.max(most, code & 0xff);
		}
		if ((most & 0xff) < this.levels) {
			return;
		}
		for (byte code : codes) {
			if ((code & 0xff) >= this.levels) {
				throw new MalformedFileException(
						"a code is %d, its header says they are below %d".formatted(code & 0xff, this.levels));
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
