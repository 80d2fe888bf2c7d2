package dev.snapvec.internal.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.JoinedGroups;
import dev.snapvec.internal.code.Slice;
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

	private static final long[] ALL_ROWS = new long[GROUPS];

	static {
		Arrays.fill(ALL_ROWS, -1);
	}

	record Setup(Kernel kernel, int codes, int bits) {

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%s, %d codes of %d bits", this.kernel.name(), this.codes, this.bits);
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
			}
		}
		return setups;
	}

	@ParameterizedTest
	@MethodSource("setups")
	void estimatesAreAsNearToTheSumsAsPromised(Setup setup) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		CodeSlices slices = CodeSlices.of(setup.codes(), setup.bits());
		float[] values = new float[setup.codes() << setup.bits()];
		for (int i = 0; i < values.length; i++) {
			values[i] = (float) random.nextGaussian() / setup.codes();
		}
		SliceTables tables = new SliceTables();
		SliceTables.fill(values, slices.joined(), tables.reset(slices));
		byte[] groups = new byte[GROUPS * Groups.GROUP * slices.columns()];
		float[] expected = new float[GROUPS * Groups.GROUP];
		byte[] codes = new byte[setup.codes()];
		byte[] packed = new byte[slices.columns()];
		for (int row = 0; row < expected.length; row++) {
			for (int j = 0; j < codes.length; j++) {
				codes[j] = (byte) random.nextInt(1 << setup.bits());
				expected[row] += values[(j << setup.bits()) + (codes[j] & 0xff)];
			}
			slices.pack(codes, 0, packed, 0);
			putRow(groups, row, packed);
		}
		float slack = setup.kernel().prepare(tables);
		int first = 2;
		float[] scores = new float[GROUPS * Groups.GROUP];
		int[] numbers = IntStream.range(first, GROUPS).toArray();
		long[] counting = random.longs(numbers.length)
			.map((rows) -> rows & random.nextLong() & 0x00ffff00ffffffffL)
			.toArray();
		setup.kernel().score(tables, groups, numbers, counting, numbers.length, scores);
		for (int i = 0; i < (GROUPS - first) * Groups.GROUP; i++) {
			if ((counting[i / Groups.GROUP] >>> i & 1) == 0) {
				continue;
			}
			int row = first * Groups.GROUP + i;
			assertThat(tables.sum(groups, row)).as("exact sum of row %d, seed %d", row, seed)
				.isCloseTo(expected[row], within(1e-5f));
			assertThat(scores[i]).as("estimate of row %d, seed %d", row, seed)
				.isCloseTo(expected[row], within(slack + 1e-5f));
		}
		float[] sums = new float[Groups.GROUP];
		for (int count = 1; count <= Groups.GROUP; count++) {
			setup.kernel().sum(tables, groups, count, sums);
			for (int row = 0; row < count; row++) {
				assertThat(sums[row]).as("sum of row %d of %d, seed %d", row, count, seed)
					.isEqualTo(tables.sum(groups, row));
			}
		}
	}

	private static void putRow(byte[] groups, int row, byte[] packed) {
		for (int c = 0; c < packed.length; c++) {
			groups[(row / Groups.GROUP * packed.length + c) * Groups.GROUP + row % Groups.GROUP] = packed[c];
		}
	}

	@ParameterizedTest
	@MethodSource("kernels")
	void slicesOfCodesAreReadAloneAndTogether(Kernel kernel) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int count : new int[] { 1, 2, 7, 48, 192 }) {
			CodeSlices slices = CodeSlices.cut(count, 4, 4);
			SliceTables all = tables(slices, random);
			SliceTables high = tables(slices.only(0), random);
			int columns = slices.columns() / 2;
			byte[][] groups = new byte[2][GROUPS * Groups.GROUP * columns];
			float[] expectedOfAll = new float[GROUPS * Groups.GROUP];
			float[] expectedOfHigh = new float[GROUPS * Groups.GROUP];
			byte[] codes = new byte[count];
			byte[] packed = new byte[slices.columns()];
			for (int row = 0; row < expectedOfAll.length; row++) {
				random.nextBytes(codes);
				slices.pack(codes, 0, packed, 0);
				putRow(groups[0], row, Arrays.copyOf(packed, columns));
				putRow(groups[1], row, Arrays.copyOfRange(packed, columns, 2 * columns));
				for (int j = 0; j < count; j++) {
					int code = codes[j] & 0xff;
					expectedOfAll[row] += all.shares()[j * 256 + code];
					expectedOfHigh[row] += high.shares()[j * 16 + code / 16];
				}
			}
			int[] numbers = { 1, 4, 5 };
			float[] scores = new float[numbers.length * Groups.GROUP];
			float slack = kernel.prepare(high);
			kernel.score(high, groups[0], numbers, ALL_ROWS, numbers.length, scores);
			for (int i = 0; i < scores.length; i++) {
				int row = numbers[i / Groups.GROUP] * Groups.GROUP + i % Groups.GROUP;
				assertThat(scores[i]).as("high slice of row %d, %d codes, seed %d", row, count, seed)
					.isCloseTo(expectedOfHigh[row], within(slack + 1e-5f));
			}
			slack = kernel.prepare(all);
			byte[] united = new JoinedGroups().of(slices, groups, 0, numbers, numbers.length);
			kernel.score(all, united, new int[] { 0, 1, 2 }, ALL_ROWS, numbers.length, scores);
			for (int i = 0; i < scores.length; i++) {
				int row = numbers[i / Groups.GROUP] * Groups.GROUP + i % Groups.GROUP;
				assertThat(scores[i]).as("row %d, %d codes, seed %d", row, count, seed)
					.isCloseTo(expectedOfAll[row], within(slack + 1e-5f));
				assertThat(all.sum(united, i)).as("exact sum of row %d, %d codes, seed %d", row, count, seed)
					.isCloseTo(expectedOfAll[row], within(1e-5f));
			}
		}
	}

	private static SliceTables tables(CodeSlices slices, Random random) {
		SliceTables tables = new SliceTables();
		float[] shares = tables.reset(slices);
		Slice slice = tables.slice();
		// units beyond the codes, if their number is odd, have none
		for (int i = 0; i < slice.codes() * slice.unitSize(); i++) {
			shares[i] = (float) random.nextGaussian() / slice.units();
		}
		return tables;
	}

	@ParameterizedTest
	@MethodSource("kernels")
	void selectsWhatMayReachTheThreshold(Kernel kernel) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		float[] scores = new float[2 * Groups.GROUP];
		float[] factors = new float[3 * Groups.GROUP];
		for (int i = 0; i < scores.length; i++) {
			scores[i] = random.nextFloat();
		}
		for (int i = 0; i < factors.length; i++) {
			factors[i] = random.nextFloat() + .5f;
		}
		long selected = kernel.select(scores, Groups.GROUP, .1f, factors, 2 * Groups.GROUP, .8f);
		for (int i = 0; i < Groups.GROUP; i++) {
			float bound = (scores[Groups.GROUP + i] + .1f) * factors[2 * Groups.GROUP + i];
			assertThat((selected & (1L << i)) != 0).as("row %d, seed %d", i, seed).isEqualTo(bound >= .8f);
		}
		long unscaled = kernel.select(scores, 0, 0, new float[0], 0, .5f);
		assertThat(Long.bitCount(unscaled)).isEqualTo((int) countAtLeast(scores, .5f));
	}

	private static long countAtLeast(float[] scores, float threshold) {
		long count = 0;
		for (int i = 0; i < Groups.GROUP; i++) {
			count += (scores[i] >= threshold) ? 1 : 0;
		}
		return count;
	}

	@ParameterizedTest
	@MethodSource("kernels")
	void whatIsSelectedIsWhatSortingGives(Kernel kernel) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int count = 1; count < 200; count++) {
			float[] values = new float[count + 1];
			for (int i = 0; i < count; i++) {
				values[i] = random.nextBoolean() ? random.nextInt(count) - count / 2 : (float) random.nextGaussian();
			}
			values[count] = 1e9f; // beyond the count
			float[] sorted = Arrays.copyOf(values, count);
			Arrays.sort(sorted);
			int place = 1 + random.nextInt(count);
			assertThat(kernel.largest(values, count, place)).as("place %d of %d, seed %d", place, count, seed)
				.isEqualTo(sorted[count - place]);
		}
	}

}
