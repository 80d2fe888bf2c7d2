package dev.snapvec;

/**
 * Builds empty indexes with the parameters of golden cases.
 */
final class GoldenIndexes {

	private GoldenIndexes() {
	}

	static VectorIndex build(GoldenCase golden) {
		int dimension = golden.number("dim");
		return switch (golden.type()) {
			case "SnapIndex" -> SnapIndex.builder(dimension)
				.bits(golden.number("bits"))
				.useProd(golden.flag("use_prod"))
				.seed(golden.seed())
				.normalized(golden.flag("normalized"))
				.build();
			case "ResidualSnapIndex" -> ResidualSnapIndex.builder(dimension)
				.coarseBits(golden.number("b1"))
				.residualBits(golden.number("b2"))
				.seed(golden.seed())
				.normalized(golden.flag("normalized"))
				.build();
			case "PQSnapIndex" -> PqSnapIndex.builder(dimension)
				.subspaces(golden.number("M"))
				.centroids(golden.number("K"))
				.rht(golden.flag("use_rht"))
				.opq(golden.flag("use_opq"))
				.seed(golden.seed())
				.normalized(golden.flag("normalized"))
				.build();
			case "IVFPQSnapIndex" -> IvfPqSnapIndex.builder(dimension)
				.nlist(golden.number("nlist"))
				.subspaces(golden.number("M"))
				.centroids(golden.number("K"))
				.keepFullPrecision(golden.flag("keep_full_precision"))
				.rht(golden.flag("use_rht"))
				.opq(golden.flag("use_opq"))
				.seed(golden.seed())
				.normalized(golden.flag("normalized"))
				.build();
			default -> throw new IllegalArgumentException(golden.type());
		};
	}

}
