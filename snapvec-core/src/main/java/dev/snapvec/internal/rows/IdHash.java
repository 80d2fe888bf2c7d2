package dev.snapvec.internal.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Hashes ids with SipHash-1-3 and a random key per process, so that nobody can choose ids
 * that collide.
 * <p>
 * J.-P. Aumasson and D. J. Bernstein, <i>SipHash: A Fast Short-Input PRF</i> (2012).
 */
final class IdHash {

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long KEY_0;

	private static final long KEY_1;

	static {
		SecureRandom random = new SecureRandom();
		KEY_0 = random.nextLong();
		KEY_1 = random.nextLong();
	}

	private IdHash() {
	}

	/** The hash of an id that is a number, computed from its eight bytes. */
	static long of(long number) {
		long v0 = KEY_0 ^ 0x736f6d6570736575L;
		long v1 = KEY_1 ^ 0x646f72616e646f6dL;
		long v2 = KEY_0 ^ 0x6c7967656e657261L;
		long v3 = KEY_1 ^ 0x7465646279746573L ^ number;
		// one round
		v0 += v1;
		v1 = Long.rotateLeft(v1, 13) ^ v0;
		v0 = Long.rotateLeft(v0, 32);
		v2 += v3;
		v3 = Long.rotateLeft(v3, 16) ^ v2;
		v0 += v3;
		v3 = Long.rotateLeft(v3, 21) ^ v0;
		v2 += v1;
		v1 = Long.rotateLeft(v1, 17) ^ v2;
		v2 = Long.rotateLeft(v2, 32);
		return last(v0 ^ number, v1, v2, v3, (long) Long.BYTES << 56);
	}

	/** The hash of an id that is text. */
	static long of(byte[] utf8, int from, int to) {
		return of(KEY_0, KEY_1, utf8, from, to);
	}

	/** The hash of bytes by a key. */
	static long of(long key0, long key1, byte[] bytes, int from, int to) {
		long v0 = key0 ^ 0x736f6d6570736575L;
		long v1 = key1 ^ 0x646f72616e646f6dL;
		long v2 = key0 ^ 0x6c7967656e657261L;
		long v3 = key1 ^ 0x7465646279746573L;
		int at = from;
		for (; at + Long.BYTES <= to; at += Long.BYTES) {
			long word = (long) LONG.get(bytes, at);
			v3 ^= word;
			v0 += v1;
			v1 = Long.rotateLeft(v1, 13) ^ v0;
			v0 = Long.rotateLeft(v0, 32);
			v2 += v3;
			v3 = Long.rotateLeft(v3, 16) ^ v2;
			v0 += v3;
			v3 = Long.rotateLeft(v3, 21) ^ v0;
			v2 += v1;
			v1 = Long.rotateLeft(v1, 17) ^ v2;
			v2 = Long.rotateLeft(v2, 32);
			v0 ^= word;
		}
		long rest = (long) (to - from) << 56;
		for (int i = at; i < to; i++) {
			rest |= (bytes[i] & 0xffL) << ((i - at) * Byte.SIZE);
		}
		return last(v0, v1, v2, v3, rest);
	}

	/** A round for the last bytes and the length, then three final rounds. */
	private static long last(long state0, long state1, long state2, long state3, long rest) {
		long v0 = state0;
		long v1 = state1;
		long v2 = state2;
		long v3 = state3 ^ rest;
		for (int round = 0; round < 4; round++) {
			v0 += v1;
			v1 = Long.rotateLeft(v1, 13) ^ v0;
			v0 = Long.rotateLeft(v0, 32);
			v2 += v3;
			v3 = Long.rotateLeft(v3, 16) ^ v2;
			v0 += v3;
			v3 = Long.rotateLeft(v3, 21) ^ v0;
			v2 += v1;
			v1 = Long.rotateLeft(v1, 17) ^ v2;
			v2 = Long.rotateLeft(v2, 32);
			if (round == 0) {
				v0 ^= rest;
				v2 ^= 0xff;
			}
		}
		return v0 ^ v1 ^ v2 ^ v3;
	}

}
