package dev.snapvec.internal.rows;

import java.util.Arrays;

/**
 * One part of a row's code: how wide it is and how its bytes are read.
 *
 * @param columns bytes a row
 * @param packing how codes lie in those bytes
 */
public record Plane(int columns, Packing packing) {

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
		 * Three bytes are one little-endian word of four units of six bits, the low one
		 * first: two 3-bit codes each, the first in the low bits.
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
	 * @return units a row
	 */
	public int units() {
		return this.columns * Byte.SIZE / this.packing.unitBits;
	}

	/**
	 * @return how many values a unit has
	 */
	public int unitSize() {
		return 1 << this.packing.unitBits;
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
		Arrays.fill(packed, at, at + this.columns, (byte) 0);
		BitPacking.pack(codes, from, count, bits, packed, at);
	}

}
