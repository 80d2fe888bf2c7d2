package dev.snapvec.internal.code;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Converts codes between row-major form and groups, which are stored column by column.
 */
public final class Transpose {

	/** Rows and columns that are transposed together. */
	private static final int SQUARE = Long.BYTES;

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private Transpose() {
	}

	/**
	 * Writes rows into groups.
	 * @param slice the slice to write
	 * @param rows the rows, in row-major form
	 * @param from position of the slice's first byte in the first row
	 * @param pitch bytes between two rows
	 * @param groups receives the rows
	 * @param row number of the first row within the groups
	 * @param count number of rows
	 */
	public static void toColumns(Slice slice, byte[] rows, int from, int pitch, byte[] groups, int row, int count) {
		int columns = slice.columns();
		int step = slice.group();
		int r = 0;
		while (r < count) {
			int at = slice.start(row + r);
			int source = from + r * pitch;
			boolean eight = (row + r) % SQUARE == 0 && r + SQUARE <= count;
			int c = 0;
			for (; eight && c + SQUARE <= columns; c += SQUARE) {
				transpose(rows, source + c, pitch, groups, at + c * step, step);
			}
			int turned = eight ? SQUARE : 1;
			for (; c < columns; c++) {
				for (int i = 0; i < turned; i++) {
					groups[at + c * step + i] = rows[source + i * pitch + c];
				}
			}
			r += turned;
		}
	}

	/**
	 * Reads one row.
	 * @param slice the slice to read
	 * @param groups the groups
	 * @param row number of the row within the groups
	 * @param target receives its bytes
	 * @param to position of the first byte
	 * @param step distance between two bytes
	 */
	public static void row(Slice slice, byte[] groups, int row, byte[] target, int to, int step) {
		int columns = slice.columns();
		int group = slice.group();
		int at = slice.start(row);
		for (int c = 0; c < columns; c++) {
			target[to + c * step] = groups[at + c * group];
		}
	}

	/**
	 * Writes one code of the first rows, whose bits are still zero.
	 * @param slice the slice to write
	 * @param code number of the code within a row
	 * @param values that code of each row
	 * @param from position of the first value
	 * @param rows number of rows
	 * @param groups receives the code
	 */
	public static void putCode(Slice slice, int code, byte[] values, int from, int rows, byte[] groups) {
		Packing packing = slice.packing();
		int bits = slice.bits();
		int shift = slice.shift();
		int columns = slice.columns();
		int step = slice.group();
		for (int row = 0; row < rows; row += step) {
			int at = row * columns;
			int count = Math.min(step, rows - row);
			if (packing == Packing.BYTES) {
				System.arraycopy(values, from + row, groups, at + code * step, count);
				continue;
			}
			if (packing == Packing.PAIRS) {
				for (int i = 0; i < count; i++) {
					packing.put(values[from + row + i] >>> shift, code, bits, groups, at + i, step);
				}
				continue;
			}
			int mask = (1 << bits) - 1;
			int place = code * bits % Byte.SIZE;
			at += packing.column(code, bits) * step;
			for (int i = 0; i < count; i++) {
				groups[at + i] |= (byte) ((values[from + row + i] >>> shift & mask) << place);
			}
		}
	}

	/**
	 * Reads the bits of one code of one row.
	 * @param slice the slice to read
	 * @param code number of the code within a row
	 * @param groups the groups
	 * @param row number of the row within the groups
	 * @return the bits, at their position in the code
	 */
	public static int code(Slice slice, int code, byte[] groups, int row) {
		return slice.get(code, groups, slice.start(row), slice.group());
	}

	/**
	 * Reads the bits of one code of several rows of a block.
	 * @param slice the slice to read
	 * @param code number of the code within a row
	 * @param groups the groups of the block
	 * @param rows rows of the index
	 * @param from position of the first row
	 * @param count number of rows
	 * @param values receives the bits, at their position in the code, where they are
	 * still zero
	 * @param to position of the first value
	 */
	public static void addCode(Slice slice, int code, byte[] groups, int[] rows, int from, int count, byte[] values,
			int to) {
		for (int i = 0; i < count; i++) {
			values[to + i] |= (byte) code(slice, code, groups, Groups.inBlock(rows[from + i]));
		}
	}

	/**
	 * Reads one code of each row of a group.
	 * @param slice a slice of whole codes, in groups of {@link Groups#GROUP}
	 * @param groups the groups
	 * @param from position of the group
	 * @param code number of the code within a row
	 * @param values receives the code of each row
	 */
	public static void codes(Slice slice, byte[] groups, int from, int code, byte[] values) {
		int bits = slice.bits();
		int at = from + slice.packing().column(code, bits) * Groups.GROUP;
		if (slice.packing() == Packing.PAIRS) {
			pairs(groups, at, code % 8 / 2, code % 2 * bits, values);
			return;
		}
		int shift = code * bits % Byte.SIZE;
		int mask = (1 << bits) - 1;
		for (int i = 0; i < Groups.GROUP; i++) {
			values[i] = (byte) ((groups[at + i] >>> shift) & mask);
		}
	}

	private static void pairs(byte[] codes, int at, int unit, int shift, byte[] values) {
		for (int i = 0; i < Groups.GROUP; i++) {
			int pair = (unit < 3) ? codes[at + unit * Groups.GROUP + i] & 63
					: Packing.fourthPair(codes[at + i], codes[at + Groups.GROUP + i], codes[at + 2 * Groups.GROUP + i]);
			values[i] = (byte) ((pair >>> shift) & 7);
		}
	}

	/**
	 * Transposes a square of eight by eight bytes.
	 * @param source the source array
	 * @param from position of the first byte
	 * @param pitch distance between two rows
	 * @param target receives the transposed square
	 * @param to position of its first byte
	 * @param targetPitch distance between two rows there
	 */
	private static void transpose(byte[] source, int from, int pitch, byte[] target, int to, int targetPitch) {
		long a = (long) LONG.get(source, from);
		long b = (long) LONG.get(source, from + pitch);
		long c = (long) LONG.get(source, from + 2 * pitch);
		long d = (long) LONG.get(source, from + 3 * pitch);
		long e = (long) LONG.get(source, from + 4 * pitch);
		long f = (long) LONG.get(source, from + 5 * pitch);
		long g = (long) LONG.get(source, from + 6 * pitch);
		long h = (long) LONG.get(source, from + 7 * pitch);
		// exchange squares of four by four, then of two by two, then bytes
		long ae = (a ^ e << 32) & 0xffffffff00000000L;
		long bf = (b ^ f << 32) & 0xffffffff00000000L;
		long cg = (c ^ g << 32) & 0xffffffff00000000L;
		long dh = (d ^ h << 32) & 0xffffffff00000000L;
		a ^= ae;
		b ^= bf;
		c ^= cg;
		d ^= dh;
		e ^= ae >>> 32;
		f ^= bf >>> 32;
		g ^= cg >>> 32;
		h ^= dh >>> 32;
		long ac = (a ^ c << 16) & 0xffff0000ffff0000L;
		long bd = (b ^ d << 16) & 0xffff0000ffff0000L;
		long eg = (e ^ g << 16) & 0xffff0000ffff0000L;
		long fh = (f ^ h << 16) & 0xffff0000ffff0000L;
		a ^= ac;
		b ^= bd;
		c ^= ac >>> 16;
		d ^= bd >>> 16;
		e ^= eg;
		f ^= fh;
		g ^= eg >>> 16;
		h ^= fh >>> 16;
		long ab = (a ^ b << 8) & 0xff00ff00ff00ff00L;
		long cd = (c ^ d << 8) & 0xff00ff00ff00ff00L;
		long ef = (e ^ f << 8) & 0xff00ff00ff00ff00L;
		long gh = (g ^ h << 8) & 0xff00ff00ff00ff00L;
		LONG.set(target, to, a ^ ab);
		LONG.set(target, to + targetPitch, b ^ ab >>> 8);
		LONG.set(target, to + 2 * targetPitch, c ^ cd);
		LONG.set(target, to + 3 * targetPitch, d ^ cd >>> 8);
		LONG.set(target, to + 4 * targetPitch, e ^ ef);
		LONG.set(target, to + 5 * targetPitch, f ^ ef >>> 8);
		LONG.set(target, to + 6 * targetPitch, g ^ gh);
		LONG.set(target, to + 7 * targetPitch, h ^ gh >>> 8);
	}

}
