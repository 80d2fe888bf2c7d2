package dev.snapvec;

import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Spec of a {@link ResidualSnapIndex}. Immutable.
 *
 * @param common the settings that all types have
 * @param coarseBits bits per coordinate of the coarse stage: 2, 3 or 4
 * @param residualBits bits per coordinate of the residual stage: 2, 3 or 4
 * @param rerank default number of rows that a search reranks with both stages after a
 * pass over the coarse stage; 0 to score all rows with both stages
 * @since 0.1.0
 */
public record ResidualSpec(CommonSpec common, int coarseBits, int residualBits, int rerank) implements IndexSpec {

	private static final SettingRange COARSE_BITS = new SettingRange("coarseBits", 2, 4);

	private static final SettingRange RESIDUAL_BITS = new SettingRange("residualBits", 2, 4);

	/**
	 * Checks the settings.
	 * @throws InvalidSpecException if a setting is out of range
	 */
	public ResidualSpec {
		COARSE_BITS.require(coarseBits);
		RESIDUAL_BITS.require(residualBits);
		Rerank.RANGE.require(rerank);
	}

	/**
	 * Returns the defaults: 4 bits per coordinate in each of the two stages, all rows
	 * scored with both, and {@link CommonSpec#of}.
	 * @param dimension dimension of the vectors, 1 to 65536
	 * @return the spec
	 * @throws InvalidSpecException if the dimension is out of range
	 */
	public static ResidualSpec of(int dimension) {
		return new ResidualSpec(CommonSpec.of(dimension), 4, 4, 0);
	}

	@Override
	public IndexType type() {
		return IndexType.RESIDUAL;
	}

	@Override
	public Map<String, Object> parameters() {
		Map<String, Object> parameters = this.common.parameters();
		parameters.put("coarseBits", this.coarseBits);
		parameters.put("residualBits", this.residualBits);
		parameters.put("rerank", this.rerank);
		return Collections.unmodifiableMap(parameters);
	}

	@Override
	public ResidualSpec withScores(Similarity similarity, boolean correctedScores) {
		return new ResidualSpec(this.common.withScores(similarity, correctedScores), this.coarseBits, this.residualBits,
				this.rerank);
	}

	@Override
	public ResidualSpec withSearch(@Nullable Integer nprobe, @Nullable Integer rerank) {
		nprobe(nprobe);
		return new ResidualSpec(this.common, this.coarseBits, this.residualBits,
				(rerank != null) ? rerank : this.rerank);
	}

	@Override
	public int rerank(@Nullable Integer requested, int topK) {
		return Rerank.of(requested, this.rerank, topK);
	}

}
