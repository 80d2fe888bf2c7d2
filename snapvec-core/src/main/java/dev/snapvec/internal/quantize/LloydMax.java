package dev.snapvec.internal.quantize;

import java.util.Arrays;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Slice;
import dev.snapvec.internal.scan.SearchPlan;
import dev.snapvec.internal.scan.SliceTables;

/**
 * The optimal scalar quantizers for a normally distributed number of variance 1.
 * <p>
 * S. P. Lloyd, <i>Least Squares Quantization in PCM</i> (1982); J. Max, <i>Quantizing for
 * Minimum Distortion</i> (1960). The levels are rounded as in the file format.
 */
public enum LloydMax {

	TWO_BITS(0.11767, new float[] { 0.4528f, 1.5104f }, new float[] { 0f, 0.9816f }),

	THREE_BITS(0.03454, new float[] { 0.2451f, 0.7560f, 1.3439f, 2.1520f },
			new float[] { 0f, 0.5006f, 1.0500f, 1.7480f }),

	FOUR_BITS(0.00961, new float[] { 0.1227f, 0.3685f, 0.6424f, 0.9424f, 1.2562f, 1.6180f, 2.0690f, 2.7326f },
			new float[] { 0f, 0.2582f, 0.5224f, 0.7996f, 1.0993f, 1.4372f, 1.8435f, 2.4008f });

	private final double error;

	private final float[] centroids;

	private final float[] boundaries;

	/** Takes the upper halves of both tables, which are symmetric. */
	LloydMax(double error, float[] upperCentroids, float[] upperBoundaries) {
		this.error = error;
		int half = upperCentroids.length;
		this.centroids = new float[2 * half];
		this.boundaries = new float[2 * half - 1];
		for (int i = 0; i < half; i++) {
			this.centroids[half + i] = upperCentroids[i];
			this.centroids[half - 1 - i] = -upperCentroids[i];
			this.boundaries[half - 1 + i] = upperBoundaries[i];
			this.boundaries[half - 1 - i] = -upperBoundaries[i];
		}
		this.boundaries[half - 1] = 0f;
	}

	public static LloydMax ofBits(int bits) {
		return values()[bits - 2];
	}

	public int bits() {
		return ordinal() + 2;
	}

	/** The mean squared error for a normally distributed number. */
	public double error() {
		return this.error;
	}

	public float centroid(int code) {
		return this.centroids[code];
	}

	/** The number of boundaries strictly below a value. */
	public int code(float value) {
		int low = 0;
		int high = this.boundaries.length;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.boundaries[middle] < value) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	/**
	 * Creates tables with the share of each level in an inner product.
	 * @param query the coordinates of the other vector
	 * @param factor factor of every share
	 * @param first the number of the first slice of the codes
	 * @param code their layout
	 * @param plan supplies the tables
	 */
	public SliceTables tables(float[] query, float factor, int first, CodeSlices code, SearchPlan plan) {
		int levels = this.centroids.length;
		SliceTables tables = plan.tables(first, code);
		Slice slice = tables.slice();
		float[] shares = tables.shares();
		boolean oneByOne = slice.unitSize() == levels;
		float[] target = oneByOne ? shares : plan.scratch().shares(query.length * levels);
		for (int i = 0; i < query.length; i++) {
			float scaled = query[i] * factor;
			for (int level = 0; level < levels; level++) {
				target[i * levels + level] = this.centroids[level] * scaled;
			}
		}
		if (oneByOne) {
			Arrays.fill(shares, query.length * levels, slice.units() * levels, 0);
		}
		else {
			SliceTables.fill(target, slice, shares);
		}
		return tables;
	}

}
