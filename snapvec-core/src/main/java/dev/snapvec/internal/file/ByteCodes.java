package dev.snapvec.internal.file;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;

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
public record ByteCodes(int codesPerRow, int levels, int bits) {

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	/** Rows of a column that are read at once. */
	private static final int COLUMN_ROWS = 16 * RowBlock.ROWS;

	public long length(long rows) {
		return rows * this.codesPerRow;
	}

	public void readByRow(FileSource source, RowLoader loader, int planeIndex) throws IOException {
		Plane plane = loader.plane(planeIndex);
		boolean asTheyAre = plane.packing() == Plane.Packing.BYTES;
		long from = source.skip(length(loader.count()), "codes");
		loader.forEachBatch((row, rows) -> source.section(from + length(row), (int) length(rows), (codes) -> {
			check(codes, (int) length(rows));
			loader.codes(planeIndex, row, asTheyAre ? codes : plane.packRows(codes, this.codesPerRow, this.bits, rows),
					rows);
		}));
	}

	/** Reads the first code of all rows, then the second of all rows, and so on. */
	public void readByColumn(FileSource source, RowLoader loader, int planeIndex) throws IOException {
		long from = source.skip(length(loader.count()), "codes");
		// those that may lie in one byte by one task
		loader.run((this.codesPerRow + 1) / 2, (pair) -> {
			for (int code = 2 * pair; code < 2 * pair + 2; code++) {
				if (code < this.codesPerRow) {
					readColumn(source, from + (long) code * loader.count(), loader, planeIndex, code);
				}
			}
		});
	}

	private void readColumn(FileSource source, long from, RowLoader loader, int planeIndex, int code)
			throws IOException {
		for (int first = 0; first < loader.count(); first += COLUMN_ROWS) {
			int row = first;
			int rows = Math.min(COLUMN_ROWS, loader.count() - first);
			source.section(from + row, rows, (codes) -> {
				check(codes, rows);
				for (int at = 0; at < rows; at += RowBlock.ROWS) {
					loader.code(planeIndex, code, this.bits, row + at, codes, at, Math.min(RowBlock.ROWS, rows - at));
				}
			});
		}
	}

	private void check(byte[] codes, int count) throws MalformedFileException {
		if (this.levels == 1 << Byte.SIZE || (Integer.bitCount(this.levels) == 1 && areBelowPowerOfTwo(codes, count))) {
			return;
		}
		for (int i = 0; i < count; i++) {
			if ((codes[i] & 0xff) >= this.levels) {
				throw new MalformedFileException(String.format(Locale.ROOT,
						"a code is %d, its header says they are below %d", codes[i] & 0xff, this.levels));
			}
		}
	}

	/** Whether codes are below the levels, which are a power of two: eight at a time. */
	private boolean areBelowPowerOfTwo(byte[] codes, int count) {
		long all = 0;
		int i = 0;
		for (; i + Long.BYTES <= count; i += Long.BYTES) {
			all |= (long) LONG.get(codes, i);
		}
		for (; i < count; i++) {
			all |= codes[i] & 0xff;
		}
		return (all & 0x0101010101010101L * (256 - this.levels)) == 0;
	}

	public void writeByRow(FileSink sink, RowOrder order, int planeIndex) throws IOException {
		Plane plane = Plane.of(this.codesPerRow, this.bits);
		byte[] codes = new byte[this.codesPerRow];
		order.forEachBatch((rows, count) -> {
			for (int r = 0; r < count; r++) {
				plane.unpack(rows.plane(planeIndex), r * plane.columns(), this.codesPerRow, this.bits, codes, 0);
				sink.bytes(codes, 0, this.codesPerRow);
			}
		});
	}

	public void writeByColumn(FileSink sink, RowOrder order, int planeIndex) throws IOException {
		byte[] codes = new byte[Math.min(RowBlock.ROWS, order.size())];
		for (int code = 0; code < this.codesPerRow; code++) {
			for (int from = 0; from < order.size(); from += RowBlock.ROWS) {
				int count = order.copyCode(planeIndex, code, this.bits, from, codes);
				sink.bytes(codes, 0, count);
			}
		}
	}

}
