package dev.snapvec;

import java.util.Map;
import java.util.StringJoiner;

import dev.snapvec.internal.code.Padding;

/**
 * The settings of a product quantizer. Immutable.
 *
 * @param subspaces number of subspaces that a vector is split into (M), which is the
 * number of codes per row: a divisor of the dimension, or with {@code rht} of the next
 * power of two
 * @param centroids number of centroids per subspace (K), 2 to 256
 * @param rht whether vectors are rotated at random first (RHT), which pads the dimension
 * to the next power of two; excludes {@code opq}
 * @param opq whether a rotation is trained that balances the subspaces (OPQ)
 * @since 0.1.0
 */
public record ProductSpec(int subspaces, int centroids, boolean rht, boolean opq) {

	static final SettingRange SUBSPACES = SettingRange.atLeast("subspaces", 1);

	static final SettingRange CENTROIDS = new SettingRange("centroids", 2, 256);

	/**
	 * Checks the settings.
	 * @throws InvalidSpecException if a setting is out of range or contradicts another
	 */
	public ProductSpec {
		SUBSPACES.require(subspaces);
		CENTROIDS.require(centroids);
		if (rht && opq) {
			throw new InvalidSpecException("opq", "at most one of rht and opq can be true, but both are");
		}
	}

	/**
	 * Returns the defaults: subspaces of two coordinates, or of as few as divide an odd
	 * dimension; 256 centroids, no rotation.
	 * @param dimension dimension of the vectors, 1 to 65536
	 * @return the settings
	 */
	public static ProductSpec of(int dimension) {
		for (int width = 2; width <= dimension; width++) {
			if (dimension % width == 0) {
				return new ProductSpec(dimension / width, 256, false, false);
			}
		}
		return new ProductSpec(1, 256, false, false);
	}

	/**
	 * Returns the number of coordinates that a vector has when it is split.
	 * @param dimension dimension of the vectors
	 * @return the dimension; with {@code rht} the next power of two
	 */
	public int transformedDimension(int dimension) {
		return this.rht ? Padding.padded(dimension) : dimension;
	}

	/** Rejects a dimension that cannot be split into the subspaces. */
	void requireDivides(int dimension) {
		int transformed = transformedDimension(dimension);
		if (transformed % this.subspaces != 0) {
			throw new InvalidSpecException("subspaces",
					"subspaces must divide %d, the dimension of %s (be one of %s), but was %d", transformed,
					this.rht ? "vectors padded by rht" : "vectors", divisors(transformed), this.subspaces);
		}
	}

	private static String divisors(int number) {
		StringJoiner divisors = new StringJoiner(", ");
		for (int width = 1; width <= number; width++) {
			if (number % width == 0) {
				divisors.add(Integer.toString(number / width));
			}
		}
		return divisors.toString();
	}

	void putInto(Map<String, Object> parameters) {
		parameters.put("subspaces", this.subspaces);
		parameters.put("centroids", this.centroids);
		parameters.put("rht", this.rht);
		parameters.put("opq", this.opq);
	}

}
