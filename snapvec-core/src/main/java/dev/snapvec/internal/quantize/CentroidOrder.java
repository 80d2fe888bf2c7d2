package dev.snapvec.internal.quantize;

import java.util.Arrays;

/**
 * Numbers centroids so that near ones have near numbers. Training does not determine
 * their order, and searches profit from it. See docs/adr/0006-kernels.md.
 */
final class CentroidOrder {

	private final float[] values;

	private final int count;

	private final int width;

	/**
	 * @param values count × width numbers, centroid by centroid
	 * @param count number of centroids
	 * @param width coordinates per centroid
	 */
	CentroidOrder(float[] values, int count, int width) {
		this.values = values;
		this.count = count;
		this.width = width;
	}

	/**
	 * Bisects the centroids recursively at the median of the coordinate that varies most,
	 * so that centroids whose numbers start with the same bits are near each other.
	 * @return count × width numbers, centroid by centroid
	 */
	float[] byCells() {
		Integer[] order = new Integer[this.count];
		Arrays.setAll(order, (i) -> i);
		split(order, 0, this.count);
		return reordered(Arrays.stream(order).mapToInt(Integer::intValue).toArray());
	}

	private void split(Integer[] order, int from, int to) {
		if (to - from < 2) {
			return;
		}
		int axis = widestAxis(order, from, to);
		Arrays.sort(order, from, to, (a, b) -> Float.compare(coordinate(a, axis), coordinate(b, axis)));
		int middle = (from + to) >>> 1;
		split(order, from, middle);
		split(order, middle, to);
	}

	private int widestAxis(Integer[] order, int from, int to) {
		int widest = 0;
		double most = -1;
		for (int axis = 0; axis < this.width; axis++) {
			double sum = 0;
			double squares = 0;
			for (int i = from; i < to; i++) {
				double x = coordinate(order[i], axis);
				sum += x;
				squares += x * x;
			}
			double variance = squares - sum * sum / (to - from);
			if (variance > most) {
				most = variance;
				widest = axis;
			}
		}
		return widest;
	}

	private float coordinate(int centroid, int axis) {
		return this.values[centroid * this.width + axis];
	}

	/**
	 * Goes from each centroid to the nearest one not visited yet, so that inverted lists
	 * that a query probes together have near numbers.
	 * @return count × width numbers, centroid by centroid
	 */
	float[] byNeighbours() {
		CoarseCentroids centroids = new CoarseCentroids(this.count, this.width, this.values);
		int[] order = new int[this.count];
		boolean[] visited = new boolean[this.count];
		float[] distances = new float[this.count];
		visited[0] = true;
		for (int place = 1; place < this.count; place++) {
			centroids.distances(centroids.centroid(order[place - 1]), distances);
			int nearest = -1;
			for (int c = 0; c < this.count; c++) {
				if (!visited[c] && (nearest < 0 || distances[c] < distances[nearest])) {
					nearest = c;
				}
			}
			order[place] = nearest;
			visited[nearest] = true;
		}
		return reordered(order);
	}

	private float[] reordered(int[] order) {
		float[] reordered = new float[this.values.length];
		for (int place = 0; place < this.count; place++) {
			System.arraycopy(this.values, order[place] * this.width, reordered, place * this.width, this.width);
		}
		return reordered;
	}

}
