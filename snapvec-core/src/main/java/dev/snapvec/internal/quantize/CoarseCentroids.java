package dev.snapvec.internal.quantize;

import java.util.Arrays;

import dev.snapvec.internal.scan.Kernels;

/**
 * The coarse centroids of inverted lists. Immutable.
 */
public final class CoarseCentroids {

	/**
	 * Centroids whose sums are computed together, in registers, and whose coordinates are
	 * stored together.
	 */
	private static final int PANEL = 64;

	private final int count;

	private final int width;

	/** Centroid by centroid. */
	private final float[] values;

	/** The centroids panel by panel, each panel coordinate by coordinate. */
	private final float[] panels;

	private final float[] squares;

	/**
	 * @param count number of centroids
	 * @param width coordinates per centroid
	 * @param values count × width numbers
	 */
	public CoarseCentroids(int count, int width, float[] values) {
		this.count = count;
		this.width = width;
		this.values = values;
		this.panels = new float[values.length];
		this.squares = new float[count];
		for (int c = 0; c < count; c++) {
			int from = c / PANEL * PANEL;
			for (int i = 0; i < width; i++) {
				float value = values[c * width + i];
				this.panels[from * width + i * panelSize(from) + c - from] = value;
				this.squares[c] += value * value;
			}
		}
	}

	/** The number of centroids in the panel that starts with a centroid. */
	private int panelSize(int from) {
		return Math.min(PANEL, this.count - from);
	}

	public int count() {
		return this.count;
	}

	/**
	 * @return count × width numbers, not to be changed
	 */
	public float[] values() {
		return this.values;
	}

	public float[] centroid(int list) {
		return Arrays.copyOfRange(this.values, list * this.width, (list + 1) * this.width);
	}

	public void subtract(float[] vector, int list, float[] residual) {
		for (int i = 0; i < this.width; i++) {
			residual[i] = vector[i] - this.values[list * this.width + i];
		}
	}

	/** Inner products with all centroids. */
	private void products(float[] vector, float[] products) {
		Arrays.fill(products, 0, this.count, 0);
		addProducts(1, vector, products);
	}

	/** Squared distances to all centroids, each minus the squared norm of the vector. */
	void distances(float[] vector, float[] distances) {
		System.arraycopy(this.squares, 0, distances, 0, this.count);
		addProducts(-2, vector, distances);
	}

	private void addProducts(float factor, float[] vector, float[] sums) {
		for (int from = 0; from < this.count; from += PANEL) {
			Kernels.OPS.addProduct(factor, vector, 0, this.width, this.panels, from * this.width, sums, from,
					panelSize(from));
		}
	}

	/** The nearest centroid, the first one in case of ties. */
	public int nearest(float[] vector) {
		int nearest = 0;
		float least = Float.POSITIVE_INFINITY;
		for (int from = 0; from < this.count; from += PANEL) {
			long found = Kernels.OPS.nearest(vector, 0, this.width, this.panels, from * this.width, this.squares, from,
					panelSize(from));
			float distance = Float.intBitsToFloat((int) (found >>> Integer.SIZE));
			if (distance < least) {
				least = distance;
				nearest = from + (int) found;
			}
		}
		return nearest;
	}

	/**
	 * Ranks all centroids by their distance to a query.
	 * @param query the query
	 * @param products receives its inner product with each centroid
	 * @param ranks receives a number per centroid, larger for nearer ones
	 */
	public void rank(float[] query, float[] products, float[] ranks) {
		products(query, products);
		for (int c = 0; c < this.count; c++) {
			ranks[c] = 2 * products[c] - this.squares[c];
		}
	}

}
