package dev.snapvec.internal.numpy;

/**
 * NumPy's {@code SeedSequence} for a single integer of entropy: hashes a seed into a pool
 * of four 32-bit words, from which generators draw their initial state.
 * <p>
 * Algorithm: M. E. O'Neill, <i>Developing a seed_seq Alternative</i> (2015), with the
 * constants NumPy uses.
 */
final class SeedSequence {

	private static final int POOL_SIZE = 4;

	private static final int INIT_A = 0x43b0d7e5;

	private static final int MULT_A = 0x931e8875;

	private static final int INIT_B = 0x8b51f9dd;

	private static final int MULT_B = 0x58f38ded;

	private static final int MIX_MULT_L = 0xca01f9dd;

	private static final int MIX_MULT_R = 0x4973f715;

	private static final int XSHIFT = 16;

	private final int[] pool = new int[POOL_SIZE];

	private int hashConstant = INIT_A;

	/**
	 * @param entropy the seed, any non-negative number
	 */
	SeedSequence(long entropy) {
		int[] words = { (int) entropy, (int) (entropy >>> 32), 0, 0 };
		for (int i = 0; i < POOL_SIZE; i++) {
			this.pool[i] = hash(words[i]);
		}
		for (int source = 0; source < POOL_SIZE; source++) {
			for (int target = 0; target < POOL_SIZE; target++) {
				if (source != target) {
					this.pool[target] = mix(this.pool[target], hash(this.pool[source]));
				}
			}
		}
	}

	private int hash(int value) {
		value ^= this.hashConstant;
		this.hashConstant *= MULT_A;
		value *= this.hashConstant;
		return value ^ (value >>> XSHIFT);
	}

	private static int mix(int x, int y) {
		int result = MIX_MULT_L * x - MIX_MULT_R * y;
		return result ^ (result >>> XSHIFT);
	}

	/**
	 * Draws 64-bit words of state.
	 * @param count number of words
	 * @return the words, each drawn with its low 32 bits first
	 */
	long[] generateState(int count) {
		long[] state = new long[count];
		int constant = INIT_B;
		for (int i = 0; i < 2 * count; i++) {
			int word = this.pool[i % POOL_SIZE] ^ constant;
			constant *= MULT_B;
			word *= constant;
			word ^= word >>> XSHIFT;
			state[i / 2] |= (word & 0xffffffffL) << (32 * (i % 2));
		}
		return state;
	}

}
