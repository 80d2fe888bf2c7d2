package dev.snapvec;

import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * Hashes of search requests, the keys of caches. All coordinates of a query count, in
 * four sums without dependencies on each other. Seeded at random, so that which requests
 * collide is not known outside the process. Stateless.
 * <p>
 * The rounds are those of Y. Collet, <i>xxHash</i>, its 64-bit variant; the last mixing
 * is that of A. Appleby, <i>MurmurHash3</i>.
 */
final class RequestHash {

	private static final long SEED = new SplittableRandom().nextLong();

	private static final long FIRST_PRIME = 0x9e3779b185ebca87L;

	private static final long SECOND_PRIME = 0xc2b2ae3d27d4eb4fL;

	private static final int STEP = 8;

	private RequestHash() {
	}

	/**
	 * Hashes a vector as {@link java.util.Arrays#equals(float[], float[])} compares it:
	 * zeros of different signs differ, all NaN are equal.
	 */
	static long of(float[] vector) {
		long a = SEED;
		long b = SEED + FIRST_PRIME;
		long c = SEED + SECOND_PRIME;
		long d = SEED - FIRST_PRIME;
		int i = 0;
		for (; i + STEP <= vector.length; i += STEP) {
			a = round(a, pair(vector, i));
			b = round(b, pair(vector, i + 2));
			c = round(c, pair(vector, i + 4));
			d = round(d, pair(vector, i + 6));
		}
		for (; i < vector.length; i++) {
			a = round(a, Float.floatToIntBits(vector[i]));
		}
		long hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
		return mixed(hash + vector.length);
	}

	private static long pair(float[] vector, int i) {
		return (long) Float.floatToIntBits(vector[i + 1]) << Integer.SIZE
				| Float.floatToIntBits(vector[i]) & 0xffffffffL;
	}

	private static long round(long sum, long input) {
		return Long.rotateLeft(sum + input * SECOND_PRIME, 31) * FIRST_PRIME;
	}

	/** Combines two hashes; their order matters. */
	static long of(long hash, long next) {
		return mixed(round(hash, next));
	}

	/** Mixes the bits of a number; a bijection. */
	static long mixed(long hash) {
		long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
		mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
		return mixed ^ mixed >>> 33;
	}

	/** The hash of an optional number of a request. */
	static long ofOptional(@Nullable Integer number) {
		return (number != null) ? number : Long.MIN_VALUE;
	}

}
