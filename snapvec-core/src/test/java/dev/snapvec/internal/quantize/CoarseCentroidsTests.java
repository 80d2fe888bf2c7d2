package dev.snapvec.internal.quantize;

import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Centroids answer for each of them, however many there are.
 */
class CoarseCentroidsTests {

	private static final int WIDTH = 9;

	private final long seed = System.nanoTime();

	private final Random random = new Random(this.seed);

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 63, 64, 65, 200 })
	void productsAndRanksAreThoseOfEachCentroid(int count) {
		float[] values = numbers(count * WIDTH);
		CoarseCentroids centroids = new CoarseCentroids(count, WIDTH, values);
		float[] query = numbers(WIDTH);
		float[] products = new float[count];
		float[] ranks = new float[count];
		float[] distances = new float[count];
		centroids.rank(query, products, ranks);
		centroids.distances(query, distances);
		for (int c = 0; c < count; c++) {
			float product = 0;
			float square = 0;
			for (int i = 0; i < WIDTH; i++) {
				product += query[i] * values[c * WIDTH + i];
				square += values[c * WIDTH + i] * values[c * WIDTH + i];
			}
			assertThat(products[c]).as("centroid %d, seed %d", c, this.seed).isCloseTo(product, within(1e-4f));
			assertThat(ranks[c]).as("centroid %d, seed %d", c, this.seed)
				.isCloseTo(2 * product - square, within(1e-4f));
			assertThat(distances[c]).as("centroid %d, seed %d", c, this.seed)
				.isCloseTo(square - 2 * product, within(1e-4f));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 63, 64, 65, 200 })
	void theNearestIsFoundWhereverItIs(int count) {
		float[] values = numbers(count * WIDTH);
		CoarseCentroids centroids = new CoarseCentroids(count, WIDTH, values);
		for (int c = 0; c < count; c++) {
			assertThat(centroids.nearest(centroids.centroid(c))).as("seed %d", this.seed).isEqualTo(c);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 64, 130 })
	void theFirstOfEquallyNearCentroidsIsFound(int count) {
		float[] values = numbers(count * WIDTH);
		System.arraycopy(values, 0, values, (count - 1) * WIDTH, WIDTH);
		CoarseCentroids centroids = new CoarseCentroids(count, WIDTH, values);
		assertThat(centroids.nearest(centroids.centroid(count - 1))).as("seed %d", this.seed).isZero();
	}

	private float[] numbers(int count) {
		float[] numbers = new float[count];
		for (int i = 0; i < count; i++) {
			numbers[i] = (float) this.random.nextGaussian();
		}
		return numbers;
	}

}
