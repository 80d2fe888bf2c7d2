package dev.snapvec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What an index refuses: by which exception, in which words, and without a trace.
 */
class BadInputTests {

	private static final int ROWS = 20;

	/** More than one task encodes, so that the last row is not in the first batch. */
	private static final int BATCH = 520;

	static List<IndexCase> cases() {
		return IndexCase.all();
	}

	static List<IndexCase> types() {
		return IndexCase.types();
	}

	static List<IndexCase> unitTypes() {
		return IndexCase.all().stream().filter(IndexCase::normalized).toList();
	}

	static List<IndexCase> trainableTypes() {
		return IndexCase.types().stream().filter((kind) -> kind.unfitted() instanceof TrainableIndex).toList();
	}

	/** An index that must be the same after a call that throws. */
	private static final class Unchanged {

		private final IndexCase kind;

		private final VectorIndex index;

		private final byte[] bytes;

		private final List<Hit> hits;

		private Unchanged(IndexCase kind) {
			this.kind = kind;
			this.index = kind.filled("id", 1, ROWS);
			this.bytes = IndexCase.savedBytes(this.index);
			this.hits = this.index.search(kind.vector(99), ROWS);
		}

		private AbstractThrowableAssert<?, ? extends Throwable> after(ThrowingCallable call) {
			AbstractThrowableAssert<?, ? extends Throwable> thrown = assertThatThrownBy(call);
			assertThat(this.index.size()).isEqualTo(ROWS);
			assertThat(this.index.search(this.kind.vector(99), ROWS)).isEqualTo(this.hits);
			assertThat(IndexCase.savedBytes(this.index)).isEqualTo(this.bytes);
			return thrown;
		}

		/** Adds a good batch whose last vector is replaced, and the same as upserts. */
		private void refusesVector(float[] bad, String... words) {
			List<String> ids = TestVectors.ids("new", BATCH);
			float[][] vectors = this.kind.vectors(2, BATCH);
			vectors[BATCH - 1] = bad;
			String badId = "new-" + (BATCH - 1);
			after(() -> this.index.addAll(ids, vectors)).isInstanceOf(InvalidVectorException.class)
				.hasMessageContaining("'" + badId + "'")
				.hasMessageContainingAll(words);
			after(() -> this.index.upsertAll(ids, vectors)).isInstanceOf(InvalidVectorException.class)
				.hasMessageContaining("'" + badId + "'")
				.hasMessageContainingAll(words);
			after(() -> this.index.add("one", bad)).isInstanceOf(InvalidVectorException.class)
				.hasMessageContaining("'one'")
				.hasMessageContainingAll(words);
			after(() -> this.index.upsert("id-3", bad)).isInstanceOf(InvalidVectorException.class)
				.hasMessageContaining("'id-3'")
				.hasMessageContainingAll(words);
		}

		/** Adds a good batch whose last id is replaced. */
		private AbstractThrowableAssert<?, ? extends Throwable> refusesId(String bad, boolean upserts) {
			List<String> ids = new ArrayList<>(TestVectors.ids("new", BATCH));
			ids.set(BATCH - 1, bad);
			float[][] vectors = this.kind.vectors(2, BATCH);
			if (upserts) {
				after(() -> this.index.upsertAll(ids, vectors)).isInstanceOf(InvalidIdException.class);
			}
			return after(() -> this.index.addAll(ids, vectors)).isInstanceOf(InvalidIdException.class);
		}

	}

	private static float[] with(float[] vector, int at, float value) {
		float[] copy = vector.clone();
		copy[at] = value;
		return copy;
	}

	@ParameterizedTest
	@MethodSource("types")
	void aVectorOfAnotherLengthIsRefused(IndexCase kind) {
		Unchanged unchanged = new Unchanged(kind);
		int dimension = kind.dimension();
		for (int length : new int[] { 0, dimension - 1, dimension + 1 }) {
			unchanged.refusesVector(new float[length], length + " coordinates", "dimension " + dimension);
			unchanged.after(() -> unchanged.index.search(new float[length], 3))
				.isInstanceOf(InvalidVectorException.class)
				.hasMessageContainingAll("the query", length + " coordinates", "dimension " + dimension);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void aVectorThatIsNotFiniteIsRefused(IndexCase kind) {
		Unchanged unchanged = new Unchanged(kind);
		for (float bad : new float[] { Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY }) {
			int last = kind.dimension() - 1;
			float[] vector = with(kind.vector(3), last, bad);
			unchanged.refusesVector(vector, Float.toString(bad), "position " + last, "finite");
			unchanged.after(() -> unchanged.index.search(vector, 3))
				.isInstanceOf(InvalidVectorException.class)
				.hasMessageContainingAll("the query", Float.toString(bad), "position " + last, "finite");
		}
	}

	@ParameterizedTest
	@MethodSource("unitTypes")
	void aVectorNotOfLength1IsRefusedWhereThatWasPromised(IndexCase kind) {
		Unchanged unchanged = new Unchanged(kind);
		float[] vector = kind.vector(3);
		for (int i = 0; i < vector.length; i++) {
			vector[i] *= 1.0015f;
		}
		unchanged.refusesVector(vector, "unit vector", "norm 1.001");
		unchanged.refusesVector(new float[vector.length], "unit vector", "norm 0.0");
		Arrays.fill(vector, 3e38f);
		unchanged.refusesVector(vector, "E39", "unit vector");
		vector = kind.vector(3);
		for (int i = 0; i < vector.length; i++) {
			vector[i] *= 0.999f;
		}
		unchanged.index.add("close enough", vector);
		assertThat(unchanged.index.size()).isEqualTo(ROWS + 1);
	}

	@ParameterizedTest
	@MethodSource("types")
	void anIdThatIsThereIsRefused(IndexCase kind) {
		Unchanged unchanged = new Unchanged(kind);
		unchanged.refusesId("id-3", false).hasMessageContaining("'id-3'").hasMessageContaining("in the index already");
		unchanged.after(() -> unchanged.index.add("id-19", kind.vector(3))).isInstanceOf(InvalidIdException.class);
	}

	@ParameterizedTest
	@MethodSource("types")
	void anIdGivenTwiceIsRefused(IndexCase kind) {
		new Unchanged(kind).refusesId("new-0", true).hasMessageContaining("'new-0'").hasMessageContaining("twice");
	}

	@ParameterizedTest
	@MethodSource("types")
	void anIdThatIsTooLongIsRefused(IndexCase kind) {
		Unchanged unchanged = new Unchanged(kind);
		unchanged.refusesId("x".repeat(65_536), true).hasMessageContainingAll("'xxx", "65536", "65535");
		unchanged.refusesId("é".repeat(32_768), true).hasMessageContainingAll("'ééé", "65536", "65535");
	}

	@ParameterizedTest
	@MethodSource("types")
	void anIdWithHalfASurrogatePairIsRefused(IndexCase kind) {
		Unchanged unchanged = new Unchanged(kind);
		unchanged.refusesId("half \ud83e", true).hasMessageContainingAll("half ", "surrogate", "UTF-8");
		unchanged.refusesId("\udd80", true).hasMessageContaining("surrogate");
		assertThat(unchanged.index.contains("\udd80")).isFalse();
		assertThat(unchanged.index.delete("\udd80")).isFalse();
	}

	@ParameterizedTest
	@MethodSource("types")
	void anIdWithHalfASurrogatePairIsNotTheOneItIsWrittenAs(IndexCase kind) {
		VectorIndex index = kind.empty();
		index.add("?", kind.vector(1));
		assertThat(index.contains("?")).isTrue();
		assertThat(index.contains("\udd80")).isFalse();
		assertThat(index.delete("\udd80")).isFalse();
		assertThat(index.search(SearchRequest.of(kind.vector(1)).among(IdFilter.of("\udd80")).build())).isEmpty();
		assertThat(index.size()).isEqualTo(1);
	}

	@ParameterizedTest
	@MethodSource("types")
	void asManyVectorsAsIdsAreNeeded(IndexCase kind) {
		Unchanged unchanged = new Unchanged(kind);
		unchanged.after(() -> unchanged.index.addAll(List.of("a", "b"), kind.vectors(3, 3)))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContainingAll("2 ids", "3 vectors");
		unchanged.after(() -> unchanged.index.upsertAll(List.of("a", "b"), kind.vectors(3, 1)))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContainingAll("2 ids", "1 vectors");
	}

	@ParameterizedTest
	@MethodSource("types")
	void aFrozenIndexRefusesEveryMutation(IndexCase kind) {
		Unchanged unchanged = new Unchanged(kind);
		VectorIndex index = unchanged.index;
		index.freeze();
		for (ThrowingCallable mutation : List.<ThrowingCallable>of(() -> index.add("new", kind.vector(3)),
				() -> index.addAll(List.of("new"), kind.vectors(3, 1)), () -> index.upsert("id-1", kind.vector(3)),
				() -> index.upsertAll(List.of("id-1"), kind.vectors(3, 1)), () -> index.delete("id-1"),
				() -> index.deleteAll(List.of("unknown")), () -> index.add("bad", new float[0]))) {
			unchanged.after(mutation)
				.isInstanceOf(FrozenIndexException.class)
				.hasMessageContainingAll("frozen", ROWS + " rows", "unfreeze");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, Integer.MIN_VALUE })
	void topKMustBePositive(int topK) {
		for (IndexCase kind : types()) {
			Unchanged unchanged = new Unchanged(kind);
			unchanged.after(() -> unchanged.index.search(kind.vector(1), topK))
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessageContainingAll("topK", Integer.toString(topK), "at least 1");
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void nprobeIsRefusedWhereThereAreNoLists(IndexCase kind) {
		Unchanged unchanged = new Unchanged(kind);
		SearchRequest.Builder request = SearchRequest.of(kind.vector(1));
		if (unchanged.index instanceof IvfPqSnapIndex) {
			int nlist = (int) unchanged.index.stats().parameters().get("nlist");
			for (int nprobe : new int[] { -1, 0, nlist + 1 }) {
				unchanged.after(() -> unchanged.index.search(request.nprobe(nprobe).build()))
					.isInstanceOf(IllegalArgumentException.class)
					.hasMessageContainingAll("nprobe must be 1 to " + nlist, "but was " + nprobe, "1 to " + nlist,
							"nlist");
			}
		}
		else {
			unchanged.after(() -> unchanged.index.search(request.nprobe(2).build()))
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessageContainingAll("nprobe is 2", unchanged.index.getClass().getSimpleName());
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void rerankIsRefusedWhereThereIsNothingFiner(IndexCase kind) {
		Unchanged unchanged = new Unchanged(kind);
		SearchRequest.Builder request = SearchRequest.of(kind.vector(1)).topK(12);
		if (unchanged.index instanceof ResidualSnapIndex || kind.name().contains("full precision")) {
			for (int rerank : new int[] { -1, 1, 11 }) {
				unchanged.after(() -> unchanged.index.search(request.rerank(rerank).build()))
					.isInstanceOf(IllegalArgumentException.class)
					.hasMessageContainingAll("topK, which is 12", "but was " + rerank);
			}
			assertThat(unchanged.index.search(request.rerank(12).build())).hasSize(12);
			assertThat(unchanged.index.search(request.rerank(0).build())).hasSize(12);
			return;
		}
		unchanged.after(() -> unchanged.index.search(request.rerank(50).build()))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("50")
			.hasMessageContaining((unchanged.index instanceof IvfPqSnapIndex) ? "keepFullPrecision"
					: unchanged.index.getClass().getSimpleName());
	}

	@ParameterizedTest
	@MethodSource("trainableTypes")
	void beforeFitAnIndexIsOfNoUse(IndexCase kind) {
		VectorIndex index = kind.unfitted();
		String type = index.getClass().getSimpleName();
		for (ThrowingCallable call : List.<ThrowingCallable>of(() -> index.add("a", kind.vector(1)),
				() -> index.upsert("a", kind.vector(1)), () -> index.search(kind.vector(1), 3),
				() -> IndexCase.savedBytes(index))) {
			assertThatThrownBy(call).isInstanceOf(NotFittedException.class).hasMessageContainingAll(type, "fit");
		}
		assertThat(index.size()).isZero();
		assertThat(index.contains("a")).isFalse();
		assertThat(index.delete("a")).isFalse();
		assertThat(((TrainableIndex) index).isFitted()).isFalse();
		assertThat(index.stats().fitted()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("trainableTypes")
	void aSecondFitIsRefused(IndexCase kind) {
		Unchanged unchanged = new Unchanged(kind);
		unchanged.after(() -> ((TrainableIndex) unchanged.index).fit(kind.vectors(7, 200)))
			.isInstanceOf(IllegalStateException.class)
			.hasMessageContainingAll("fitted", ROWS + " rows");
	}

	@ParameterizedTest
	@MethodSource("trainableTypes")
	void aSampleThatIsTooSmallOrBadIsRefused(IndexCase kind) {
		TrainableIndex index = (TrainableIndex) kind.unfitted();
		int least = (int) index.stats().parameters().get("centroids");
		for (int rows : new int[] { 0, least - 1 }) {
			assertThatThrownBy(() -> index.fit(kind.vectors(7, rows))).isInstanceOf(IllegalArgumentException.class)
				.hasMessageContainingAll(rows + " vectors", "at least " + least);
		}
		float[][] sample = kind.vectors(7, least);
		float[] good = sample[least - 1];
		sample[least - 1] = new float[] { 1 };
		assertThatThrownBy(() -> index.fit(sample)).isInstanceOf(InvalidVectorException.class)
			.hasMessageContainingAll("vector " + (least - 1) + " of the sample", "1 coordinates");
		sample[least - 1] = with(good, 2, Float.NaN);
		assertThatThrownBy(() -> index.fit(sample)).isInstanceOf(InvalidVectorException.class)
			.hasMessageContainingAll("vector " + (least - 1) + " of the sample", "NaN", "position 2");
		assertThat(index.isFitted()).isFalse();
		sample[least - 1] = good;
		index.fit(sample);
		assertThat(index.isFitted()).isTrue();
	}

	@Test
	void subspacesMustDivideTheDimension() {
		refused(() -> PqSnapIndex.builder(24).subspaces(5).build(), "but was 5", "24", "12, 8, 6, 4, 3, 2, 1");
		refused(() -> IvfPqSnapIndex.builder(24).subspaces(48).build(), "but was 48", "24");
		refused(() -> PqSnapIndex.builder(24).subspaces(24).rht(true).build(), "but was 24", "32", "rht");
		refused(() -> PqSnapIndex.builder(24).subspaces(0), "but was 0", "at least 1");
	}

	@Test
	void optionsHaveTheirRanges() {
		for (int centroids : new int[] { -1, 1, 257 }) {
			refused(() -> PqSnapIndex.builder(24).centroids(centroids), "but was " + centroids, "2 to 256");
			refused(() -> IvfPqSnapIndex.builder(24).centroids(centroids), "but was " + centroids, "2 to 256");
		}
		for (int bits : new int[] { 1, 5 }) {
			refused(() -> SnapIndex.builder(24).bits(bits), "bits must be 2, 3 or 4, but was " + bits);
			refused(() -> ResidualSnapIndex.builder(24).coarseBits(bits),
					"coarseBits must be 2, 3 or 4, but was " + bits);
			refused(() -> ResidualSnapIndex.builder(24).residualBits(bits),
					"residualBits must be 2, 3 or 4, but was " + bits);
		}
		for (int dimension : new int[] { -1, 0, 65_537 }) {
			refused(() -> SnapIndex.builder(dimension), "but was " + dimension, "1 to 65536");
		}
		for (long seed : new long[] { -1, 1L << 32 }) {
			refused(() -> SnapIndex.builder(24).seed(seed), "but was " + seed, "0 to 4294967295");
		}
		refused(() -> SnapIndex.builder(24).bits(2).useProd(true).build(), "useProd", "3 or 4", "2");
		refused(() -> IvfPqSnapIndex.builder(24).nlist(0), "but was 0", "at least 1");
		refused(() -> IvfPqSnapIndex.builder(24).nlist(9).nprobe(10).build(), "but was 10", "1 to 9");
		refused(() -> IvfPqSnapIndex.builder(24).nlist(9).nprobe(0).build(), "but was 0", "1 to 9");
		refused(() -> IvfPqSnapIndex.builder(24).rerank(-1), "rerank must be at least 0, but was -1");
		refused(() -> ResidualSnapIndex.builder(24).rerank(-1), "rerank must be at least 0, but was -1");
	}

	@Test
	void optionsMustGoTogether() {
		refused(() -> PqSnapIndex.builder(24).rht(true).opq(true).build(), "rht", "opq");
		refused(() -> IvfPqSnapIndex.builder(24).rht(true).opq(true).build(), "rht", "opq");
		refused(() -> IvfPqSnapIndex.builder(24).rerank(10).build(), "but was 10", "keepFullPrecision");
	}

	private static void refused(ThrowingCallable call, String... words) {
		assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
	}

}
