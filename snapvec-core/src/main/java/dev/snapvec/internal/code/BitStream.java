package dev.snapvec.internal.code;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Codes with the same number of bits as one stream of bits, the first code in the lowest
 * bits of the first byte.
 */
public final class BitStream {

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private BitStream() {
	}

	/**
	 * @param codes one code per byte
	 * @param from position of the first code
	 * @param count number of codes
	 * @param bits bits per code, 1 to 8
	 * @param packed receives the stream, with its last byte padded with zeros
	 * @param at position of its first byte
	 */
	public static void pack(byte[] codes, int from, int count, int bits, byte[] packed, int at) {
		if (bits == Byte.SIZE) {
			System.arraycopy(codes, from, packed, at, count);
			return;
		}
		Arrays.fill(packed, at, at + (count * bits + 7) / 8, (byte) 0);
		int i = 0;
		for (; bits == 4 && i + 2 * Long.BYTES <= count; i += 2 * Long.BYTES) {
			long low = halved((long) LONG.get(codes, from + i));
			LONG.set(packed, at + i / 2, low | halved((long) LONG.get(codes, from + i + Long.BYTES)) << Integer.SIZE);
		}
		for (; bits == 4 && i + 1 < count; i += 2) {
			packed[at + i / 2] = (byte) (codes[from + i] | codes[from + i + 1] << 4);
		}
		for (; i < count; i++) {
			int bit = i * bits;
			int word = (codes[from + i] & 0xff) << (bit & 7);
			packed[at + (bit >>> 3)] |= (byte) word;
			if ((bit & 7) + bits > 8) {
				packed[at + (bit >>> 3) + 1] |= (byte) (word >>> 8);
			}
		}
	}

	/** Compacts eight 4-bit codes from one byte each into the low four bytes. */
	private static long halved(long codes) {
		long pairs = (codes | codes >>> 4) & 0x00ff00ff00ff00ffL;
		long fours = (pairs | pairs >>> 8) & 0x0000ffff0000ffffL;
		return (fours | fours >>> 16) & 0xffffffffL;
	}

	/**
	 * @param packed a stream
	 * @param at position of its first byte
	 * @param count number of codes
	 * @param bits bits per code, 1 to 8
	 * @param codes receives one code per byte
	 * @param to position of the first code
	 */
	public static void unpack(byte[] packed, int at, int count, int bits, byte[] codes, int to) {
		if (bits == Byte.SIZE) {
			System.arraycopy(packed, at, codes, to, count);
			return;
		}
		int mask = (1 << bits) - 1;
		int i = 0;
		for (; bits == 4 && i + 1 < count; i += 2) {
			int word = packed[at + i / 2];
			codes[to + i] = (byte) (word & mask);
			codes[to + i + 1] = (byte) ((word >>> 4) & mask);
		}
		for (; i < count; i++) {
			int bit = i * bits;
			int word = packed[at + (bit >>> 3)] & 0xff;
			if ((bit & 7) + bits > 8) {
				word |= (packed[at + (bit >>> 3) + 1] & 0xff) << 8;
			}
			codes[to + i] = (byte) ((word >>> (bit & 7)) & mask);
		}
	}

}
