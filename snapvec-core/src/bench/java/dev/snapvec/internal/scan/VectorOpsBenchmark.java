package dev.snapvec.internal.scan;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/**
 * Products of vectors with centroids, and the nearest of these.
 */
public class VectorOpsBenchmark extends KernelBenchmark {

	private static final int LISTS = 512;

	/** Centroids of lists that lie together. */
	private static final int PANEL = 64;

	private static final int SUBSPACES = 192;

	private static final int WIDTH = DIMENSION / SUBSPACES;

	private static final int CENTROIDS = 256;

	private static final int POINTS = 4096;

	private VectorOps ops;

	private final float[] vector = randoms(DIMENSION);

	private final float[] coarse = randoms(DIMENSION * LISTS);

	private final float[] listScores = new float[LISTS];

	private final float[] listSquares = randoms(LISTS);

	private final float[] codebook = randoms(WIDTH * CENTROIDS);

	private final float[] squares = randoms(CENTROIDS);

	private final float[] points = randoms(WIDTH * POINTS);

	private final int[] found = new int[POINTS];

	private final float[] distances = new float[POINTS];

	@Setup
	public void choose() {
		this.ops = kernel().ops();
	}

	/** How near a query is to all lists: time of a query. */
	@Benchmark
	public float[] coarseProduct() {
		for (int from = 0; from < LISTS; from += PANEL) {
			this.ops.addProduct(1, this.vector, 0, DIMENSION, this.coarse, from * DIMENSION, this.listScores, from,
					PANEL);
		}
		return this.listScores;
	}

	/** The list a row belongs to: time of a row. */
	@Benchmark
	public long coarseNearest() {
		long sum = 0;
		for (int from = 0; from < LISTS; from += PANEL) {
			sum += this.ops.nearest(this.vector, 0, DIMENSION, this.coarse, from * DIMENSION, this.listSquares, from,
					PANEL);
		}
		return sum;
	}

	/** The product code of a row: time of a row. */
	@Benchmark
	public long encode() {
		long sum = 0;
		for (int m = 0; m < SUBSPACES; m++) {
			sum += this.ops.nearest(this.vector, m * WIDTH, WIDTH, this.codebook, 0, this.squares, 0, CENTROIDS);
		}
		return sum;
	}

	/** A pass of learning a codebook: time of a part of a vector. */
	@Benchmark
	@OperationsPerInvocation(POINTS)
	public int[] assign() {
		this.ops.nearestOfColumns(this.points, POINTS, this.codebook, this.squares, this.found, this.distances);
		return this.found;
	}

}
