package dev.snapvec.internal.quantize;

import java.util.Arrays;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.numpy.NumpyRandom;
import dev.snapvec.internal.scan.Kernels;
import dev.snapvec.internal.task.Workers;

/**
 * K-means clustering: seeded by k-means++, improved by Lloyd's iteration until the gain
 * is negligible. The result depends only on the points and the seed, not on the number of
 * threads.
 * <p>
 * D. Arthur and S. Vassilvitskii, <i>k-means++: The Advantages of Careful Seeding</i>
 * (2007); S. P. Lloyd, <i>Least Squares Quantization in PCM</i> (1982).
 */
final class KMeans {

	private static final int MAX_ITERATIONS = 20;

	/** Small sets are seeded several times, and the best outcome is used. */
	private static final int MAX_ATTEMPTS = 10;

	/** Limit of all attempts but the first: coordinates of points times centroids. */
	private static final long ATTEMPTED_WORK = 1 << 20;

	/** Iteration ends when the error decreases by less than this share of it. */
	private static final double LEAST_GAIN = 1e-4;

	private static final int CHUNK = 512;

	/** Points of up to this many coordinates are compared many at a time. */
	private static final int NARROW = 8;

	/** Points per centroid from which seeds are drawn; more do not improve them. */
	private static final int SEEDING_SAMPLE = 20;

	private final float[] points;

	private final int count;

	private final int width;

	private final int k;

	private final NumpyRandom random;

	private final Workers workers;

	/** Coordinate by coordinate: coordinate i of centroid c at {@code i * k + c}. */
	private final float[] centroids;

	private final float[] squares;

	/**
	 * The points chunk by chunk, each chunk coordinate by coordinate, if they are narrow.
	 */
	private final float[][] columns;

	/** The points that seeds are drawn from, in the same form. */
	private final float[][] sample;

	/** Squared norm of each point. */
	private final float[] lengths;

	private final int[] assignment;

	/** Squared distance of each point to its centroid. */
	private final float[] distances;

	/**
	 * @param points count × width coordinates, point by point
	 * @param width coordinates per point
	 * @param k number of centroids, at most the number of points
	 * @param seed seed of the seeding
	 * @param workers run parts of it in parallel
	 */
	KMeans(float[] points, int width, int k, long seed, Workers workers) {
		this.points = points;
		this.count = points.length / width;
		this.width = width;
		this.k = k;
		this.random = new NumpyRandom(seed);
		this.workers = workers;
		this.centroids = new float[k * width];
		this.squares = new float[k];
		this.assignment = new int[this.count];
		this.distances = new float[this.count];
		this.lengths = new float[this.count];
		chunks(this.count, this::measure);
		this.columns = isNarrow() ? columns(this.count) : new float[0][];
		this.sample = (isNarrow() && drawn() == this.count) ? this.columns : columns(drawn());
	}

	private boolean isNarrow() {
		return this.width <= NARROW;
	}

	private void measure(int from, int to) {
		for (int p = from; p < to; p++) {
			for (int i = 0; i < this.width; i++) {
				float x = this.points[p * this.width + i];
				this.lengths[p] += x * x;
			}
		}
	}

	/** A number of points, spread evenly over all. */
	private float[][] columns(int drawn) {
		float[][] columns = new float[Groups.parts(drawn, CHUNK)][];
		chunks(drawn, (from, to) -> {
			float[] chunk = new float[(to - from) * this.width];
			for (int n = from; n < to; n++) {
				int point = sampled(n, drawn);
				for (int i = 0; i < this.width; i++) {
					chunk[i * (to - from) + n - from] = this.points[point * this.width + i];
				}
			}
			columns[from / CHUNK] = chunk;
		});
		return columns;
	}

	/**
	 * Finds the centroids.
	 * @return k × width coordinates, centroid by centroid
	 */
	float[] run() {
		int attempts = (int) Math.min(MAX_ATTEMPTS, 1 + ATTEMPTED_WORK / ((long) this.points.length * this.k));
		float[] best = {};
		double least = Double.POSITIVE_INFINITY;
		for (int i = 0; i < attempts; i++) {
			double error = attempt();
			if (error < least) {
				least = error;
				best = this.centroids.clone();
			}
		}
		float[] byCentroid = new float[this.k * this.width];
		for (int c = 0; c < this.k; c++) {
			for (int i = 0; i < this.width; i++) {
				byCentroid[c * this.width + i] = best[i * this.k + c];
			}
		}
		return byCentroid;
	}

	/** Seeds and improves centroids, and returns the sum of squared distances to them. */
	private double attempt() {
		seed();
		double error = assign();
		for (int i = 0; i < MAX_ITERATIONS; i++) {
			update();
			double next = assign();
			boolean settled = error - next <= LEAST_GAIN * error;
			error = next;
			if (settled) {
				break;
			}
		}
		return error;
	}

	/**
	 * Draws each next centroid with a probability proportional to its squared distance to
	 * the nearest one so far.
	 */
	private void seed() {
		int drawn = drawn();
		Arrays.fill(this.distances, 0, drawn, Float.POSITIVE_INFINITY);
		int next = this.random.nextInt(drawn);
		for (int c = 0; c < this.k; c++) {
			int point = sampled(next, drawn);
			setCentroid(c, point);
			chunks(drawn, (from, to) -> shortenDistances(point, drawn, from, to));
			this.distances[next] = 0;
			next = draw(drawn);
		}
	}

	/** The number of points that seeds are drawn from. */
	private int drawn() {
		return (int) Math.min(this.count, (long) SEEDING_SAMPLE * this.k);
	}

	/** The point with a number in a sample spread evenly over all points. */
	private int sampled(int number, int drawn) {
		return (int) ((long) number * this.count / drawn);
	}

	private void setCentroid(int c, int point) {
		float square = 0;
		for (int i = 0; i < this.width; i++) {
			float x = this.points[point * this.width + i];
			this.centroids[i * this.k + c] = x;
			square += x * x;
		}
		this.squares[c] = square;
	}

	private void shortenDistances(int center, int drawn, int from, int to) {
		float[] distances = new float[to - from];
		for (int n = from; n < to; n++) {
			distances[n - from] = this.lengths[sampled(n, drawn)] + this.lengths[center];
		}
		Kernels.OPS.addProduct(-2, this.points, center * this.width, this.width, this.sample[from / CHUNK], 0,
				distances, 0, to - from);
		for (int n = from; n < to; n++) {
			this.distances[n] = Math.min(this.distances[n], Math.max(0, distances[n - from]));
		}
	}

	private int draw(int drawn) {
		double total = 0;
		for (int n = 0; n < drawn; n++) {
			total += this.distances[n];
		}
		double rest = this.random.nextDouble() * total;
		for (int n = 0; n < drawn; n++) {
			rest -= this.distances[n];
			if (rest < 0) {
				return n;
			}
		}
		return this.random.nextInt(drawn);
	}

	/**
	 * Assigns each point to its nearest centroid, and returns the sum of squared
	 * distances.
	 */
	private double assign() {
		chunks(this.count, this::assign);
		double error = 0;
		for (float distance : this.distances) {
			error += distance;
		}
		return error;
	}

	private void assign(int from, int to) {
		if (isNarrow()) {
			int[] found = new int[to - from];
			float[] distances = new float[to - from];
			Kernels.OPS.nearestOfColumns(this.columns[from / CHUNK], to - from, this.centroids, this.squares, found,
					distances);
			for (int p = from; p < to; p++) {
				assign(p, found[p - from], distances[p - from]);
			}
			return;
		}
		for (int p = from; p < to; p++) {
			long nearest = Kernels.OPS.nearest(this.points, p * this.width, this.width, this.centroids, 0, this.squares,
					0, this.k);
			assign(p, (int) nearest, Float.intBitsToFloat((int) (nearest >>> Integer.SIZE)));
		}
	}

	private void assign(int point, int centroid, float distance) {
		this.assignment[point] = centroid;
		this.distances[point] = Math.max(0, this.lengths[point] + distance);
	}

	/** Moves each centroid to the mean of its points. */
	private void update() {
		int[] offsets = new int[this.k + 1];
		for (int c : this.assignment) {
			offsets[c + 1]++;
		}
		for (int c = 0; c < this.k; c++) {
			offsets[c + 1] += offsets[c];
		}
		int[] members = new int[this.count];
		int[] next = offsets.clone();
		for (int p = 0; p < this.count; p++) {
			members[next[this.assignment[p]]++] = p;
		}
		int batch = Math.max(1, this.k / 64);
		this.workers.run(Groups.parts(this.k, batch), (task) -> {
			for (int c = task * batch; c < Math.min((task + 1) * batch, this.k); c++) {
				moveToMean(c, members, offsets[c], offsets[c + 1]);
			}
		});
		reseedEmpty(offsets);
	}

	private void moveToMean(int c, int[] members, int from, int to) {
		if (from == to) {
			return;
		}
		double[] sums = new double[this.width];
		for (int m = from; m < to; m++) {
			int at = members[m] * this.width;
			for (int i = 0; i < this.width; i++) {
				sums[i] += this.points[at + i];
			}
		}
		float square = 0;
		for (int i = 0; i < this.width; i++) {
			float mean = (float) (sums[i] / (to - from));
			this.centroids[i * this.k + c] = mean;
			square += mean * mean;
		}
		this.squares[c] = square;
	}

	/**
	 * Moves centroids without points to the points farthest from their centroids, each to
	 * a different one.
	 */
	private void reseedEmpty(int[] offsets) {
		for (int c = 0; c < this.k; c++) {
			if (offsets[c] == offsets[c + 1]) {
				int farthest = 0;
				for (int p = 1; p < this.count; p++) {
					if (this.distances[p] > this.distances[farthest]) {
						farthest = p;
					}
				}
				setCentroid(c, farthest);
				this.distances[farthest] = 0;
			}
		}
	}

	private void chunks(int count, Chunk chunk) {
		this.workers.run(Groups.parts(count, CHUNK), (i) -> chunk.run(i * CHUNK, Math.min((i + 1) * CHUNK, count)));
	}

	@FunctionalInterface
	private interface Chunk {

		void run(int from, int to);

	}

}
