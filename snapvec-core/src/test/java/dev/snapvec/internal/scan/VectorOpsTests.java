package dev.snapvec.internal.scan;

import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

import dev.snapvec.internal.code.Float16;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Products beside loops that take one number after the other. Those in the Vector API
 * take part where the JVM runs with its module.
 */
class VectorOpsTests {

	static Stream<VectorOps> ops() {
		return KernelTests.kernels().stream().map(Kernel::ops);
	}

	@ParameterizedTest
	@MethodSource("ops")
	void multipliesArraysOfAnyLength(VectorOps ops) {
		Random random = new Random(1);
		for (int n = 0; n < 70; n++) {
			float[] vector = randoms(n, random);
			short[] float16 = new short[n + 2];
			double dot = 0;
			for (int i = 0; i < n; i++) {
				float16[2 + i] = Float16.of(random.nextFloat() - .5f);
				dot += vector[i] * Float16.toFloat(float16[2 + i]);
			}
			assertThat(ops.dot(vector, float16, 2)).isCloseTo((float) dot, within(1e-5f));
		}
	}

	@ParameterizedTest
	@MethodSource("ops")
	void addsProductsWithMatricesOfAnyShape(VectorOps ops) {
		Random random = new Random(1);
		for (int count : new int[] { 1, 15, 16, 17, 63, 64, 65, 100, 256 }) {
			for (int width : new int[] { 1, 2, 3, 8, 33 }) {
				float[] vector = randoms(2 + width, random);
				float[] matrix = randoms(3 + width * count, random);
				float[] sums = randoms(5 + count, random);
				float[] expected = sums.clone();
				for (int c = 0; c < count; c++) {
					for (int i = 0; i < width; i++) {
						expected[5 + c] += -2 * vector[2 + i] * matrix[3 + i * count + c];
					}
				}
				ops.addProduct(-2, vector, 2, width, matrix, 3, sums, 5, count);
				for (int i = 0; i < sums.length; i++) {
					assertThat(sums[i]).as("%d x %d, sum %d", width, count, i).isCloseTo(expected[i], within(1e-4f));
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("ops")
	void findsTheFirstOfTheNearest(VectorOps ops) {
		Random random = new Random(1);
		for (int count = 1; count < 140; count++) {
			int width = 1 + count % 3;
			float[] vector = new float[width + 1];
			float[] matrix = new float[2 + width * count];
			float[] squares = new float[3 + count];
			// whole numbers: ties, and no rounding
			for (int i = 0; i < vector.length; i++) {
				vector[i] = random.nextInt(5) - 2;
			}
			for (int i = 0; i < width * count; i++) {
				matrix[2 + i] = random.nextInt(5) - 2;
			}
			int expected = -1;
			float least = Float.POSITIVE_INFINITY;
			for (int c = 0; c < count; c++) {
				float distance = 0;
				for (int i = 0; i < width; i++) {
					float x = matrix[2 + i * count + c];
					squares[3 + c] += x * x;
					distance += x * x - 2 * x * vector[1 + i];
				}
				if (distance < least) {
					least = distance;
					expected = c;
				}
			}
			long nearest = ops.nearest(vector, 1, width, matrix, 2, squares, 3, count);
			assertThat((int) nearest).as("nearest of %d", count).isEqualTo(expected);
			assertThat(Float.intBitsToFloat((int) (nearest >>> 32))).isEqualTo(least);
		}
	}

	@ParameterizedTest
	@MethodSource("ops")
	void findsTheFirstOfTheNearestForManyAtOnce(VectorOps ops) {
		Random random = new Random(1);
		for (int count = 1; count < 100; count++) {
			int rows = 1 + count % 4;
			int k = 1 + random.nextInt(20);
			float[] points = whole(rows * count, random);
			float[] centroids = whole(rows * k, random);
			float[] squares = new float[k];
			for (int i = 0; i < centroids.length; i++) {
				squares[i % k] += centroids[i] * centroids[i];
			}
			int[] found = new int[count];
			float[] distances = new float[count];
			ops.nearestOfColumns(points, count, centroids, squares, found, distances);
			for (int p = 0; p < count; p++) {
				float[] point = new float[rows];
				for (int i = 0; i < rows; i++) {
					point[i] = points[i * count + p];
				}
				long nearest = ops.nearest(point, 0, rows, centroids, 0, squares, 0, k);
				assertThat(found[p]).as("point %d of %d", p, count).isEqualTo((int) nearest);
				assertThat(distances[p]).isEqualTo(Float.intBitsToFloat((int) (nearest >>> 32)));
			}
		}
	}

	private static float[] whole(int count, Random random) {
		float[] values = new float[count];
		for (int i = 0; i < count; i++) {
			values[i] = random.nextInt(5) - 2;
		}
		return values;
	}

	private static float[] randoms(int count, Random random) {
		float[] values = new float[count];
		for (int i = 0; i < count; i++) {
			values[i] = random.nextFloat() - .5f;
		}
		return values;
	}

	@ParameterizedTest
	@MethodSource("ops")
	void multipliesTheSameWayHoweverOften(VectorOps ops) {
		Random random = new Random(1);
		float[] vector = new float[384];
		short[] float16 = new short[384];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = random.nextFloat() - .5f;
			float16[i] = Float16.of(random.nextFloat() - .5f);
		}
		float first = ops.dot(vector, float16, 0);
		for (int round = 0; round < 50_000; round++) {
			assertThat(ops.dot(vector, float16, 0)).as("round %d, after compilation perhaps", round).isEqualTo(first);
		}
	}

	/** The first ops there are are those in plain Java. */
	@ParameterizedTest
	@MethodSource("ops")
	void allGiveTheSameBits(VectorOps ops) {
		VectorOps plain = new ScalarOps();
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int round = 0; round < 300; round++) {
			int count = 1 + random.nextInt(150);
			int width = 1 + random.nextInt(70);
			float[] vector = randoms(width, random);
			float[] matrix = randoms(width * count, random);
			float[] squares = randoms(count, random);
			String what = String.format(Locale.ROOT, "%d x %d, seed %d", width, count, seed);
			float[] sums = squares.clone();
			float[] expected = squares.clone();
			ops.addProduct(.7f, vector, 0, width, matrix, 0, sums, 0, count);
			plain.addProduct(.7f, vector, 0, width, matrix, 0, expected, 0, count);
			assertThat(sums).as(what).isEqualTo(expected);
			assertThat(ops.nearest(vector, 0, width, matrix, 0, squares, 0, count)).as(what)
				.isEqualTo(plain.nearest(vector, 0, width, matrix, 0, squares, 0, count));
			short[] float16 = new short[width];
			for (int i = 0; i < width; i++) {
				float16[i] = Float16.of(random.nextFloat() - .5f);
			}
			assertThat(ops.dot(vector, float16, 0)).as(what).isEqualTo(plain.dot(vector, float16, 0));
			int k = 1 + random.nextInt(40);
			float[] centroids = randoms(width * k, random);
			int[] found = new int[count];
			int[] expectedFound = new int[count];
			float[] distances = new float[count];
			float[] expectedDistances = new float[count];
			float[] lengths = randoms(k, random);
			ops.nearestOfColumns(matrix, count, centroids, lengths, found, distances);
			plain.nearestOfColumns(matrix, count, centroids, lengths, expectedFound, expectedDistances);
			assertThat(found).as(what).isEqualTo(expectedFound);
			assertThat(distances).as(what).isEqualTo(expectedDistances);
		}
	}

}
