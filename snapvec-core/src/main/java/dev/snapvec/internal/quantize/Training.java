package dev.snapvec.internal.quantize;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.task.Workers;

/**
 * Trains the parts of product quantizers on a sample of vectors. The same sample and seed
 * give the same result, whatever the number of threads.
 */
public final class Training {

	/** With fewer rows per list, coarse centroids are likely to be poor. */
	private static final int ROWS_PER_LIST = 30;

	/** Maximum of numbers in a sample, unless that would be too few vectors. */
	private static final long SAMPLE_NUMBERS = 1L << 27;

	/** Number of sample rows per centroid that suffices. */
	private static final long ROWS_PER_CENTROID = 64;

	/** Maximum length of an array. */
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
	 * @param rows number of rows in the sample
	 * @param nlist number of lists
	 * @return whether the sample is smaller than recommended for that number of lists
	 */
	public static boolean isScarce(int rows, int nlist) {
		return rows < leastRows(nlist);
	}

	/**
	 * @param nlist number of lists
	 * @return recommended number of rows in a sample
	 */
	public static long leastRows(int nlist) {
		return (long) ROWS_PER_LIST * nlist;
	}

	/**
	 * Reduces a sample that is larger than useful, because training copies its vectors
	 * several times.
	 * @param sample vectors
	 * @param length their dimension after the transform
	 * @param centroids number of centroids trained together, at most the number of
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
	 * @param centroids number of centroids
	 * @param length coordinates per centroid
	 * @return whether an array can hold them
	 */
	public static boolean fitArray(int centroids, int length) {
		return (long) centroids * length <= LONGEST;
	}

	/**
	 * @param length dimension of the vectors
	 * @return bytes of heap that training a rotation takes: three matrices of doubles and
	 * one of floats
	 */
	public static long rotationBytes(int length) {
		return (long) length * length * (3 * Double.BYTES + Float.BYTES);
	}

	/**
	 * Trains codebooks.
	 * @param sample transformed vectors
	 * @param subspaces M, which divides their dimension
	 * @param centroids K, at most the number of vectors
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
	 * Trains the coarse centroids of inverted lists.
	 * @param sample transformed vectors
	 * @param nlist number of lists, at most the number of vectors
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
	 * @param coarse the coarse centroids
	 * @return the residual of each vector: its difference from its nearest centroid
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
	 * Trains the rotation (OPQ) that makes coordinates uncorrelated and spreads their
	 * variance evenly over subspaces.
	 * <p>
	 * T. Ge, K. He, Q. Ke and J. Sun, <i>Optimized Product Quantization</i> (2014), the
	 * parametric solution, with eigenvectors allocated to subspaces in turn.
	 * @param sample unit vectors
	 * @param subspaces M, which divides their dimension
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

	/**
	 * {@return the transformed sample}
	 */
	public float[][] transformed(Transform transform, float[][] sample) {
		return transform.applyAll(sample, this.workers);
	}

}
