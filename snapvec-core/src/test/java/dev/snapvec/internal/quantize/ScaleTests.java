package dev.snapvec.internal.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.TestSpecs;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.type.ivfpq.IvfPqQuantizer;
import dev.snapvec.internal.type.pq.PqQuantizer;
import dev.snapvec.internal.type.residual.ResidualQuantizer;
import dev.snapvec.internal.type.snap.SnapQuantizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scales found again from codes, as loading does, against those of encoding.
 */
class ScaleTests {

	private static final int ROWS = Groups.GROUP + 5;

	private static final int LISTS = 3;

	record Setup(String name, int dimension, Function<Random, Quantizer> quantizer) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	static List<Setup> setups() {
		List<Setup> setups = new ArrayList<>();
		for (int dimension : new int[] { 1, 2, 3, 8, 100 }) {
			for (int bits = 2; bits <= 4; bits++) {
				addScalar(setups, dimension, bits);
			}
		}
		for (int width : new int[] { 1, 2, 3, 8 }) {
			for (int subspaces : new int[] { 1, 4, 7 }) {
				for (int centroids : new int[] { 5, 16, 100, 256 }) {
					addProduct(setups, width, subspaces, centroids);
				}
			}
		}
		return setups;
	}

	private static void addScalar(List<Setup> setups, int dimension, int bits) {
		setups.add(new Setup(String.format(Locale.ROOT, "snap, dimension %d, %d bits", dimension, bits), dimension,
				(random) -> new SnapQuantizer(TestSpecs.snap(dimension, bits, false))));
		for (int residualBits = 2; residualBits <= 4; residualBits++) {
			int fine = residualBits;
			setups.add(new Setup(
					String.format(Locale.ROOT, "residual, dimension %d, %d and %d bits", dimension, bits, fine),
					dimension, (random) -> new ResidualQuantizer(TestSpecs.residual(dimension, bits, fine))));
		}
	}

	private static void addProduct(List<Setup> setups, int width, int subspaces, int centroids) {
		int dimension = width * subspaces;
		String name = String.format(Locale.ROOT, "%d subspaces of %d coordinates and %d centroids", subspaces, width,
				centroids);
		setups.add(new Setup("pq, " + name, dimension,
				(random) -> new PqQuantizer(TestSpecs.pq(dimension, subspaces, centroids), Transform.none(dimension),
						codebooks(random, width, subspaces, centroids))));
		for (boolean fullPrecision : new boolean[] { false, true }) {
			setups.add(new Setup(String.format(Locale.ROOT, "ivf-pq, full precision: %s, %s", fullPrecision, name),
					dimension,
					(random) -> new IvfPqQuantizer(
							TestSpecs.ivfPq(LISTS, dimension, subspaces, centroids, fullPrecision),
							Transform.none(dimension),
							new CoarseCentroids(LISTS, dimension, numbers(random, LISTS * dimension)),
							codebooks(random, width, subspaces, centroids))));
		}
	}

	/** In an order that tells something, so that halves of codes are kept apart. */
	private static Codebooks codebooks(Random random, int width, int subspaces, int centroids) {
		float[] values = new float[subspaces * centroids * width];
		for (int m = 0; m < subspaces; m++) {
			float[] ordered = new CentroidOrder(numbers(random, centroids * width), centroids, width).byCells();
			System.arraycopy(ordered, 0, values, m * centroids * width, ordered.length);
		}
		return new Codebooks(subspaces, centroids, width, values);
	}

	private static float[] numbers(Random random, int count) {
		float[] numbers = new float[count];
		for (int i = 0; i < count; i++) {
			numbers[i] = (float) random.nextGaussian();
		}
		return numbers;
	}

	@ParameterizedTest
	@MethodSource("setups")
	void scalesAreTheSameFromCodesAsFromVectors(Setup setup) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		float[][] vectors = new float[ROWS][];
		Arrays.setAll(vectors, (row) -> numbers(random, setup.dimension()));
		Quantizer quantizer = setup.quantizer().apply(random);
		EncodedRows rows = new EncodedRows(quantizer.layout(), ROWS);
		quantizer.encode(vectors, rows);
		float[] norms = new float[ROWS];
		for (int row = 0; row < ROWS; row++) {
			norms[row] = row % 5;
		}
		rows.norms(norms);
		RowStore store = new RowStore(quantizer.layout(), quantizer.layout().partitioned() ? LISTS : 0);
		store.put(IntStream.range(0, ROWS).mapToObj((row) -> RowId.of(Integer.toString(row))).toList(), List.of(rows));
		float[] scales = store.view().block(0).floats(FloatColumn.SCALE);
		float[] encoded = Arrays.copyOf(scales, ROWS);
		Arrays.fill(scales, -1);
		quantizer.complete(store.view().block(0), rows.lists(), ROWS);
		assertThat(Arrays.copyOf(scales, ROWS)).as("seed %d", seed).isEqualTo(encoded);
		if (quantizer.layout().has(FloatColumn.NORM)) {
			assertThat(encoded[0]).isZero();
		}
	}

}
