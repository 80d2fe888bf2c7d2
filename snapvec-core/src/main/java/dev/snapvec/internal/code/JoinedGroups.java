package dev.snapvec.internal.code;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Joins the slices, or the small groups, of codes into groups that kernels can read. Its
 * memory is reused. Not thread-safe.
 */
public final class JoinedGroups {

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long LOW_NIBBLES = 0x0f0f0f0f0f0f0f0fL;

	private byte[] joined = {};

	/**
	 * Joins groups.
	 * @param code the layout of the codes
	 * @param slices the bytes of each slice
	 * @param first number of the first slice among them
	 * @param groups numbers of the groups
	 * @param count number of groups
	 * @return the groups one after another, in the form of {@link CodeSlices#joined};
	 * valid until the next call
	 */
	public byte[] of(CodeSlices code, byte[][] slices, int first, int[] groups, int count) {
		Slice joined = code.joined();
		int length = joined.columns() * Groups.GROUP;
		if (this.joined.length < count * length) {
			this.joined = new byte[count * length];
		}
		for (int g = 0; g < count; g++) {
			if (code.whole()) {
				uniteSmallGroups(joined, slices[first], groups[g], g * length);
			}
			else if (areNibbles(code)) {
				uniteNibbles(code, slices, first, groups[g], g * length);
			}
			else {
				unite(code, joined, slices, first, groups[g], g * length);
			}
		}
		return this.joined;
	}

	private static boolean areNibbles(CodeSlices code) {
		List<Slice> slices = code.slices();
		return slices.size() == 2 && slices.get(0).bits() == 4 && slices.get(1).bits() == 4;
	}

	private void uniteSmallGroups(Slice joined, byte[] codes, int group, int to) {
		int columns = joined.columns();
		int from = group * Groups.GROUP * columns;
		for (int i = 0; i < Groups.GROUP; i += Slice.SMALL_GROUP) {
			int source = from + i * columns;
			for (int c = 0; c < columns; c++) {
				LONG.set(this.joined, to + c * Groups.GROUP + i,
						(long) LONG.get(codes, source + c * Slice.SMALL_GROUP));
			}
		}
	}

	private void uniteNibbles(CodeSlices code, byte[][] slices, int first, int group, int to) {
		int columns = code.slices().get(0).columns();
		byte[] highs = slices[first];
		byte[] lows = slices[first + 1];
		for (int c = 0; c < columns; c++) {
			int source = (group * columns + c) * Groups.GROUP;
			int target = to + 2 * c * Groups.GROUP;
			for (int i = 0; i < Groups.GROUP; i += Long.BYTES) {
				long high = (long) LONG.get(highs, source + i);
				long low = (long) LONG.get(lows, source + i);
				LONG.set(this.joined, target + i, (high & LOW_NIBBLES) << 4 | low & LOW_NIBBLES);
				if (2 * c + 1 < code.codes()) {
					LONG.set(this.joined, target + Groups.GROUP + i, high & ~LOW_NIBBLES | low >>> 4 & LOW_NIBBLES);
				}
			}
		}
	}

	/** Joins slices of any number of bits, code by code. */
	private void unite(CodeSlices code, Slice joined, byte[][] slices, int first, int group, int to) {
		Arrays.fill(this.joined, to, to + joined.columns() * Groups.GROUP, (byte) 0);
		for (int c = 0; c < code.codes(); c++) {
			for (int i = 0; i < Groups.GROUP; i++) {
				int value = 0;
				for (int s = 0; s < code.slices().size(); s++) {
					value |= Transpose.code(code.slices().get(s), c, slices[first + s], group * Groups.GROUP + i);
				}
				joined.packing().put(value, c, joined.bits(), this.joined, to + i, Groups.GROUP);
			}
		}
	}

}
