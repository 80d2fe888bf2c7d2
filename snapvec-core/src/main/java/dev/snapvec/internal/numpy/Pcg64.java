package dev.snapvec.internal.numpy;

/**
 * The PCG64 generator (XSL-RR output of a 128-bit linear congruential state) seeded as
 * NumPy's {@code default_rng(seed)}.
 * <p>
 * Algorithm: M. E. O'Neill, <i>PCG: A Family of Simple Fast Space-Efficient Statistically
 * Good Algorithms for Random Number Generation</i> (2014). Not thread-safe.
 */
final class Pcg64 {

	private static final long MULTIPLIER_HIGH = 2549297995355413924L;

	private static final long MULTIPLIER_LOW = 4865540595714422341L;

	private final long incrementHigh;

	private final long incrementLow;

	private long high;

	private long low;

	private boolean halfLeft;

	private int half;

	Pcg64(long seed) {
		long[] state = new SeedSequence(seed).generateState(4);
		this.incrementHigh = (state[2] << 1) | (state[3] >>> 63);
		this.incrementLow = (state[3] << 1) | 1;
		step();
		this.low += state[1];
		this.high += state[0] + ((Long.compareUnsigned(this.low, state[1]) < 0) ? 1 : 0);
		step();
	}

	private void step() {
		long productHigh = Math.multiplyHigh(this.low, MULTIPLIER_LOW) + ((this.low >> 63) & MULTIPLIER_LOW)
				+ ((MULTIPLIER_LOW >> 63) & this.low) + this.high * MULTIPLIER_LOW + this.low * MULTIPLIER_HIGH;
		long productLow = this.low * MULTIPLIER_LOW;
		this.low = productLow + this.incrementLow;
		this.high = productHigh + this.incrementHigh
				+ ((Long.compareUnsigned(this.low, this.incrementLow) < 0) ? 1 : 0);
	}

	long nextLong() {
		step();
		return Long.rotateRight(this.high ^ this.low, (int) (this.high >>> 58));
	}

	/** The two 32-bit words of each 64-bit output, the low one first. */
	int nextInt() {
		if (this.halfLeft) {
			this.halfLeft = false;
			return this.half;
		}
		long next = nextLong();
		this.half = (int) (next >>> 32);
		this.halfLeft = true;
		return (int) next;
	}

	/** Uniform in [0, 1), with 53 random bits. */
	double nextDouble() {
		return (nextLong() >>> 11) * 0x1.0p-53;
	}

}
