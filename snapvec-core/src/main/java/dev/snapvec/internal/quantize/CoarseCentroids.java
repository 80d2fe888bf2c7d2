package dev.snapvec.internal.quantize;

import java.util.Arrays;

import dev.snapvec.internal.scan.Kernels;

/**
 * The centroids that lists of vectors gather around. Immutable.
 */
public final class CoarseCentroids {

	private final int count;

	private final int width;

	/** Centroid by centroid. */
	private final float[] values;

	/** Coordinate by coordinate: coordinate i of centroid c at {@code i * count + c}. */
	private final float[] byCoordinate;

	private final float[] squares;

	/**
	 * @param count how many
	 * @param width their length
	 * @param values count × width numbers
	 */
	public CoarseCentroids(int count, int width, float[] values) {
		this.count = count;
		this.width = width;
		this.values = values;
		this.byCoordinate = new float[values.length];
		this.squares = new float[count];
		for (int c = 0; c < count; c++) {
			for (int i = 0; i < width; i++) {
				float value = values[c * width + i];
				this.byCoordinate[i * count + c] = value;
				this.squares[c] += value * value;
			}
		}
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

	float[] centroid(int list) {
		return Arrays.copyOfRange(this.values, list * this.width, (list + 1) * this.width);
	}

	void subtract(float[] vector, int list, float[] residual) {
		for (int i = 0; i < this.width; i++) {
			residual[i] = vector[i] - this.values[list * this.width + i];
		}
	}

	/** Inner products with all centroids. */
	private void products(float[] vector, float[] products) {
		Arrays.fill(products, 0, this.count, 0);
		Kernels.PRODUCTS.addProduct(1, vector, 0, this.width, this.byCoordinate, 0, products, 0, this.count);
	}

	/** Squared distances to all centroids, each less the vector's squared length. */
	void distances(float[] vector, float[] distances) {
		System.arraycopy(this.squares, 0, distances, 0, this.count);
		Kernels.PRODUCTS.addProduct(-2, vector, 0, this.width, this.byCoordinate, 0, distances, 0, this.count);
	}

	/** The centroid at the least distance. */
	int nearest(float[] vector) {
		return (int) Kernels.PRODUCTS.nearest(vector, 0, this.width, this.byCoordinate, 0, this.squares, 0, this.count);
	}

	/**
	 * Tells how near all centroids are to a query.
	 * @param query the query
	 * @param products receives its inner products with them
	 * @param ranks receives numbers that are larger the nearer they are
	 */
	void rank(float[] query, float[] products, float[] ranks) {
		products(query, products);
		for (int c = 0; c < this.count; c++) {
			ranks[c] = 2 * products[c] - this.squares[c];
		}
	}

}
