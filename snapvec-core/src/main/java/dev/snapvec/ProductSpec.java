package dev.snapvec;

import java.util.Map;
import java.util.StringJoiner;

import dev.snapvec.internal.code.Padding;

/**
 * The settings of a product quantizer. Immutable.
 *
 * @param subspaces how many subspaces a vector is split into (M), which is how many codes
 * a row has: a divisor of the dimension, or with {@code rht} of the next power of two
 * @param centroids how many centroids a subspace has (K), 2 to 256
 * @param rht whether vectors are rotated at random first, which pads them to a power of
 * two; not together with {@code opq}
 * @param opq whether a rotation is learned that makes subspaces alike
 * @since 0.1.0
 */
public record ProductSpec(int subspaces, int centroids, boolean rht, boolean opq) {

	static final SettingRange SUBSPACES = SettingRange.atLeast("subspaces", 1);

	static final SettingRange CENTROIDS = new SettingRange("centroids", 2, 256);

	/**
	 * Checks the settings.
	 * @throws InvalidSpecException if one is out of its range or does not go with another
	 */
	public ProductSpec {
		SUBSPACES.require(subspaces);
		CENTROIDS.require(centroids);
		if (rht && opq) {
			throw new InvalidSpecException("opq", "at most one of rht and opq can be true, but both are");
		}
	}

	/**
	 * Returns the defaults: as many subspaces as give each two coordinates, or as few as
	 * divide the dimension; 256 centroids, no rotation.
	 * @param dimension coordinates of a vector, 1 to 65536
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
	 * Returns how many coordinates a vector has when it is split.
	 * @param dimension coordinates of a vector as it is given
	 * @return the dimension, with {@code rht} the next power of two
	 */
	public int transformedDimension(int dimension) {
		return this.rht ? Padding.padded(dimension) : dimension;
	}

	/** Refuses vectors that cannot be split into the subspaces. */
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
