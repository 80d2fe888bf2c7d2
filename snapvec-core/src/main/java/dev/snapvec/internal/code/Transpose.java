package dev.snapvec.internal.code;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Codes of many rows, column by column: brings them from one order into another.
 */
public final class Transpose {

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long LOW_HALVES = 0x0f0f0f0f0f0f0f0fL;

	private Transpose() {
	}

	/**
	 * Turns codes that lie row by row into groups, column by column.
	 * @param plane how the codes are to lie
	 * @param rows the codes
	 * @param from where they begin
	 * @param groups receives them
	 * @param row where among the rows of the groups
	 * @param count how many rows
	 */
	public static void toColumns(Plane plane, byte[] rows, int from, byte[] groups, int row, int count) {
		int r = 0;
		while (r < count) {
			int at = plane.start(row + r);
			int source = from + r * plane.columns();
			boolean eight = (row + r) % ByteSquare.SIZE == 0 && r + ByteSquare.SIZE <= count;
			int c = 0;
			for (; eight && c + ByteSquare.SIZE <= plane.columns(); c += ByteSquare.SIZE) {
				ByteSquare.transpose(rows, source + c, plane.columns(), groups, at + c * plane.group(), plane.group());
			}
			int turned = eight ? ByteSquare.SIZE : 1;
			for (; c < plane.columns(); c++) {
				for (int i = 0; i < turned; i++) {
					groups[at + c * plane.group() + i] = rows[source + i * plane.columns() + c];
				}
			}
			r += turned;
		}
	}

	/**
	 * Makes groups of rows readable to kernels: puts together small groups, or halves of
	 * codes, the latter as {@link Plane.Packing#BYTES}.
	 * @param plane how the codes lie
	 * @param codes the codes of a block
	 * @param groups numbers of groups
	 * @param count how many
	 * @param regrouped receives the groups one after another
	 */
	public static void regroup(Plane plane, byte[] codes, int[] groups, int count, byte[] regrouped) {
		for (int g = 0; g < count; g++) {
			int from = groups[g] * plane.columns() * Groups.GROUP;
			int to = g * plane.columns() * Groups.GROUP;
			if (plane.packing() == Plane.Packing.HALVES) {
				uniteHalves(plane, codes, from, regrouped, to);
			}
			else {
				uniteSmallGroups(plane, codes, from, regrouped, to);
			}
		}
	}

	private static void uniteSmallGroups(Plane plane, byte[] codes, int from, byte[] united, int to) {
		for (int i = 0; i < Groups.GROUP; i += Plane.SMALL_GROUP) {
			int source = from + i * plane.columns();
			for (int c = 0; c < plane.columns(); c++) {
				LONG.set(united, to + c * Groups.GROUP + i, (long) LONG.get(codes, source + c * Plane.SMALL_GROUP));
			}
		}
	}

	private static void uniteHalves(Plane plane, byte[] codes, int from, byte[] united, int to) {
		int half = plane.columns() / 2 * Groups.GROUP;
		for (int c = 0; c < plane.columns() / 2; c++) {
			int source = from + c * Groups.GROUP;
			int target = to + 2 * c * Groups.GROUP;
			for (int i = 0; i < Groups.GROUP; i += Long.BYTES) {
				long high = (long) LONG.get(codes, source + i);
				long low = (long) LONG.get(codes, source + half + i);
				LONG.set(united, target + i, (high & LOW_HALVES) << 4 | low & LOW_HALVES);
				LONG.set(united, target + Groups.GROUP + i, high & ~LOW_HALVES | low >>> 4 & LOW_HALVES);
			}
		}
	}

	/**
	 * Takes one code of each row of a group out.
	 * @param plane how the codes are packed
	 * @param codes groups as kernels can read them
	 * @param from where the group begins
	 * @param code which code
	 * @param bits bits a code, as given to {@link Plane#of}
	 * @param values receives the codes of {@link Groups#GROUP} rows
	 */
	public static void codes(Plane plane, byte[] codes, int from, int code, int bits, byte[] values) {
		if (plane.packing() == Plane.Packing.PAIRS) {
			pairs(codes, from + code / 8 * 3 * Groups.GROUP, code % 8 / 2, code % 2 * bits, values);
			return;
		}
		int at = from + code * bits / Byte.SIZE * Groups.GROUP;
		int shift = code * bits % Byte.SIZE;
		int mask = (1 << bits) - 1;
		for (int i = 0; i < Groups.GROUP; i++) {
			values[i] = (byte) ((codes[at + i] >>> shift) & mask);
		}
	}

	private static void pairs(byte[] codes, int at, int unit, int shift, byte[] values) {
		for (int i = 0; i < Groups.GROUP; i++) {
			int pair = (unit < 3) ? codes[at + unit * Groups.GROUP + i] & 63
					: Plane.fourthPair(codes[at + i], codes[at + Groups.GROUP + i], codes[at + 2 * Groups.GROUP + i]);
			values[i] = (byte) ((pair >>> shift) & 7);
		}
	}

}
