package dev.snapvec;

/**
 * Specs of indexes of unit vectors, with seed 7.
 */
public final class TestSpecs {

	private TestSpecs() {
	}

	private static CommonSpec common(int dimension) {
		return CommonSpec.of(dimension).withSeed(7).withNormalized(true);
	}

	public static SnapSpec snap(int dimension, int bits, boolean useProd) {
		return new SnapSpec(common(dimension), bits, useProd);
	}

	public static ResidualSpec residual(int dimension, int coarseBits, int residualBits) {
		return new ResidualSpec(common(dimension), coarseBits, residualBits, 0);
	}

	public static PqSpec pq(int dimension, int subspaces, int centroids) {
		return new PqSpec(common(dimension), new ProductSpec(subspaces, centroids, false, false));
	}

	public static IvfPqSpec ivfPq(int nlist, int dimension, int subspaces, int centroids, boolean keepFullPrecision) {
		return IvfPqSpec.of(common(dimension), new ProductSpec(subspaces, centroids, false, false), nlist,
				keepFullPrecision);
	}

}
