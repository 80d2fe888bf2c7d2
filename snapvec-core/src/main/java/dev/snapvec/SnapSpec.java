package dev.snapvec;

import java.util.Collections;
import java.util.Map;

/**
 * Spec of a {@link SnapIndex}. Immutable.
 *
 * @param common the settings that all types have
 * @param bits bits per coordinate: 2, 3 or 4
 * @param useProd whether to spend one bit on a sketch of the quantization error; requires
 * 3 or 4 bits
 * @since 0.1.0
 */
public record SnapSpec(CommonSpec common, int bits, boolean useProd) implements IndexSpec {

	static final SettingRange BITS = new SettingRange("bits", 2, 4);

	private static final int LEAST_BITS_WITH_SKETCH = 3;

	/**
	 * Checks the settings.
	 * @throws InvalidSpecException if a setting is out of range or contradicts another
	 */
	public SnapSpec {
		BITS.require(bits);
		if (useProd && bits < LEAST_BITS_WITH_SKETCH) {
			throw new InvalidSpecException("useProd",
					"useProd spends one of the bits, so bits must be 3 or 4, but was %d", bits);
		}
	}

	/**
	 * Returns the defaults: 4 bits per coordinate, no sketch.
	 * @param dimension dimension of the vectors, 1 to 65536
	 * @return the spec
	 * @throws InvalidSpecException if the dimension is out of range
	 */
	public static SnapSpec of(int dimension) {
		return new SnapSpec(CommonSpec.of(dimension), 4, false);
	}

	@Override
	public IndexType type() {
		return IndexType.SNAP;
	}

	@Override
	public Map<String, Object> parameters() {
		Map<String, Object> parameters = this.common.parameters();
		parameters.put("bits", this.bits);
		parameters.put("useProd", this.useProd);
		return Collections.unmodifiableMap(parameters);
	}

	@Override
	public SnapSpec withScores(Similarity similarity, boolean correctedScores) {
		return new SnapSpec(this.common.withScores(similarity, correctedScores), this.bits, this.useProd);
	}

}
