package dev.snapvec.internal.code;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One part of a row's code: how wide it is and how its bytes are read.
 *
 * @param columns bytes a row
 * @param packing how codes lie in those bytes
 * @param stride bytes from a row to the next where it is kept, of which these columns are
 * the first
 * @param group how many rows lie together, column by column: {@link Groups#GROUP}, or
 * {@link #SMALL_GROUP} where mostly single rows are read
 */
public record Plane(int columns, Packing packing, int stride, int group) {

	/** As many rows as there are bytes in a long. */
	static final int SMALL_GROUP = Long.BYTES;

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	/**
	 * How the bytes of a row are cut into units, each of which holds whole codes and is
	 * looked up as one.
	 */
	public enum Packing {

		/**
		 * A byte is two units of four bits, the low one first: one 4-bit code each, two
		 * 2-bit codes or four 1-bit codes, the first in the low bits.
		 */
		NIBBLES(4),

		/**
		 * Three bytes are four units of six bits: one in the low bits of each byte, and
		 * the fourth, two bits a byte from its lowest on, in their high bits. A unit is
		 * two 3-bit codes, the first in the low bits.
		 */
		PAIRS(6),

		/**
		 * A byte is one unit: a code of up to eight bits.
		 */
		BYTES(8),

		/**
		 * Two bytes are two units of eight bits: the high halves of both lie in a byte of
		 * the first half of the columns, the low ones in the same byte of the other half,
		 * each as in {@link #NIBBLES}.
		 */
		HALVES(8);

		private final int unitBits;

		Packing(int unitBits) {
			this.unitBits = unitBits;
		}

		/**
		 * @return how many values a unit has
		 */
		public int unitSize() {
			return 1 << this.unitBits;
		}

		/**
		 * @return how many bits a unit takes
		 */
		public int unitBits() {
			return this.unitBits;
		}

	}

	/**
	 * @param columns bytes a row
	 * @param packing how codes lie in those bytes
	 */
	public Plane(int columns, Packing packing) {
		this(columns, packing, columns, Groups.GROUP);
	}

	/**
	 * The plane of equally wide codes.
	 * @param codes how many codes a row has
	 * @param bits bits a code: 1, 2, 3, 4 or 8
	 * @return the narrowest plane that holds them
	 */
	public static Plane of(int codes, int bits) {
		return switch (bits) {
			case 3 -> new Plane((codes + 7) / 8 * 3, Packing.PAIRS);
			case 8 -> new Plane(codes, Packing.BYTES);
			default -> new Plane((codes * bits + 7) / 8, Packing.NIBBLES);
		};
	}

	/**
	 * The plane of codes of eight bits of which half can be read alone.
	 * @param codes how many codes a row has
	 * @return the plane
	 */
	public static Plane ofHalves(int codes) {
		return new Plane((codes + 1) / 2 * 2, Packing.HALVES);
	}

	/**
	 * @return the same, but in small groups
	 */
	public Plane inSmallGroups() {
		return new Plane(this.columns, this.packing, this.stride, SMALL_GROUP);
	}

	/**
	 * @return of a plane of {@link Packing#HALVES}, the high ones
	 */
	public Plane highHalves() {
		return new Plane(this.columns / 2, Packing.NIBBLES, this.stride, this.group);
	}

	/**
	 * @return units a row
	 */
	public int units() {
		return this.columns * Byte.SIZE / this.packing.unitBits;
	}

	/**
	 * @return how many values a unit has
	 */
	public int unitSize() {
		return this.packing.unitSize();
	}

	/**
	 * Packs a row of codes into this plane's bytes.
	 * @param codes one code a byte
	 * @param from where the row's codes begin
	 * @param count how many codes
	 * @param bits bits a code, as given to {@link #of}
	 * @param packed receives {@link #columns} bytes
	 * @param at where they begin
	 */
	public void pack(byte[] codes, int from, int count, int bits, byte[] packed, int at) {
		if (this.packing == Packing.PAIRS) {
			for (int c = 0; c < this.columns; c += 3) {
				int code = c / 3 * 8;
				int fourth = pair(codes, from, count, code + 6);
				for (int i = 0; i < 3; i++) {
					packed[at + c
							+ i] = (byte) (pair(codes, from, count, code + 2 * i) | ((fourth >>> (2 * i)) & 3) << 6);
				}
			}
			return;
		}
		Arrays.fill(packed, at, at + this.columns, (byte) 0);
		if (this.packing == Packing.HALVES) {
			for (int j = 0; j < count; j++) {
				int code = codes[from + j];
				packed[at + j / 2] |= (byte) (((code >>> 4) & 15) << halfShift(j));
				packed[at + lowHalf(j)] |= (byte) ((code & 15) << halfShift(j));
			}
			return;
		}
		BitStream.pack(codes, from, count, bits, packed, at);
	}

	/**
	 * Packs rows of codes as {@link #pack} does one.
	 * @param codes one code a byte, row by row
	 * @param codesPerRow how many codes a row has
	 * @param bits bits a code, as given to {@link #of}
	 * @param rows how many rows
	 * @return {@link #columns} bytes a row
	 */
	public byte[] packRows(byte[] codes, int codesPerRow, int bits, int rows) {
		byte[] packed = new byte[rows * this.columns];
		for (int row = 0; row < rows; row++) {
			pack(codes, row * codesPerRow, codesPerRow, bits, packed, row * this.columns);
		}
		return packed;
	}

	/**
	 * Packs a row of codes that are a stream of bits into this plane's bytes.
	 * @param stream the codes as {@link BitStream} has them, eight or a multiple
	 * @param from where they begin
	 * @param packed receives {@link #columns} bytes
	 * @param at where they begin
	 */
	public void packStream(byte[] stream, int from, byte[] packed, int at) {
		if (this.packing != Packing.PAIRS) {
			System.arraycopy(stream, from, packed, at, this.columns);
			return;
		}
		int c = 0;
		// six bytes of eight, the last two of which the next six take the place of
		for (; c + Long.BYTES <= this.columns; c += 6) {
			LONG.set(packed, at + c, pairs((long) LONG.get(stream, from + c)));
		}
		for (; c < this.columns; c += 3) {
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

	private static int pair(byte[] codes, int from, int count, int code) {
		int low = (code < count) ? codes[from + code] : 0;
		int high = (code + 1 < count) ? codes[from + code + 1] : 0;
		return low | high << 3;
	}

	/**
	 * Unpacks a row of codes from this plane's bytes.
	 * @param packed {@link #columns} bytes
	 * @param at where they begin
	 * @param count how many codes
	 * @param bits bits a code, as given to {@link #of}
	 * @param codes receives one code a byte
	 * @param to where they begin
	 */
	public void unpack(byte[] packed, int at, int count, int bits, byte[] codes, int to) {
		if (this.packing == Packing.HALVES) {
			for (int j = 0; j < count; j++) {
				int high = (packed[at + j / 2] >>> halfShift(j)) & 15;
				int low = (packed[at + lowHalf(j)] >>> halfShift(j)) & 15;
				codes[to + j] = (byte) (high << 4 | low);
			}
			return;
		}
		if (this.packing != Packing.PAIRS) {
			BitStream.unpack(packed, at, count, bits, codes, to);
			return;
		}
		for (int code = 0; code < count; code++) {
			int byteAt = at + code / 8 * 3;
			int inWord = code % 8;
			int pair = (inWord < 6) ? packed[byteAt + inWord / 2] & 63
					: fourthPair(packed[byteAt], packed[byteAt + 1], packed[byteAt + 2]);
			codes[to + code] = (byte) ((pair >>> (3 * (inWord % 2))) & 7);
		}
	}

	/** The column of the low half of a code; the high half's is half of its number. */
	public int lowHalf(int code) {
		return this.columns / 2 + code / 2;
	}

	/** Where in their bytes the halves of a code begin. */
	public static int halfShift(int code) {
		return code % 2 * 4;
	}

	/**
	 * @return whether kernels can read groups of rows as they lie in a block
	 */
	public boolean scannable() {
		return this.group == Groups.GROUP && this.packing != Packing.HALVES;
	}

	/** Where the first byte of a row of a block is. */
	public int start(int row) {
		return row / this.group * this.columns * this.group + row % this.group;
	}

	/**
	 * The fourth unit of three bytes in {@link Packing#PAIRS}.
	 * @param x the first byte
	 * @param y the second
	 * @param z the third
	 * @return its six bits
	 */
	public static int fourthPair(int x, int y, int z) {
		return ((x & 0xc0) >>> 6) | ((y & 0xc0) >>> 4) | ((z & 0xc0) >>> 2);
	}

	/**
	 * @param levels how many values a learned code has, at most 256
	 * @return bits it takes in memory: half a byte if that is enough
	 */
	public static int bitsFor(int levels) {
		return (levels <= 16) ? 4 : 8;
	}

	/**
	 * @param dimension length of a vector, at least 1
	 * @return the next power of two, which rotated vectors are padded to
	 */
	public static int padded(int dimension) {
		return (dimension == 1) ? 1 : Integer.highestOneBit(dimension - 1) * 2;
	}

}
