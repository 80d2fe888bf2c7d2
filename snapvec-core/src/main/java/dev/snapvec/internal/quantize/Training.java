package dev.snapvec.internal.quantize;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.task.Workers;

/**
 * Learns product quantizers from a sample of vectors. The same sample and seed give the
 * same result whatever the number of threads.
 */
public final class Training {

	/** Below this many rows a list, coarse centroids are likely to be poor. */
	private static final int ROWS_PER_LIST = 30;

	/** Numbers in a sample to learn from, unless it would be too few vectors. */
	private static final long SAMPLE_NUMBERS = 1L << 27;

	/** So many a centroid are enough. */
	private static final long ROWS_PER_CENTROID = 64;

	/** The longest array there can be. */
	private static final int LONGEST = Integer.MAX_VALUE - 8;

	private final long seed;

	private final Workers workers;

	private final TrainingProgress progress;

	public Training(long seed, Workers workers, TrainingProgress progress) {
		this.seed = seed;
		this.workers = workers;
		this.progress = progress;
	}

	/**
	 * @param rows rows of the sample
	 * @param nlist how many lists it shall be spread over
	 * @return whether the rows are fewer than is good for as many lists
	 */
	public static boolean isScarce(int rows, int nlist) {
		return rows < leastRows(nlist);
	}

	/**
	 * @param nlist how many lists
	 * @return how many rows a sample should have
	 */
	public static long leastRows(int nlist) {
		return (long) ROWS_PER_LIST * nlist;
	}

	/**
	 * Makes a sample smaller that is larger than learning gains from, and needs memory
	 * for: its vectors are copied some times.
	 * @param sample vectors
	 * @param length their length once they are transformed
	 * @param centroids how many centroids are learned at a time, at most as many as
	 * vectors
	 * @return the sample, or vectors spread evenly over it
	 */
	public static float[][] reduced(float[][] sample, int length, int centroids) {
		long rows = Math.max(SAMPLE_NUMBERS / length, ROWS_PER_CENTROID * centroids);
		int count = (int) Math.min(Math.min(rows, LONGEST / length), sample.length);
		if (count == sample.length) {
			return sample;
		}
		float[][] reduced = new float[count][];
		for (int i = 0; i < count; i++) {
			reduced[i] = sample[(int) ((long) i * sample.length / count)];
		}
		return reduced;
	}

	/**
	 * @param centroids how many
	 * @param length their length
	 * @return whether an array can hold them
	 */
	public static boolean fitArray(int centroids, int length) {
		return (long) centroids * length <= LONGEST;
	}

	/**
	 * @param length length of the vectors
	 * @return bytes of heap that it takes to learn a rotation: three matrices of doubles
	 * and one of floats
	 */
	public static long rotationBytes(int length) {
		return (long) length * length * (3 * Double.BYTES + Float.BYTES);
	}

	/**
	 * Learns codebooks.
	 * @param sample transformed vectors
	 * @param subspaces M, which divides their length
	 * @param centroids K, at most as many as vectors
	 * @return the codebooks
	 */
	public Codebooks codebooks(float[][] sample, int subspaces, int centroids) {
		int width = sample[0].length / subspaces;
		float[] values = new float[subspaces * centroids * width];
		Progress done = new Progress(this.progress, "codebooks", subspaces);
		Workers alone = new Workers(Runnable::run);
		this.workers.run(subspaces, (m) -> {
			float[] points = new float[Math.multiplyExact(sample.length, width)];
			for (int p = 0; p < sample.length; p++) {
				System.arraycopy(sample[p], m * width, points, p * width, width);
			}
			float[] found = new KMeans(points, width, centroids, this.seed + 1 + m, alone).run();
			float[] learned = new CentroidOrder(found, centroids, width).byCells();
			System.arraycopy(learned, 0, values, m * learned.length, learned.length);
			done.add(1);
		});
		return new Codebooks(subspaces, centroids, width, values);
	}

	/**
	 * Learns the centroids of lists.
	 * @param sample transformed vectors
	 * @param nlist how many lists, at most as many as vectors
	 * @return the centroids
	 */
	public CoarseCentroids coarse(float[][] sample, int nlist) {
		int width = sample[0].length;
		float[] points = new float[Math.multiplyExact(sample.length, width)];
		for (int p = 0; p < sample.length; p++) {
			System.arraycopy(sample[p], 0, points, p * width, width);
		}
		this.progress.step("lists", 0, nlist);
		float[] found = new KMeans(points, width, nlist, this.seed, this.workers).run();
		CoarseCentroids coarse = new CoarseCentroids(nlist, width,
				new CentroidOrder(found, nlist, width).byNeighbours());
		this.progress.step("lists", nlist, nlist);
		return coarse;
	}

	/**
	 * @param sample transformed vectors
	 * @param coarse the centroids of lists
	 * @return what each vector leaves of its nearest centroid
	 */
	public float[][] residuals(float[][] sample, CoarseCentroids coarse) {
		float[][] residuals = new float[sample.length][];
		int batch = 256;
		this.workers.run(Groups.parts(sample.length, batch), (b) -> {
			for (int p = b * batch; p < Math.min((b + 1) * batch, sample.length); p++) {
				residuals[p] = new float[sample[p].length];
				coarse.subtract(sample[p], coarse.nearest(sample[p]), residuals[p]);
			}
		});
		return residuals;
	}

	/**
	 * Learns the rotation that makes coordinates uncorrelated and spreads their variance
	 * evenly over subspaces.
	 * <p>
	 * T. Ge, K. He, Q. Ke and J. Sun, <i>Optimized Product Quantization</i> (2014), the
	 * parametric solution, with eigenvectors dealt out in turn.
	 * @param sample vectors of length 1
	 * @param subspaces M, which divides their length
	 * @return the rotation
	 */
	public Transform rotation(float[][] sample, int subspaces) {
		int n = sample[0].length;
		this.progress.step("rotation", 0, 1);
		SymmetricEigen eigen = SymmetricEigen.of(covariance(sample));
		float[] rotation = new float[Math.multiplyExact(n, n)];
		int width = n / subspaces;
		for (int i = 0; i < n; i++) {
			int column = (i % subspaces) * width + i / subspaces;
			for (int row = 0; row < n; row++) {
				rotation[row * n + column] = (float) eigen.vector(i)[row];
			}
		}
		this.progress.step("rotation", 1, 1);
		return Transform.rotation(n, rotation);
	}

	private double[][] covariance(float[][] sample) {
		int n = sample[0].length;
		double[] mean = new double[n];
		for (float[] vector : sample) {
			for (int i = 0; i < n; i++) {
				mean[i] += vector[i] / sample.length;
			}
		}
		double[][] covariance = new double[n][n];
		this.workers.run(n, (i) -> {
			double[] row = covariance[i];
			for (float[] vector : sample) {
				double x = vector[i] - mean[i];
				for (int j = 0; j < n; j++) {
					row[j] += x * vector[j];
				}
			}
			for (int j = 0; j < n; j++) {
				row[j] /= sample.length;
			}
		});
		return covariance;
	}

	/** The transformed sample. */
	public float[][] transformed(Transform transform, float[][] sample) {
		return transform.applyAll(sample, this.workers);
	}

}
