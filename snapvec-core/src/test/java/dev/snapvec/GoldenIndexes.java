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
			default -> throw new IllegalArgumentException(golden.type());
		};
	}

}
