package dev.snapvec;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings that indexes of all types have. Immutable.
 *
 * @param dimension dimension of the vectors, 1 to 65536
 * @param seed seed of all random numbers, 0 to 4294967295
 * @param normalized whether all vectors are unit vectors, which is checked
 * @param similarity what scores estimate
 * @param correctedScores whether scores are corrected for the change of norm that
 * quantization causes
 * @since 0.1.0
 */
public record CommonSpec(int dimension, long seed, boolean normalized, Similarity similarity, boolean correctedScores) {

	private static final SettingRange DIMENSION = new SettingRange("dimension", 1, 65_536);

	/** The limit of the file formats. */
	private static final SettingRange SEED = new SettingRange("seed", 0, 0xffffffffL);

	/**
	 * Checks the settings.
	 * @throws InvalidSpecException if a setting is out of range
	 */
	public CommonSpec {
		DIMENSION.require(dimension);
		SEED.require(seed);
	}

	/**
	 * Returns the defaults: seed 0, vectors of any norm, corrected cosines.
	 * @param dimension dimension of the vectors, 1 to 65536
	 * @return the settings
	 * @throws InvalidSpecException if the dimension is out of range
	 */
	public static CommonSpec of(int dimension) {
		return new CommonSpec(dimension, 0, false, Similarity.COSINE, true);
	}

	/**
	 * Returns the same settings with another seed.
	 * @param seed 0 to 4294967295
	 * @return new settings
	 * @throws InvalidSpecException if it is out of range
	 */
	public CommonSpec withSeed(long seed) {
		return new CommonSpec(this.dimension, seed, this.normalized, this.similarity, this.correctedScores);
	}

	/**
	 * Returns the same settings for unit vectors, or for vectors of any norm.
	 * @param normalized whether all vectors are unit vectors; any other vector, also one
	 * of all zeros, is rejected then
	 * @return new settings
	 */
	public CommonSpec withNormalized(boolean normalized) {
		return new CommonSpec(this.dimension, this.seed, normalized, this.similarity, this.correctedScores);
	}

	/**
	 * Returns the same settings with another similarity, and with scores corrected or
	 * not.
	 * @param similarity what scores estimate
	 * @param correctedScores whether scores are corrected for the change of norm that
	 * quantization causes
	 * @return new settings
	 */
	public CommonSpec withScores(Similarity similarity, boolean correctedScores) {
		return new CommonSpec(this.dimension, this.seed, this.normalized, similarity, correctedScores);
	}

	/** All settings but the dimension, by name; a type adds its own. */
	Map<String, Object> parameters() {
		Map<String, Object> parameters = new LinkedHashMap<>();
		parameters.put("seed", this.seed);
		parameters.put("normalized", this.normalized);
		parameters.put("similarity", this.similarity.toString());
		parameters.put("correctedScores", this.correctedScores);
		return parameters;
	}

}
