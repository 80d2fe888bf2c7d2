package dev.snapvec.internal.code;

/**
 * How the bytes of a row are divided into units. A unit holds one or more whole codes,
 * and is one index of a table lookup.
 */
public enum Packing {

	/**
	 * A byte is two units of four bits, the low nibble first: one 4-bit code each, two
	 * 2-bit codes or four 1-bit codes, the first in the low bits.
	 */
	NIBBLES(4),

	/**
	 * Three bytes are four units of six bits: one in the low bits of each byte, and the
	 * fourth in their high bits, two bits per byte, lowest first. A unit is two 3-bit
	 * codes, the first in the low bits.
	 */
	PAIRS(6),

	/**
	 * A byte is one unit: a code of up to eight bits.
	 */
	BYTES(8);

	private final int unitBits;

	Packing(int unitBits) {
		this.unitBits = unitBits;
	}

	/**
	 * @param bits bits per code: 1, 2, 3, 4 or 8
	 * @return the densest packing for them
	 */
	static Packing of(int bits) {
		return switch (bits) {
			case 3 -> PAIRS;
			case 8 -> BYTES;
			default -> NIBBLES;
		};
	}

	/** The number of bytes that codes take. */
	int columns(int codes, int bits) {
		return (this == PAIRS) ? Groups.parts(codes, 8) * 3 : Groups.parts((long) codes * bits, Byte.SIZE);
	}

	/**
	 * @return number of values of a unit
	 */
	public int unitSize() {
		return 1 << this.unitBits;
	}

	/**
	 * @return bits of a unit
	 */
	public int unitBits() {
		return this.unitBits;
	}

	/**
	 * The column of a code; for pairs, the first of the three columns that may hold it.
	 */
	int column(int code, int bits) {
		return (this == PAIRS) ? code / 8 * 3 : code * bits / Byte.SIZE;
	}

	/**
	 * Packs some bits of each code.
	 * @param codes one code per byte
	 * @param from position of the first code
	 * @param count number of codes
	 * @param shift number of lower bits of a code to skip
	 * @param bits number of bits to pack
	 * @param packed receives the bits
	 * @param at position of the first column
	 */
	void pack(byte[] codes, int from, int count, int shift, int bits, byte[] packed, int at) {
		if (this == PAIRS) {
			packPairs(codes, from, count, shift, packed, at);
			return;
		}
		int mask = (1 << bits) - 1;
		int perByte = Byte.SIZE / bits;
		for (int c = 0; c * perByte < count; c++) {
			int column = 0;
			for (int i = Math.min(perByte, count - c * perByte) - 1; i >= 0; i--) {
				column = column << bits | (codes[from + c * perByte + i] & 0xff) >>> shift & mask;
			}
			packed[at + c] = (byte) column;
		}
	}

	private static void packPairs(byte[] codes, int from, int count, int shift, byte[] packed, int at) {
		for (int c = 0; c < PAIRS.columns(count, 3); c += 3) {
			int code = c / 3 * 8;
			int fourth = pair(codes, from, count, code + 6, shift);
			for (int i = 0; i < 3; i++) {
				packed[at + c
						+ i] = (byte) (pair(codes, from, count, code + 2 * i, shift) | (fourth >>> (2 * i) & 3) << 6);
			}
		}
	}

	private static int pair(byte[] codes, int from, int count, int code, int shift) {
		int low = (code < count) ? (codes[from + code] & 0xff) >>> shift & 7 : 0;
		int high = (code + 1 < count) ? (codes[from + code + 1] & 0xff) >>> shift & 7 : 0;
		return low | high << 3;
	}

	/**
	 * Unpacks the bits that {@link #pack} packed, into codes where these bits are still
	 * zero.
	 * @param packed the packed bits
	 * @param at position of the first column
	 * @param count number of codes
	 * @param shift number of lower bits of a code to skip
	 * @param bits number of bits to unpack
	 * @param codes receives the bits, one code per byte
	 * @param to position of the first code
	 */
	void unpack(byte[] packed, int at, int count, int shift, int bits, byte[] codes, int to) {
		for (int i = 0; i < count; i++) {
			codes[to + i] |= (byte) (get(i, bits, packed, at, 1) << shift);
		}
	}

	/**
	 * Writes a code whose bits are still zero.
	 * @param value the code in its lowest bits; higher bits are ignored
	 * @param code number of the code within the row
	 * @param bits bits per code
	 * @param packed receives the code
	 * @param at position of the row's first column
	 * @param step distance between two columns
	 */
	void put(int value, int code, int bits, byte[] packed, int at, int step) {
		int column = at + column(code, bits) * step;
		int bit = value & ((1 << bits) - 1);
		if (this != PAIRS) {
			packed[column] |= (byte) (bit << code * bits % Byte.SIZE);
			return;
		}
		int unit = code % 8 / 2;
		int pair = bit << code % 2 * 3;
		if (unit < 3) {
			packed[column + unit * step] |= (byte) pair;
			return;
		}
		for (int i = 0; i < 3; i++) {
			packed[column + i * step] |= (byte) ((pair >>> (2 * i) & 3) << 6);
		}
	}

	/**
	 * Reads a code.
	 * @param code number of the code within the row
	 * @param bits bits per code
	 * @param packed the packed codes
	 * @param at position of the row's first column
	 * @param step distance between two columns
	 * @return the code
	 */
	int get(int code, int bits, byte[] packed, int at, int step) {
		int column = at + column(code, bits) * step;
		if (this != PAIRS) {
			return packed[column] >>> code * bits % Byte.SIZE & ((1 << bits) - 1);
		}
		int unit = code % 8 / 2;
		int pair = (unit < 3) ? packed[column + unit * step] & 63
				: fourthPair(packed[column], packed[column + step], packed[column + 2 * step]);
		return pair >>> code % 2 * 3 & 7;
	}

	/**
	 * The fourth unit of three bytes of {@link #PAIRS}.
	 * @param x the first byte
	 * @param y the second
	 * @param z the third
	 * @return its six bits
	 */
	public static int fourthPair(int x, int y, int z) {
		return ((x & 0xc0) >>> 6) | ((y & 0xc0) >>> 4) | ((z & 0xc0) >>> 2);
	}

}
