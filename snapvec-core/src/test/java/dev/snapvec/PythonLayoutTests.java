package dev.snapvec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What is saved, read by {@link PythonFile} and compared with what was put in, section by
 * section.
 */
class PythonLayoutTests {

	private static final int DIMENSION = 24;

	private static final int PADDED = 32;

	private static final long SEED = 7;

	private static final int ROWS = 70;

	private static final Map<Integer, double[]> CENTROIDS = Map.of(2, symmetric(.4528, 1.5104), 3,
			symmetric(.2451, .7560, 1.3439, 2.1520), 4,
			symmetric(.1227, .3685, .6424, .9424, 1.2562, 1.6180, 2.0690, 2.7326));

	private static final Map<Integer, double[]> BOUNDARIES = Map.of(2, symmetric(0, .9816), 3,
			symmetric(0, .5006, 1.0500, 1.7480), 4, symmetric(0, .2582, .5224, .7996, 1.0993, 1.4372, 1.8435, 2.4008));

	private static final Map<Integer, Double> ERRORS = Map.of(2, .11767, 3, .03454, 4, .00961);

	private static double[] symmetric(double... upper) {
		List<Double> values = new ArrayList<>();
		for (double value : upper) {
			values.add(value);
			if (value != 0) {
				values.add(-value);
			}
		}
		return values.stream().sorted().mapToDouble(Double::doubleValue).toArray();
	}

	record Layout(String name, boolean unit, boolean deletes, boolean attributes, Supplier<VectorIndex> maker) {

		@Override
		public String toString() {
			return this.name + (this.unit ? " unit" : "") + (this.deletes ? " deletes" : "")
					+ (this.attributes ? " attributes" : "");
		}

	}

	static List<Layout> snaps() {
		List<Layout> layouts = new ArrayList<>();
		for (boolean unit : new boolean[] { false, true }) {
			for (int bits = 2; bits <= 4; bits++) {
				for (boolean useProd : new boolean[] { false, true }) {
					int b = bits;
					if (bits > 2 || !useProd) {
						add(layouts, "snap " + bits + (useProd ? " useProd" : ""), unit,
								() -> SnapIndex.builder(DIMENSION)
									.bits(b)
									.useProd(useProd)
									.seed(SEED)
									.normalized(unit)
									.correctedScores(false)
									.build());
					}
				}
			}
		}
		return layouts;
	}

	static List<Layout> residuals() {
		List<Layout> layouts = new ArrayList<>();
		for (boolean unit : new boolean[] { false, true }) {
			for (int coarse = 2; coarse <= 4; coarse++) {
				for (int fine = 2; fine <= 4; fine++) {
					int b1 = coarse;
					int b2 = fine;
					add(layouts, "residual " + b1 + "+" + b2, unit,
							() -> ResidualSnapIndex.builder(DIMENSION)
								.coarseBits(b1)
								.residualBits(b2)
								.seed(SEED)
								.normalized(unit)
								.correctedScores(false)
								.build());
				}
			}
		}
		return layouts;
	}

	static List<Layout> products() {
		List<Layout> layouts = new ArrayList<>();
		for (boolean unit : new boolean[] { false, true }) {
			for (int centroids : new int[] { 16, 64 }) {
				for (String transform : List.of("", "rht", "opq")) {
					add(layouts, "pq " + centroids + " " + transform, unit,
							() -> PqSnapIndex.builder(DIMENSION)
								.subspaces(4)
								.centroids(centroids)
								.rht(transform.equals("rht"))
								.opq(transform.equals("opq"))
								.seed(SEED)
								.normalized(unit)
								.correctedScores(false)
								.build());
					for (boolean full : new boolean[] { false, true }) {
						add(layouts, "ivf-pq " + centroids + " " + transform + (full ? " full precision" : ""), unit,
								() -> IvfPqSnapIndex.builder(DIMENSION)
									.nlist(5)
									.nprobe(5)
									.subspaces(8)
									.centroids(centroids)
									.keepFullPrecision(full)
									.rerank(0)
									.rht(transform.equals("rht"))
									.opq(transform.equals("opq"))
									.seed(SEED)
									.normalized(unit)
									.correctedScores(false)
									.build());
					}
				}
			}
		}
		return layouts;
	}

	private static void add(List<Layout> layouts, String name, boolean unit, Supplier<VectorIndex> maker) {
		boolean deletes = layouts.size() % 2 == 0;
		layouts.add(new Layout(name, unit, deletes, layouts.size() % 3 == 0, maker));
	}

	/** An index, what was put into it, and what it saved. */
	private static final class Saved {

		private final VectorIndex index;

		private final Map<String, float[]> vectors = new HashMap<>();

		private final List<String> order = new ArrayList<>();

		private final PythonFile file;

		private Saved(Layout layout) {
			this.index = layout.maker().get();
			float[][] vectors = vectors(layout, 1, ROWS);
			if (this.index instanceof TrainableIndex trainable) {
				trainable.fit(vectors(layout, 2, 300));
			}
			List<String> ids = TestVectors.ids("é", ROWS);
			this.index.addAll(ids, vectors);
			for (int i = 0; i < ROWS; i++) {
				this.vectors.put(ids.get(i), vectors[i]);
			}
			this.order.addAll(ids);
			if (layout.deletes()) {
				for (String id : List.of("é-0", "é-13", "é-69")) {
					this.index.delete(id);
					this.order.remove(id);
				}
				float[] other = vectors(layout, 3, 1)[0];
				this.index.upsert("é-20", other);
				this.vectors.put("é-20", other);
				this.order.remove("é-20");
				this.order.add("é-20");
			}
			if (layout.attributes()) {
				this.index.attributes(Map.of("model", "größe", "a", ""));
			}
			this.file = PythonFile.parse(IndexCase.savedBytes(this.index));
			// nprobe and rerank are kept among the attributes where they are not the
			// defaults
			Map<String, String> expected = new HashMap<>(this.index.attributes());
			expected.put("snapvec.corrected-scores", "false");
			if (this.index instanceof IvfPqSnapIndex ivf) {
				expected.put("snapvec.nprobe", "5");
				if ((boolean) ivf.stats().parameters().get("keepFullPrecision")) {
					expected.put("snapvec.rerank", "0");
				}
			}
			assertThat(this.file.attributes).isEqualTo(expected);
		}

		private static float[][] vectors(Layout layout, long seed, int count) {
			return layout.unit() ? TestVectors.unit(seed, count, DIMENSION)
					: TestVectors.random(seed, count, DIMENSION);
		}

		private void hasNorms(boolean unit) {
			for (int row = 0; row < this.file.norms.length; row++) {
				float expected = unit ? 1 : TestVectors.length(this.vectors.get(this.file.ids.get(row)));
				assertThat(this.file.norms[row]).isCloseTo(expected, within(1e-5f * expected));
			}
		}

		private double[] unitVector(int row) {
			return unit(this.vectors.get(this.file.ids.get(row)));
		}

		/** Each row's score by the file is the index's. */
		private void scores(float[] query, Scorer scorer) {
			Map<String, Float> scores = new HashMap<>();
			this.index.search(query, ROWS).forEach((hit) -> scores.put(hit.id(), hit.score()));
			assertThat(scores).hasSize(this.file.ids.size());
			for (int row = 0; row < this.file.ids.size(); row++) {
				assertThat((double) scores.get(this.file.ids.get(row))).isCloseTo(scorer.score(row), within(2e-5));
			}
		}

	}

	private interface Scorer {

		double score(int row);

	}

	private static double[] unit(float[] vector) {
		double[] unit = new double[vector.length];
		double squares = 0;
		for (float x : vector) {
			squares += (double) x * x;
		}
		for (int i = 0; i < unit.length; i++) {
			unit[i] = vector[i] / Math.sqrt(squares);
		}
		return unit;
	}

	/** Random signs, then the Hadamard matrix by its definition, over the root. */
	private static double[] rotated(double[] vector) {
		String bits = "";
		for (JsonNode recorded : GoldenCase.json("rng.json").get("signs")) {
			if (recorded.get("dim").asInt() == PADDED && recorded.get("seed").asLong() == SEED) {
				bits = recorded.get("bits").asString();
			}
		}
		double[] rotated = new double[PADDED];
		for (int i = 0; i < PADDED; i++) {
			for (int j = 0; j < vector.length; j++) {
				double entry = (Integer.bitCount(i & j) % 2 == 0) ? 1 : -1;
				rotated[i] += entry * (bits.charAt(j) == '1' ? vector[j] : -vector[j]) / Math.sqrt(PADDED);
			}
		}
		return rotated;
	}

	private static double[] scaled(double[] rotated) {
		double[] scaled = rotated.clone();
		for (int i = 0; i < scaled.length; i++) {
			scaled[i] *= Math.sqrt(PADDED);
		}
		return scaled;
	}

	private static void isCodeOf(int code, double value, int bits) {
		double[] boundaries = BOUNDARIES.get(bits);
		assertThat(code).isBetween(0, boundaries.length);
		double low = (code == 0) ? Double.NEGATIVE_INFINITY : boundaries[code - 1];
		double high = (code == boundaries.length) ? Double.POSITIVE_INFINITY : boundaries[code];
		assertThat(value).isBetween(low - 1e-5, high + 1e-5);
	}

	@ParameterizedTest
	@MethodSource("snaps")
	void snapFilesHoldWhatWasAdded(Layout layout) {
		Saved saved = new Saved(layout);
		PythonFile file = saved.file;
		IndexStats stats = saved.index.stats();
		int bits = (int) stats.parameters().get("bits");
		boolean useProd = (boolean) stats.parameters().get("useProd");
		assertThat(file.magic).isEqualTo("SNPV");
		assertThat(file.header).containsEntry("version", 3)
			.containsEntry("dim", DIMENSION)
			.containsEntry("bits", bits)
			.containsEntry("seed", 7)
			.containsEntry("n", saved.order.size())
			.containsEntry("flags", (useProd ? 1 : 0) | (layout.unit() ? 2 : 0));
		assertThat(file.ids).isEqualTo(saved.order);
		saved.hasNorms(layout.unit());
		int codeBits = useProd ? bits - 1 : bits;
		for (int row = 0; row < file.codes.length; row++) {
			double[] scaled = scaled(rotated(saved.unitVector(row)));
			double squares = 0;
			for (int i = 0; i < PADDED; i++) {
				isCodeOf(file.codes[row][i], scaled[i], codeBits);
				double rest = scaled[i] - CENTROIDS.get(codeBits)[file.codes[row][i]];
				squares += rest * rest;
			}
			if (useProd) {
				assertThat(file.signs[row]).containsOnly(-1, 1);
				assertThat((double) file.residualNorms[row]).isCloseTo(Math.sqrt(squares / PADDED), within(1e-5));
			}
		}
		if (!useProd) {
			float[] query = TestVectors.random(9, 1, DIMENSION)[0];
			double[] scaled = scaled(rotated(unit(query)));
			saved.scores(query, (row) -> {
				double score = 0;
				for (int i = 0; i < PADDED; i++) {
					score += CENTROIDS.get(bits)[file.codes[row][i]] * scaled[i] / PADDED;
				}
				return score;
			});
		}
	}

	@ParameterizedTest
	@MethodSource("residuals")
	void residualFilesHoldWhatWasAdded(Layout layout) {
		Saved saved = new Saved(layout);
		PythonFile file = saved.file;
		int b1 = (int) saved.index.stats().parameters().get("coarseBits");
		int b2 = (int) saved.index.stats().parameters().get("residualBits");
		assertThat(file.magic).isEqualTo("SNPR");
		assertThat(file.header).containsEntry("version", 1)
			.containsEntry("dim", DIMENSION)
			.containsEntry("b1", b1)
			.containsEntry("b2", b2)
			.containsEntry("seed", 7)
			.containsEntry("n", saved.order.size())
			.containsEntry("flags", layout.unit() ? 1 : 0)
			.containsEntry("pdim", PADDED);
		assertThat(file.ids).isEqualTo(saved.order);
		assertThat(file.norms).hasSize(layout.unit() ? 0 : saved.order.size());
		saved.hasNorms(false);
		double sigma = Math.sqrt(ERRORS.get(b1));
		for (int row = 0; row < file.codes.length; row++) {
			double[] scaled = scaled(rotated(saved.unitVector(row)));
			for (int i = 0; i < PADDED; i++) {
				isCodeOf(file.codes[row][i], scaled[i], b1);
				isCodeOf(file.residualCodes[row][i], (scaled[i] - CENTROIDS.get(b1)[file.codes[row][i]]) / sigma, b2);
			}
		}
		float[] query = TestVectors.random(9, 1, DIMENSION)[0];
		double[] scaled = scaled(rotated(unit(query)));
		saved.scores(query, (row) -> {
			double score = 0;
			for (int i = 0; i < PADDED; i++) {
				double decoded = CENTROIDS.get(b1)[file.codes[row][i]]
						+ sigma * CENTROIDS.get(b2)[file.residualCodes[row][i]];
				score += decoded * scaled[i] / PADDED;
			}
			return score;
		});
	}

	@ParameterizedTest
	@MethodSource("products")
	void productFilesHoldWhatWasAdded(Layout layout) {
		Saved saved = new Saved(layout);
		PythonFile file = saved.file;
		Map<String, Object> parameters = saved.index.stats().parameters();
		boolean ivf = saved.index instanceof IvfPqSnapIndex;
		boolean rht = (boolean) parameters.get("rht");
		boolean opq = (boolean) parameters.get("opq");
		boolean full = (boolean) parameters.getOrDefault("keepFullPrecision", false);
		int length = rht ? PADDED : DIMENSION;
		int subspaces = (int) parameters.get("subspaces");
		int centroids = (int) parameters.get("centroids");
		int width = length / subspaces;
		int rows = saved.order.size();
		assertThat(file.magic).isEqualTo(ivf ? "SNPI" : "SNPQ");
		assertThat(file.header).containsEntry("version", ivf ? 5 : 2)
			.containsEntry("dim", DIMENSION)
			.containsEntry("pdim", length)
			.containsEntry("M", subspaces)
			.containsEntry("K", centroids)
			.containsEntry("d_sub", width)
			.containsEntry("seed", 7)
			.containsEntry("n", rows)
			.containsEntry("flags",
					(layout.unit() ? 1 : 0) | (rht ? 2 : 0) | (full ? 4 : 0) | (opq ? (ivf ? 8 : 4) : 0));
		assertThat(file.norms).hasSize(layout.unit() ? 0 : rows);
		saved.hasNorms(false);
		int[] lists = new int[rows];
		double[] noCentroid = new double[length];
		if (ivf) {
			assertThat(file.header).containsEntry("nlist", 5);
			assertThat(file.offsets).startsWith(0).endsWith(rows).isSorted();
			assertThat(file.ids).containsExactlyInAnyOrderElementsOf(saved.order);
			for (int list = 0; list < 5; list++) {
				List<String> ids = file.ids.subList((int) file.offsets[list], (int) file.offsets[list + 1]);
				assertThat(saved.order).containsSubsequence(ids);
				for (int row = (int) file.offsets[list]; row < file.offsets[list + 1]; row++) {
					lists[row] = list;
				}
			}
		}
		else {
			assertThat(file.ids).isEqualTo(saved.order);
		}
		for (int row = 0; row < rows; row++) {
			double[] vector = transformed(file, saved.unitVector(row), rht);
			double[] centroid = ivf ? centroid(file.coarse, lists[row], length) : noCentroid;
			for (int list = 0; ivf && list < 5; list++) {
				assertThat(distance(vector, centroid))
					.isLessThanOrEqualTo(distance(vector, centroid(file.coarse, list, length)) + 1e-5);
			}
			for (int m = 0; m < subspaces; m++) {
				double[] residual = new double[width];
				for (int i = 0; i < width; i++) {
					residual[i] = vector[m * width + i] - centroid[m * width + i];
				}
				assertThat(file.codes[row][m]).isLessThan(centroids);
				double mine = distance(residual, centroid(file.codebooks, m * centroids + file.codes[row][m], width));
				for (int k = 0; k < centroids; k++) {
					assertThat(mine).isLessThanOrEqualTo(
							distance(residual, centroid(file.codebooks, m * centroids + k, width)) + 1e-5);
				}
			}
			for (int i = 0; full && i < length; i++) {
				assertThat((double) file.vectors[row][i]).isCloseTo(vector[i],
						within(Math.abs(vector[i]) / 1024 + 1e-6));
			}
		}
		float[] query = TestVectors.random(9, 1, DIMENSION)[0];
		double[] transformed = transformed(file, unit(query), rht);
		saved.scores(query, (row) -> {
			double score = 0;
			for (int i = 0; i < length; i++) {
				double decoded = ivf ? file.coarse[lists[row] * length + i] : 0;
				int m = i / width;
				decoded += file.codebooks[(m * centroids + file.codes[row][m]) * width + i % width];
				score += decoded * transformed[i];
			}
			return score;
		});
	}

	private static double[] transformed(PythonFile file, double[] vector, boolean rht) {
		if (rht) {
			return rotated(vector);
		}
		if (file.rotation.length == 0) {
			return vector;
		}
		double[] product = new double[DIMENSION];
		for (int i = 0; i < DIMENSION; i++) {
			for (int j = 0; j < DIMENSION; j++) {
				product[j] += vector[i] * file.rotation[i * DIMENSION + j];
			}
		}
		return product;
	}

	private static double[] centroid(float[] values, int index, int width) {
		double[] centroid = new double[width];
		for (int i = 0; i < width; i++) {
			centroid[i] = values[index * width + i];
		}
		return centroid;
	}

	private static double distance(double[] a, double[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) {
			double difference = a[i] - b[i];
			sum += difference * difference;
		}
		return sum;
	}

	static List<Layout> oddSizes() {
		List<Layout> layouts = new ArrayList<>();
		for (int dimension : new int[] { 1, 2, 3, 5, 9 }) {
			for (int bits = 2; bits <= 4; bits++) {
				int b = bits;
				add(layouts, "snap " + bits + " of dimension " + dimension, false,
						() -> SnapIndex.builder(dimension).bits(b).useProd(b == 4).build());
			}
		}
		return layouts;
	}

	@ParameterizedTest
	@MethodSource("oddSizes")
	void rowsThatDoNotFillBytesArePackedWithoutGaps(Layout layout) {
		VectorIndex index = layout.maker().get();
		int dimension = index.dimension();
		index.addAll(TestVectors.ids("id", 7), TestVectors.random(1, 7, dimension));
		VectorIndex one = layout.maker().get();
		PythonFile all = PythonFile.parse(IndexCase.savedBytes(index));
		assertThat(all.ids).isEqualTo(TestVectors.ids("id", 7));
		for (int i = 0; i < 7; i++) {
			one.upsert("one", TestVectors.random(1, 7, dimension)[i]);
			PythonFile single = PythonFile.parse(IndexCase.savedBytes(one));
			assertThat(single.codes[0]).isEqualTo(all.codes[i]);
			assertThat(single.norms[0]).isEqualTo(all.norms[i]);
			if (all.signs.length > 0) {
				assertThat(single.signs[0]).isEqualTo(all.signs[i]);
				assertThat(single.residualNorms[0]).isEqualTo(all.residualNorms[i]);
			}
		}
	}

	static List<IndexCase> cases() {
		return IndexCase.all();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void anEmptyIndexIsAHeaderAndWhatWasLearned(IndexCase kind) {
		PythonFile file = PythonFile.parse(IndexCase.savedBytes(kind.empty()));
		assertThat(file.get("n")).isZero();
		assertThat(file.ids).isEmpty();
		long[] offsets = new long[file.header.containsKey("nlist") ? file.get("nlist") + 1 : 0];
		assertThat(file.offsets).isEqualTo(offsets);
	}

}
