package dev.snapvec.internal.numpy;

/**
 * The part of NumPy's {@code Generator} that index files need: the same seed gives the
 * same numbers as {@code numpy.random.default_rng(seed)}. Not thread-safe.
 */
public final class NumpyRandom {

	private final Pcg64 generator;

	/**
	 * @param seed the seed, any non-negative number
	 */
	public NumpyRandom(long seed) {
		this.generator = new Pcg64(seed);
	}

	/**
	 * {@code choice([-1, 1], size=count)}.
	 * @param count number of signs
	 * @return an array of -1 and +1
	 */
	public float[] signs(int count) {
		float[] signs = new float[count];
		for (int i = 0; i < count; i++) {
			// Lemire's bounded draw below 2 is the top bit
			signs[i] = (this.generator.nextInt() < 0) ? 1f : -1f;
		}
		return signs;
	}

	/**
	 * {@code integers(0, bound)} for one number.
	 * @param bound the exclusive upper bound, positive
	 * @return a number in [0, bound)
	 */
	public int nextInt(int bound) {
		if (bound == 1) {
			return 0;
		}
		long product = (this.generator.nextInt() & 0xffffffffL) * bound;
		if ((product & 0xffffffffL) < bound) {
			long threshold = (0x100000000L - bound) % bound;
			while ((product & 0xffffffffL) < threshold) {
				product = (this.generator.nextInt() & 0xffffffffL) * bound;
			}
		}
		return (int) (product >>> 32);
	}

	/**
	 * {@code random()}.
	 * @return a number in [0, 1)
	 */
	public double nextDouble() {
		return this.generator.nextDouble();
	}

	/**
	 * {@code standard_normal()}.
	 * @return a normally distributed number of mean 0 and variance 1
	 */
	public double nextGaussian() {
		return Ziggurat.next(this.generator);
	}

	long nextLong() {
		return this.generator.nextLong();
	}

}
