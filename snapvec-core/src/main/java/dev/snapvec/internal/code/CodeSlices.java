package dev.snapvec.internal.code;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The layout of the codes of a row: slices, the one with the highest bits first. In
 * row-major form the bytes of all slices of a row follow each other; in a block, each
 * slice has an array of its own. See docs/adr/0013-a-search-is-a-plan.md.
 *
 * @param slices the slices, which together hold all bits of the codes
 */
public record CodeSlices(List<Slice> slices) {

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	public CodeSlices {
		slices = List.copyOf(slices);
	}

	/**
	 * A layout with one slice.
	 * @param codes number of codes per row
	 * @param bits bits per code: 1, 2, 3, 4 or 8
	 * @return one slice
	 */
	public static CodeSlices of(int codes, int bits) {
		return cut(codes, bits);
	}

	/**
	 * A layout with several slices.
	 * @param codes number of codes per row
	 * @param bits bits of each slice, the highest ones first: 1, 2, 3, 4 or 8, and
	 * together at most 8
	 * @return one slice for each number of bits
	 */
	public static CodeSlices cut(int codes, int... bits) {
		List<Slice> slices = new ArrayList<>();
		int shift = 0;
		for (int piece = bits.length - 1; piece >= 0; piece--) {
			slices.add(0, new Slice(codes, shift, bits[piece], Groups.GROUP));
			shift += bits[piece];
		}
		return new CodeSlices(slices);
	}

	/**
	 * @return the same slices in small groups
	 */
	public CodeSlices inSmallGroups() {
		return new CodeSlices(this.slices.stream().map((slice) -> slice.inGroupsOf(Slice.SMALL_GROUP)).toList());
	}

	/**
	 * @return the same slices in groups of 64 rows, which kernels read
	 */
	public CodeSlices inGroups() {
		for (Slice slice : this.slices) {
			if (slice.group() != Groups.GROUP) {
				return new CodeSlices(this.slices.stream().map((each) -> each.inGroupsOf(Groups.GROUP)).toList());
			}
		}
		return this;
	}

	/**
	 * @param slice the number of a slice
	 * @return a layout of that slice only, as if codes had no other bits
	 */
	public CodeSlices only(int slice) {
		Slice only = this.slices.get(slice);
		return new CodeSlices(List.of(new Slice(only.codes(), 0, only.bits(), only.group())));
	}

	/**
	 * @return number of codes per row
	 */
	public int codes() {
		return this.slices.get(0).codes();
	}

	/**
	 * @return bits per code
	 */
	public int bits() {
		return this.slices.get(0).shift() + this.slices.get(0).bits();
	}

	/**
	 * @return bytes per row
	 */
	public int columns() {
		int columns = 0;
		for (int s = 0; s < this.slices.size(); s++) {
			columns += this.slices.get(s).columns();
		}
		return columns;
	}

	/**
	 * @return whether there is only one slice
	 */
	public boolean whole() {
		return this.slices.size() == 1;
	}

	/**
	 * @return whether kernels can read groups directly from a block
	 */
	public boolean scannable() {
		return whole() && this.slices.get(0).group() == Groups.GROUP;
	}

	/**
	 * @return the slice in which kernels read the codes: all slices joined
	 */
	public Slice joined() {
		return scannable() ? this.slices.get(0) : new Slice(codes(), 0, bits(), Groups.GROUP);
	}

	/**
	 * @return the maximum number of codes that share a byte
	 */
	public int codesPerByte() {
		int most = 1;
		for (Slice slice : this.slices) {
			most = Math.max(most, Byte.SIZE / slice.bits());
		}
		return most;
	}

	/**
	 * Packs the codes of a row.
	 * @param codes one code per byte
	 * @param from position of the row's first code
	 * @param packed receives {@link #columns} bytes
	 * @param at position of the first
	 */
	public void pack(byte[] codes, int from, byte[] packed, int at) {
		if (whole() && bits() != 3) {
			BitStream.pack(codes, from, codes(), bits(), packed, at);
			return;
		}
		int to = at;
		for (Slice slice : this.slices) {
			slice.packing().pack(codes, from, codes(), slice.shift(), slice.bits(), packed, to);
			to += slice.columns();
		}
	}

	/**
	 * Packs the codes of several rows, each as {@link #pack} does.
	 * @param codes one code per byte, row by row
	 * @param rows number of rows
	 * @return {@link #columns} bytes per row
	 */
	public byte[] packRows(byte[] codes, int rows) {
		byte[] packed = new byte[rows * columns()];
		for (int row = 0; row < rows; row++) {
			pack(codes, row * codes(), packed, row * columns());
		}
		return packed;
	}

	/**
	 * Unpacks the codes of a row.
	 * @param packed {@link #columns} bytes
	 * @param at position of the first
	 * @param codes receives one code per byte
	 * @param to position of the first code
	 */
	public void unpack(byte[] packed, int at, byte[] codes, int to) {
		if (whole() && bits() != 3) {
			BitStream.unpack(packed, at, codes(), bits(), codes, to);
			return;
		}
		Arrays.fill(codes, to, to + codes(), (byte) 0);
		int from = at;
		for (Slice slice : this.slices) {
			slice.packing().unpack(packed, from, codes(), slice.shift(), slice.bits(), codes, to);
			from += slice.columns();
		}
	}

	/**
	 * Returns whether a row can be packed from a bit stream without unpacking that.
	 * @return whether {@link #packStream} is supported
	 */
	public boolean packsStreams() {
		return whole() && codes() * bits() == columns() * Byte.SIZE;
	}

	/**
	 * @return whether a row's bytes equal the bit stream of its codes
	 */
	public boolean isStream() {
		return packsStreams() && bits() != 3;
	}

	/**
	 * Packs the codes of a row from a bit stream.
	 * @param stream the codes in the format of {@link BitStream}
	 * @param from position of the first byte
	 * @param packed receives {@link #columns} bytes
	 * @param at position of the first
	 */
	public void packStream(byte[] stream, int from, byte[] packed, int at) {
		int columns = columns();
		if (bits() != 3) {
			System.arraycopy(stream, from, packed, at, columns);
			return;
		}
		int c = 0;
		// six of eight bytes are valid; the last two are overwritten by the next six
		for (; c + Long.BYTES <= columns; c += 6) {
			LONG.set(packed, at + c, pairs((long) LONG.get(stream, from + c)));
		}
		for (; c < columns; c += 3) {
			long pairs = pairs((stream[from + c] & 0xff) | (stream[from + c + 1] & 0xff) << 8
					| (stream[from + c + 2] & 0xff) << 16);
			packed[at + c] = (byte) pairs;
			packed[at + c + 1] = (byte) (pairs >>> 8);
			packed[at + c + 2] = (byte) (pairs >>> 16);
		}
	}

	/**
	 * Packs twice eight 3-bit codes: of four units, three move to the start of a byte,
	 * and the fourth is spread over the unused bits.
	 */
	private static long pairs(long codes) {
		return (codes & 0x00003f00003fL) | (codes & 0x000fc0000fc0L) << 2 | (codes & 0x03f00003f000L) << 4
				| (codes >>> 12 & 0x0000c00000c0L) | (codes >>> 6 & 0x00c00000c000L) | (codes & 0xc00000c00000L);
	}

	/**
	 * @param levels number of values of a code of trained codebooks, at most 256
	 * @return bits that it takes in memory: 4 if that is enough, else 8
	 */
	public static int bitsFor(int levels) {
		return (levels <= 16) ? 4 : 8;
	}

}
