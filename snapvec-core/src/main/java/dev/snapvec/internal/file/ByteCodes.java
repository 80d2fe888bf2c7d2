package dev.snapvec.internal.file;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * A section with the codes of all rows, one per byte.
 *
 * @param codesPerRow number of codes per row
 * @param levels number of values of a code
 */
public record ByteCodes(int codesPerRow, int levels) {

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	/** Rows of a column that are read together. */
	private static final int COLUMN_ROWS = 16 * Groups.BLOCK;

	public long length(long rows) {
		return rows * this.codesPerRow;
	}

	public void readByRow(FileSource source, RowLoader loader, int code) throws IOException {
		CodeSlices slices = loader.slices(code);
		boolean asTheyAre = slices.isStream() && slices.bits() == Byte.SIZE;
		long from = source.skip(length(loader.count()), "codes");
		loader.forEachBatch((row, rows) -> source.section(from + length(row), (int) length(rows), (codes) -> {
			check(codes, (int) length(rows));
			loader.codes(code, row, asTheyAre ? codes : slices.packRows(codes, rows), rows);
		}));
	}

	/** Reads the first code of all rows, then the second of all rows, and so on. */
	public void readByColumn(FileSource source, RowLoader loader, int code) throws IOException {
		long from = source.skip(length(loader.count()), "codes");
		// codes that may share a byte are read by one task
		int together = loader.slices(code).codesPerByte();
		loader.run(Groups.parts(this.codesPerRow, together), (task) -> {
			for (int n = task * together; n < Math.min((task + 1) * together, this.codesPerRow); n++) {
				readColumn(source, from + (long) n * loader.count(), loader, code, n);
			}
		});
	}

	private void readColumn(FileSource source, long from, RowLoader loader, int code, int number) throws IOException {
		for (int first = 0; first < loader.count(); first += COLUMN_ROWS) {
			int row = first;
			int rows = Math.min(COLUMN_ROWS, loader.count() - first);
			source.section(from + row, rows, (codes) -> {
				check(codes, rows);
				for (int at = 0; at < rows; at += Groups.BLOCK) {
					loader.code(code, number, row + at, codes, at, Math.min(Groups.BLOCK, rows - at));
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
						"a code is %d, but its header says that codes are below %d", codes[i] & 0xff, this.levels));
			}
		}
	}

	/**
	 * Whether codes are below the number of levels, a power of two; checks eight at a
	 * time.
	 */
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

	public void writeByRow(FileSink sink, RowOrder order, int code) throws IOException {
		CodeSlices slices = order.layout().codes().get(code);
		byte[] codes = new byte[this.codesPerRow];
		order.forEachCodes(code, (packed, count) -> {
			for (int r = 0; r < count; r++) {
				slices.unpack(packed, r * slices.columns(), codes, 0);
				sink.bytes(codes, 0, this.codesPerRow);
			}
		});
	}

	public void writeByColumn(FileSink sink, RowOrder order, int code) throws IOException {
		byte[] codes = new byte[Math.min(Groups.BLOCK, order.size())];
		for (int number = 0; number < this.codesPerRow; number++) {
			for (int from = 0; from < order.size(); from += Groups.BLOCK) {
				int count = order.copyCode(code, number, from, codes);
				sink.bytes(codes, 0, count);
			}
		}
	}

}
