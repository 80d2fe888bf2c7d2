package dev.snapvec;

import java.util.Collections;
import java.util.Map;

/**
 * Spec of a {@link PqSnapIndex}. Immutable.
 *
 * @param common the settings that all types have
 * @param product the product quantizer, whose number of subspaces divides the dimension
 * @since 0.1.0
 */
public record PqSpec(CommonSpec common, ProductSpec product) implements IndexSpec {

	/**
	 * Checks the settings.
	 * @throws InvalidSpecException if the number of subspaces does not divide the
	 * dimension
	 */
	public PqSpec {
		product.requireDivides(common.dimension());
	}

	/**
	 * Returns the defaults.
	 * @param dimension dimension of the vectors, 1 to 65536
	 * @return the spec
	 * @throws InvalidSpecException if the dimension is out of range
	 * @see ProductSpec#of(int)
	 */
	public static PqSpec of(int dimension) {
		return new PqSpec(CommonSpec.of(dimension), ProductSpec.of(dimension));
	}

	@Override
	public IndexType type() {
		return IndexType.PQ;
	}

	@Override
	public Map<String, Object> parameters() {
		Map<String, Object> parameters = this.common.parameters();
		this.product.putInto(parameters);
		return Collections.unmodifiableMap(parameters);
	}

	@Override
	public PqSpec withScores(Similarity similarity, boolean correctedScores) {
		return new PqSpec(this.common.withScores(similarity, correctedScores), this.product);
	}

}
