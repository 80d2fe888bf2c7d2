package dev.snapvec;

import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link ResidualSnapIndex} is. Immutable.
 *
 * @param common the settings that all types have
 * @param coarseBits bits a coordinate of the first stage: 2, 3 or 4
 * @param residualBits bits a coordinate of the second stage: 2, 3 or 4
 * @param rerank how many rows a search scores by both stages after a pass over the first
 * alone, where a request does not say; 0 for all rows by both stages
 * @since 0.1.0
 */
public record ResidualSpec(CommonSpec common, int coarseBits, int residualBits, int rerank) implements IndexSpec {

	private static final SettingRange COARSE_BITS = new SettingRange("coarseBits", 2, 4);

	private static final SettingRange RESIDUAL_BITS = new SettingRange("residualBits", 2, 4);

	/**
	 * Checks the settings.
	 * @throws InvalidSpecException if one is out of its range
	 */
	public ResidualSpec {
		COARSE_BITS.require(coarseBits);
		RESIDUAL_BITS.require(residualBits);
		Rerank.RANGE.require(rerank);
	}

	/**
	 * Returns the defaults: 4 + 4 bits, all rows scored by both stages.
	 * @param dimension coordinates of a vector, 1 to 65536
	 * @return the spec
	 * @throws InvalidSpecException if the dimension is out of its range
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
