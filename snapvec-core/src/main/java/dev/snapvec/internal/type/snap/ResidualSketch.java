package dev.snapvec.internal.type.snap;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.numpy.Einsum;
import dev.snapvec.internal.numpy.NumpyRandom;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.scan.SliceTables;
import org.jspecify.annotations.Nullable;

/**
 * Sketch of a quantization residual with one bit per coordinate: the sign of its
 * projection on a random normal vector. Together with the residual's norm it gives an
 * unbiased estimate of the residual's inner product with a query. Immutable.
 * <p>
 * A. Zandieh, M. Daliri and I. Han, <i>QJL: 1-Bit Quantized JL Transform for KV Cache
 * Quantization with Zero Overhead</i> (2024).
 */
final class ResidualSketch {

	/** The offset that Python adds to an index's seed for the projections. */
	private static final int SEED_OFFSET = 1337;

	private final int dimension;

	private final long seed;

	private final CodeSlices slices;

	/**
	 * Created on first use: the header of a file alone must not allocate so much memory.
	 */
	private volatile float @Nullable [][] projections;

	ResidualSketch(int dimension, long seed) {
		this.dimension = dimension;
		this.seed = seed;
		this.slices = CodeSlices.of(dimension, 1);
	}

	private float[][] projections() {
		float[][] projections = this.projections;
		if (projections == null) {
			NumpyRandom random = new NumpyRandom(this.seed + SEED_OFFSET);
			projections = new float[this.dimension][this.dimension];
			for (float[] projection : projections) {
				for (int i = 0; i < this.dimension; i++) {
					projection[i] = (float) random.nextGaussian();
				}
			}
			this.projections = projections;
		}
		return projections;
	}

	CodeSlices slices() {
		return this.slices;
	}

	/**
	 * Writes the signs of a residual's projections as code 1, and its norm as weight.
	 */
	void encode(float[] residual, EncodedRows rows, int row) {
		float[][] projections = projections();
		int dimension = residual.length;
		byte[] signs = new byte[dimension];
		for (int i = 0; i < dimension; i++) {
			signs[i] = (byte) ((dot(projections[i], residual) >= 0) ? 1 : 0);
		}
		this.slices.pack(signs, 0, rows.codes(1), row * this.slices.columns());
		rows.floats(FloatColumn.WEIGHT)[row] = Einsum.length(residual) / (float) Math.sqrt(dimension);
	}

	/** Fills tables from the rotated query, a unit vector. */
	void prepare(float[] rotated, float[] tables) {
		float[][] projections = projections();
		int dimension = rotated.length;
		double factor = Math.sqrt(Math.PI / 2) / dimension;
		float[] values = new float[2 * dimension];
		for (int i = 0; i < dimension; i++) {
			float share = (float) (factor * dot(projections[i], rotated));
			values[2 * i] = -share;
			values[2 * i + 1] = share;
		}
		SliceTables.fill(values, this.slices.joined(), tables);
	}

	private static float dot(float[] a, float[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) {
			sum += a[i] * b[i];
		}
		return (float) sum;
	}

}
