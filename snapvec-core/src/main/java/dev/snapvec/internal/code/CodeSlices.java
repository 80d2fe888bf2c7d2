package dev.snapvec.internal.code;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the bits of a row's codes lie: in slices, the one of the highest bits first. Row
 * by row the bytes of all slices of a row follow one another; in a block each slice has
 * an array of its own.
 *
 * @param slices the slices, which have all bits of the codes between them
 */
public record CodeSlices(List<Slice> slices) {

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	public CodeSlices {
		slices = List.copyOf(slices);
	}

	/**
	 * Codes in one piece.
	 * @param codes how many codes a row has
	 * @param bits bits a code: 1, 2, 3, 4 or 8
	 * @return one slice
	 */
	public static CodeSlices of(int codes, int bits) {
		return cut(codes, bits);
	}

	/**
	 * Codes cut into pieces.
	 * @param codes how many codes a row has
	 * @param bits bits of each piece, the highest ones first: 1, 2, 3, 4 or 8, and
	 * together at most 8
	 * @return a slice for each piece
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
	 * @return the same in small groups
	 */
	public CodeSlices inSmallGroups() {
		return new CodeSlices(this.slices.stream().map((slice) -> slice.inGroupsOf(Slice.SMALL_GROUP)).toList());
	}

	/**
	 * @return the same in groups that kernels read
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
	 * @return that slice, as if codes had no other bits
	 */
	public CodeSlices only(int slice) {
		Slice only = this.slices.get(slice);
		return new CodeSlices(List.of(new Slice(only.codes(), 0, only.bits(), only.group())));
	}

	/**
	 * @return how many codes a row has
	 */
	public int codes() {
		return this.slices.get(0).codes();
	}

	/**
	 * @return bits a code
	 */
	public int bits() {
		return this.slices.get(0).shift() + this.slices.get(0).bits();
	}

	/**
	 * @return bytes a row
	 */
	public int columns() {
		int columns = 0;
		for (int s = 0; s < this.slices.size(); s++) {
			columns += this.slices.get(s).columns();
		}
		return columns;
	}

	/**
	 * @return whether codes lie in one slice
	 */
	public boolean whole() {
		return this.slices.size() == 1;
	}

	/**
	 * @return whether kernels can read groups of rows as they lie in a block
	 */
	public boolean scannable() {
		return whole() && this.slices.get(0).group() == Groups.GROUP;
	}

	/**
	 * @return the slice in which kernels read the codes: that of them all put together
	 */
	public Slice joined() {
		return scannable() ? this.slices.get(0) : new Slice(codes(), 0, bits(), Groups.GROUP);
	}

	/**
	 * @return how many codes may share a byte
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
	 * @param codes one code a byte
	 * @param from where the row's codes begin
	 * @param packed receives {@link #columns} bytes
	 * @param at where they begin
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
	 * Packs rows of codes as {@link #pack} does one.
	 * @param codes one code a byte, row by row
	 * @param rows how many rows
	 * @return {@link #columns} bytes a row
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
	 * @param at where they begin
	 * @param codes receives one code a byte
	 * @param to where they begin
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
	 * Tells whether a row's bytes follow from a stream of its bits without unpacking.
	 * @return whether {@link #packStream} can be used
	 */
	public boolean packsStreams() {
		return whole() && codes() * bits() == columns() * Byte.SIZE;
	}

	/**
	 * @return whether a row's bytes are the stream of its bits
	 */
	public boolean isStream() {
		return packsStreams() && bits() != 3;
	}

	/**
	 * Packs a row of codes that are a stream of bits.
	 * @param stream the codes as {@link BitStream} has them
	 * @param from where they begin
	 * @param packed receives {@link #columns} bytes
	 * @param at where they begin
	 */
	public void packStream(byte[] stream, int from, byte[] packed, int at) {
		int columns = columns();
		if (bits() != 3) {
			System.arraycopy(stream, from, packed, at, columns);
			return;
		}
		int c = 0;
		// six bytes of eight, the last two of which the next six take the place of
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
	 * Packs two times eight codes of three bits: of four units, three go up to where a
	 * byte begins, and the fourth is spread over the bits that are free.
	 */
	private static long pairs(long codes) {
		return (codes & 0x00003f00003fL) | (codes & 0x000fc0000fc0L) << 2 | (codes & 0x03f00003f000L) << 4
				| (codes >>> 12 & 0x0000c00000c0L) | (codes >>> 6 & 0x00c00000c000L) | (codes & 0xc00000c00000L);
	}

	/**
	 * @param levels how many values a learned code has, at most 256
	 * @return bits it takes in memory: half a byte if that is enough
	 */
	public static int bitsFor(int levels) {
		return (levels <= 16) ? 4 : 8;
	}

}
