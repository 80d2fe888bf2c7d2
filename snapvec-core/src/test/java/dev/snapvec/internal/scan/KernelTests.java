package dev.snapvec.internal.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.snapvec.internal.rows.HalfFloats;
import dev.snapvec.internal.rows.Plane;
import dev.snapvec.internal.rows.RowBlock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Every kernel against sums taken one by one. The Vector API's takes part where the JVM
 * runs with its module.
 */
class KernelTests {

	private static final int GROUPS = 7;

	/** In place of bits: bytes of which the high bits count. */
	private static final int CELLS = 6;

	record Setup(Kernel kernel, int codes, int bits) {

		@Override
		public String toString() {
			return "%s, %d codes of %d bits".formatted(this.kernel.name(), this.codes, this.bits);
		}

	}

	static List<Kernel> kernels() {
		List<Kernel> kernels = new ArrayList<>(List.of(new ScalarKernel()));
		Kernels.vector().ifPresent(kernels::add);
		return kernels;
	}

	static List<Setup> setups() {
		List<Setup> setups = new ArrayList<>();
		for (Kernel kernel : kernels()) {
			for (int codes : new int[] { 1, 2, 7, 16, 48, 512 }) {
				for (int bits : new int[] { 1, 2, 3, 4, 8 }) {
					setups.add(new Setup(kernel, codes, bits));
				}
				setups.add(new Setup(kernel, codes, CELLS));
			}
		}
		return setups;
	}

	@ParameterizedTest
	@MethodSource("setups")
	void estimatesAreAsNearToTheSumsAsPromised(Setup setup) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		Plane plane = (setup.bits() == CELLS) ? new Plane(setup.codes(), Plane.Packing.CELLS)
				: Plane.of(setup.codes(), setup.bits());
		float[] values = new float[setup.codes() << setup.bits()];
		for (int i = 0; i < values.length; i++) {
			values[i] = (float) random.nextGaussian() / setup.codes();
		}
		PlaneTables tables = new PlaneTables();
		PlaneTables.fill(values, setup.codes(), setup.bits(), plane, tables.reset(plane));
		byte[] groups = new byte[GROUPS * RowBlock.GROUP * plane.columns()];
		float[] expected = new float[GROUPS * RowBlock.GROUP];
		byte[] codes = new byte[setup.codes()];
		byte[] packed = new byte[plane.columns()];
		for (int row = 0; row < expected.length; row++) {
			for (int j = 0; j < codes.length; j++) {
				codes[j] = (byte) random.nextInt(1 << setup.bits());
				expected[row] += values[(j << setup.bits()) + (codes[j] & 0xff)];
			}
			if (setup.bits() == CELLS) {
				for (int j = 0; j < codes.length; j++) {
					packed[j] = (byte) (codes[j] << 2 | random.nextInt(4));
				}
			}
			else {
				plane.pack(codes, 0, codes.length, setup.bits(), packed, 0);
			}
			for (int c = 0; c < packed.length; c++) {
				groups[(row / RowBlock.GROUP * packed.length + c) * RowBlock.GROUP + row % RowBlock.GROUP] = packed[c];
			}
		}
		float slack = setup.kernel().prepare(tables);
		int first = 2;
		float[] scores = new float[GROUPS * RowBlock.GROUP];
		int[] numbers = IntStream.range(first, GROUPS).toArray();
		setup.kernel().score(tables, groups, numbers, numbers.length, scores);
		for (int i = 0; i < (GROUPS - first) * RowBlock.GROUP; i++) {
			int row = first * RowBlock.GROUP + i;
			assertThat(tables.sum(groups, row)).as("exact sum of row %d, seed %d", row, seed)
				.isCloseTo(expected[row], within(1e-5f));
			assertThat(scores[i]).as("estimate of row %d, seed %d", row, seed)
				.isCloseTo(expected[row], within(slack + 1e-5f));
		}
	}

	@ParameterizedTest
	@MethodSource("kernels")
	void selectsWhatMayReachTheThreshold(Kernel kernel) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		float[] scores = new float[2 * RowBlock.GROUP];
		float[] factors = new float[3 * RowBlock.GROUP];
		for (int i = 0; i < scores.length; i++) {
			scores[i] = random.nextFloat();
		}
		for (int i = 0; i < factors.length; i++) {
			factors[i] = random.nextFloat() + .5f;
		}
		long selected = kernel.select(scores, RowBlock.GROUP, .1f, factors, 2 * RowBlock.GROUP, .8f);
		for (int i = 0; i < RowBlock.GROUP; i++) {
			float bound = (scores[RowBlock.GROUP + i] + .1f) * factors[2 * RowBlock.GROUP + i];
			assertThat((selected & (1L << i)) != 0).as("row %d, seed %d", i, seed).isEqualTo(bound >= .8f);
		}
		long unscaled = kernel.select(scores, 0, 0, new float[0], 0, .5f);
		assertThat(Long.bitCount(unscaled)).isEqualTo((int) countAtLeast(scores, .5f));
	}

	private static long countAtLeast(float[] scores, float threshold) {
		long count = 0;
		for (int i = 0; i < RowBlock.GROUP; i++) {
			count += (scores[i] >= threshold) ? 1 : 0;
		}
		return count;
	}

	@ParameterizedTest
	@MethodSource("kernels")
	void multipliesArraysOfAnyLength(Kernel kernel) {
		Random random = new Random(1);
		for (int n = 0; n < 70; n++) {
			float[] vector = randoms(n, random);
			short[] halfs = new short[n + 2];
			double dot = 0;
			for (int i = 0; i < n; i++) {
				halfs[2 + i] = HalfFloats.of(random.nextFloat() - .5f);
				dot += vector[i] * HalfFloats.toFloat(halfs[2 + i]);
			}
			assertThat(kernel.dot(vector, halfs, 2)).isCloseTo((float) dot, within(1e-5f));
		}
	}

	@ParameterizedTest
	@MethodSource("kernels")
	void addsProductsWithMatricesOfAnyShape(Kernel kernel) {
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
				kernel.addProduct(-2, vector, 2, width, matrix, 3, sums, 5, count);
				for (int i = 0; i < sums.length; i++) {
					assertThat(sums[i]).as("%d x %d, sum %d", width, count, i).isCloseTo(expected[i], within(1e-4f));
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("kernels")
	void findsTheFirstOfTheNearest(Kernel kernel) {
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
			long nearest = kernel.nearest(vector, 1, width, matrix, 2, squares, 3, count);
			assertThat((int) nearest).as("nearest of %d", count).isEqualTo(expected);
			assertThat(Float.intBitsToFloat((int) (nearest >>> 32))).isEqualTo(least);
		}
	}

	@ParameterizedTest
	@MethodSource("kernels")
	void findsTheFirstOfTheNearestForManyAtOnce(Kernel kernel) {
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
			kernel.nearestOfColumns(points, count, centroids, squares, found, distances);
			for (int p = 0; p < count; p++) {
				float[] point = new float[rows];
				for (int i = 0; i < rows; i++) {
					point[i] = points[i * count + p];
				}
				long nearest = kernel.nearest(point, 0, rows, centroids, 0, squares, 0, k);
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
	@MethodSource("kernels")
	void multipliesTheSameWayHoweverOften(Kernel kernel) {
		Random random = new Random(1);
		float[] vector = new float[384];
		short[] halfs = new short[384];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = random.nextFloat() - .5f;
			halfs[i] = HalfFloats.of(random.nextFloat() - .5f);
		}
		float first = kernel.dot(vector, halfs, 0);
		for (int round = 0; round < 50_000; round++) {
			assertThat(kernel.dot(vector, halfs, 0)).as("round %d, after compilation perhaps", round).isEqualTo(first);
		}
	}

}
