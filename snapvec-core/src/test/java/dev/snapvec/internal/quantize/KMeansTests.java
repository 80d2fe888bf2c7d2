package dev.snapvec.internal.quantize;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.snapvec.internal.task.Workers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Centroids for points whose best ones are known, or nearly.
 */
class KMeansTests {

	private static final Workers ALONE = new Workers(Runnable::run);

	/** Points around as many centres, tightly. */
	private static float[] clusters(int count, int width, int centres, long seed) {
		Random random = new Random(seed);
		float[] points = new float[count * width];
		for (int p = 0; p < count; p++) {
			Random centre = new Random(p % centres);
			for (int i = 0; i < width; i++) {
				points[p * width + i] = 10 * centre.nextFloat() + (float) random.nextGaussian() / 100;
			}
		}
		return points;
	}

	private static double error(float[] points, int width, float[] centroids) {
		double error = 0;
		for (int p = 0; p < points.length; p += width) {
			double least = Double.POSITIVE_INFINITY;
			for (int c = 0; c < centroids.length; c += width) {
				double distance = 0;
				for (int i = 0; i < width; i++) {
					double difference = points[p + i] - centroids[c + i];
					distance += difference * difference;
				}
				least = Math.min(least, distance);
			}
			error += least;
		}
		return error;
	}

	private static float[] random(int count, int width, long seed) {
		Random random = new Random(seed);
		float[] points = new float[count * width];
		for (int i = 0; i < points.length; i++) {
			points[i] = (float) random.nextGaussian();
		}
		return points;
	}

	@Test
	void theNumberOfThreadsDoesNotMatter() {
		float[] points = random(3000, 6, 1);
		float[] alone = new KMeans(points, 6, 70, 5, ALONE).run();
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			assertThat(new KMeans(points, 6, 70, 5, new Workers(executor)).run()).isEqualTo(alone);
		}
		finally {
			executor.shutdown();
		}
		assertThat(new KMeans(points, 6, 70, 6, ALONE).run()).isNotEqualTo(alone);
	}

	@Test
	void findsClustersThatAreThere() {
		float[] points = clusters(600, 4, 8, 2);
		float[] centroids = new KMeans(points, 4, 8, 3, ALONE).run();
		assertThat(error(points, 4, centroids) / 600).isLessThan(4 * 1.1e-4);
	}

	@Test
	void beatsPointsDrawnAtRandom() {
		float[] points = random(1000, 3, 4);
		double error = error(points, 3, new KMeans(points, 3, 20, 0, ALONE).run());
		assertThat(error).isLessThan(0.9 * error(points, 3, Arrays.copyOf(points, 60)));
	}

	@Test
	void moreCentroidsLeaveLess() {
		float[] points = random(500, 3, 4);
		double last = Double.POSITIVE_INFINITY;
		for (int k : new int[] { 1, 4, 16, 64, 256 }) {
			double error = error(points, 3, new KMeans(points, 3, k, 0, ALONE).run());
			assertThat(error).isLessThan(last);
			last = error;
		}
	}

	@Test
	void oneCentroidIsTheMean() {
		float[] mean = new KMeans(new float[] { 0, 0, 4, 8, 2, 1 }, 2, 1, 0, ALONE).run();
		assertThat(mean).containsExactly(2, 3);
	}

	@Test
	void asManyCentroidsAsPointsAreThePoints() {
		float[] points = random(40, 2, 9);
		assertThat(error(points, 2, new KMeans(points, 2, 40, 0, ALONE).run())).isZero();
	}

	@Test
	void fewerDistinctPointsThanCentroidsAreAllFound() {
		float[] points = new float[300];
		for (int p = 0; p < 300; p++) {
			points[p] = p % 5;
		}
		float[] centroids = new KMeans(points, 1, 20, 0, ALONE).run();
		Set<Float> found = new HashSet<>();
		for (float centroid : centroids) {
			found.add(centroid);
		}
		assertThat(found).containsExactlyInAnyOrder(0f, 1f, 2f, 3f, 4f);
		assertThat(new KMeans(new float[50], 1, 7, 0, ALONE).run()).containsOnly(0);
	}

}
