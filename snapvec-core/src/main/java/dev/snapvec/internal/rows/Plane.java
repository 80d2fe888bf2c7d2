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
	 * How codes lie in the bytes of a row.
	 */
	public enum Packing {

		/**
		 * Every byte stands alone: it holds one code of up to 8 bits, or several shorter
		 * ones, the first in its low bits.
		 */
		BYTES,

		/**
		 * Three bytes are one little-endian 24-bit word of eight 3-bit codes, the first
		 * in its low bits.
		 */
		TRIPLES

	}

	/**
	 * The plane of equally wide codes.
	 * @param codes how many codes a row has
	 * @param bits bits a code: 1, 2, 3, 4 or 8
	 * @return the narrowest plane that holds them
	 */
	public static Plane of(int codes, int bits) {
		if (bits == 3) {
			return new Plane((codes + 7) / 8 * 3, Packing.TRIPLES);
		}
		int perByte = 8 / bits;
		return new Plane((codes + perByte - 1) / perByte, Packing.BYTES);
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
