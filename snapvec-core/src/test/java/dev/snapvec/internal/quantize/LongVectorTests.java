package dev.snapvec.internal.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import dev.snapvec.TestSpecs;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.rows.View;
import dev.snapvec.internal.scan.Searchers;
import dev.snapvec.internal.type.ivfpq.IvfPqQuantizer;
import dev.snapvec.internal.type.pq.PqQuantizer;
import dev.snapvec.internal.type.residual.ResidualQuantizer;
import dev.snapvec.internal.type.snap.SnapQuantizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Searches of long vectors and of codes of many subspaces, by every kernel, beside exact
 * scores of all rows. Sums of so many shares exceed 16 bits.
 */
class LongVectorTests {

	private static final int ROWS = Groups.GROUP + 9;

	private static final int LISTS = 2;

	record Setup(String name, int dimension, int rerank, Supplier<Quantizer> quantizer) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** Where sums of 16 bits begin to overflow, and the longest vectors. */
	static List<Setup> longest() {
		return List.of(snap(20_000, 4), snap(65_536, 4), snap(32_769, 2), snap(32_769, 3), residual(32_769, 2, 4, ROWS),
				pq(32_767, 16), pq(32_769, 17), ivfPq(16_385, 17, true));
	}

	static List<Setup> all() {
		List<Setup> setups = new ArrayList<>();
		for (int dimension : new int[] { 2047, 2049, 4095, 4097, 8191, 8193, 16_383, 16_385, 20_000, 32_767, 32_768,
				32_769, 65_535, 65_536 }) {
			for (int bits = 2; bits <= 4; bits++) {
				setups.add(snap(dimension, bits));
				setups.add(residual(dimension, bits, 4 - bits / 2, 0));
				setups.add(residual(dimension, bits, 2 + bits / 2, ROWS));
			}
			for (int centroids : new int[] { 16, 17 }) {
				setups.add(pq(dimension, centroids));
				setups.add(ivfPq(dimension, centroids, false));
				setups.add(ivfPq(dimension, centroids, true));
			}
		}
		for (int dimension : new int[] { 1025, 2049 }) {
			setups.add(new Setup(String.format(Locale.ROOT, "snap, dimension %d, useProd", dimension), dimension, 0,
					() -> new SnapQuantizer(TestSpecs.snap(dimension, 4, true))));
		}
		for (int subspaces : new int[] { 129, 4097, 16_385, 32_769 }) {
			setups.add(pq(subspaces, 256));
			setups.add(ivfPq(subspaces, 256, true));
		}
		return setups;
	}

	private static Setup snap(int dimension, int bits) {
		return new Setup(String.format(Locale.ROOT, "snap, dimension %d, %d bits", dimension, bits), dimension, 0,
				() -> new SnapQuantizer(TestSpecs.snap(dimension, bits, false)));
	}

	private static Setup residual(int dimension, int coarse, int fine, int rerank) {
		return new Setup(
				String.format(Locale.ROOT, "residual, dimension %d, %d and %d bits, rerank %d", dimension, coarse, fine,
						rerank),
				dimension, rerank, () -> new ResidualQuantizer(TestSpecs.residual(dimension, coarse, fine)));
	}

	private static Setup pq(int subspaces, int centroids) {
		return new Setup(String.format(Locale.ROOT, "pq, %d subspaces of %d centroids", subspaces, centroids),
				subspaces, 0, () -> new PqQuantizer(TestSpecs.pq(subspaces, subspaces, centroids),
						Transform.none(subspaces), codebooks(subspaces, centroids)));
	}

	private static Setup ivfPq(int subspaces, int centroids, boolean fullPrecision) {
		return new Setup(
				String.format(Locale.ROOT, "ivf-pq, %d subspaces of %d centroids, full precision: %s", subspaces,
						centroids, fullPrecision),
				subspaces, fullPrecision ? ROWS : 0,
				() -> new IvfPqQuantizer(TestSpecs.ivfPq(LISTS, subspaces, subspaces, centroids, fullPrecision),
						Transform.none(subspaces), new CoarseCentroids(LISTS, subspaces, new float[LISTS * subspaces]),
						codebooks(subspaces, centroids)));
	}

	/** Levels of one coordinate, in their order. */
	private static Codebooks codebooks(int subspaces, int centroids) {
		float[] values = new float[subspaces * centroids];
		float widest = 3 / (float) Math.sqrt(subspaces);
		for (int i = 0; i < values.length; i++) {
			values[i] = widest * (2f * (i % centroids) / (centroids - 1) - 1);
		}
		return new Codebooks(subspaces, centroids, 1, values);
	}

	@ParameterizedTest
	@MethodSource("longest")
	void everyKernelFindsWhatExactScoresOfAllRowsTell(Setup setup) {
		assertFinds(setup, new int[] { 0, ROWS - 1 }, new int[] { 1, ROWS });
	}

	@Tag("slow")
	@ParameterizedTest
	@MethodSource("all")
	void everyKernelDoesSoAtEveryDimension(Setup setup) {
		assertFinds(setup, new int[] { 0, 1, Groups.GROUP - 1, Groups.GROUP, ROWS - 2, ROWS - 1 },
				new int[] { 1, 3, ROWS });
	}

	private static void assertFinds(Setup setup, int[] queries, int[] ks) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		Quantizer quantizer = setup.quantizer().get();
		float[][] vectors = new float[ROWS][];
		for (int row = 0; row < ROWS; row++) {
			vectors[row] = unit(random, setup.dimension());
		}
		EncodedRows rows = new EncodedRows(quantizer.layout(), ROWS);
		quantizer.encode(vectors, rows);
		if (quantizer.layout().has(FloatColumn.NORM)) {
			Arrays.fill(rows.floats(FloatColumn.NORM), 1); // as who encodes does
		}
		RowStore store = new RowStore(quantizer.layout(), quantizer.lists());
		List<RowId> ids = IntStream.range(0, ROWS).mapToObj((row) -> RowId.of("row " + row)).toList();
		store.put(ids, List.of(rows));
		View view = store.view();
		RowMask odd = RowMask.of(view,
				IntStream.range(0, ROWS).filter((row) -> row % 2 == 1).mapToObj(ids::get).toList());
		for (int row : queries) {
			for (int k : ks) {
				// estimates decide which rows are scored again, unless all are
				if (setup.rerank() == 0 || k == ROWS) {
					assertFinds(setup, quantizer, vectors[row], view, null, k, row, seed);
				}
			}
		}
		assertFinds(setup, quantizer, vectors[ROWS - 2], view, odd, (setup.rerank() > 0) ? ROWS : 5, ROWS - 2, seed);
	}

	private static void assertFinds(Setup setup, Quantizer quantizer, float[] query, View view, @Nullable RowMask mask,
			int k, int row, long seed) {
		String what = String.format(Locale.ROOT, "row %d of %s, best %d, seed %d", row, setup, k, seed);
		List<Searchers.Found> exact = Searchers.exactly(view, mask, k,
				(plan) -> quantizer.prepare(query, LISTS, setup.rerank(), plan));
		assertThat(exact.get(0).row()).as(what).isEqualTo(row);
		Searchers.byEveryKernel(view, mask, k, (plan) -> quantizer.prepare(query, LISTS, setup.rerank(), plan))
			.forEach((kernel, found) -> assertThat(found).as(kernel + ", " + what).isEqualTo(exact));
	}

	private static float[] unit(Random random, int dimension) {
		float[] vector = new float[dimension];
		double squares = 0;
		for (int i = 0; i < dimension; i++) {
			vector[i] = (float) random.nextGaussian();
			squares += vector[i] * vector[i];
		}
		for (int i = 0; i < dimension; i++) {
			vector[i] /= (float) Math.sqrt(squares);
		}
		return vector;
	}

}
