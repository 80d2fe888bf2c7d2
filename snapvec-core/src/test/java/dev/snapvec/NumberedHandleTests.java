package dev.snapvec;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.snapvec.internal.file.AtomicFile;
import dev.snapvec.internal.capture.Captures;
import dev.snapvec.internal.number.NumberedHandle;
import dev.snapvec.internal.number.NumberedLog;
import dev.snapvec.internal.number.NumberedIndex;
import dev.snapvec.internal.number.NumberedRows;
import dev.snapvec.internal.number.Numbering;
import dev.snapvec.internal.number.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Numbers of rows, given and asked for through a handle.
 */
class NumberedHandleTests {

	/** Gives the numbers 1, 2, and so on, and knows which were not used. */
	private static final class Counter implements Numbering {

		private final AtomicLong last = new AtomicLong();

		private final List<Long> failed = new ArrayList<>();

		@Override
		public long begin(int[] rows) {
			return this.last.getAndAdd(rows.length) + 1;
		}

		@Override
		public void failed(long first, int rows) {
			for (int i = 0; i < rows; i++) {
				this.failed.add(first + i);
			}
		}

	}

	@TempDir
	private Path directory;

	private final Counter counter = new Counter();

	private final List<Long> gone = new ArrayList<>();

	private SafeIndex index = new SafeIndex("index", SnapIndex.builder(3).build());

	private static Stream<IndexCase> kinds() {
		return IndexCase.types().stream();
	}

	private NumberedHandle numbered() {
		NumberedHandle numbered = Numbers.of(this.index);
		numbered.listener((numbers) -> Arrays.stream(numbers).forEach(this.gone::add));
		return numbered;
	}

	private NumberedIndex numbers() {
		return Numbers.of(this.index.index());
	}

	private long put(boolean replace, String... ids) {
		float[][] vectors = TestVectors.random(1, ids.length, this.index.dimension());
		return numbered().put("upsertAll", rows(List.of(ids), vectors), replace, this.counter, ProgressListener.NONE);
	}

	private static NumberedRows rows(List<String> ids, float[][] vectors) {
		return new NumberedRows(ids, vectors,
				ids.stream().map((id) -> id.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
	}

	private Map<String, Long> hits() {
		Map<String, Long> hits = new HashMap<>();
		this.index.search(TestVectors.random(9, 1, this.index.dimension())[0], 1000)
			.forEach((hit) -> hits.put(hit.id(), hit.number()));
		return hits;
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void hitsHaveTheNumbersOfTheirRows(IndexCase kind) {
		this.index = new SafeIndex("index", kind.empty());
		assertThat(put(false, "a", "b", "c")).isEqualTo(1);
		this.index.addAll(List.of("without"), TestVectors.random(2, 1, this.index.dimension()));
		assertThat(put(true, "b", "d")).isEqualTo(4);
		Map<String, Long> expected = Map.of("a", 1L, "b", 4L, "c", 3L, "d", 5L, "without", 0L);
		assertThat(hits()).isEqualTo(expected);
		this.index.compact();
		assertThat(hits()).isEqualTo(expected);
		assertThat(this.gone).containsExactly(2L);
		assertThat(numbers().number("b")).isEqualTo(4);
		assertThat(numbers().number("without")).isZero();
		assertThat(numbers().number("nobody")).isEqualTo(-1);
		assertThat(numbers().id(5)).isEqualTo("d");
		assertThat(numbers().id(2)).isNull();
		Map<String, Long> visited = new HashMap<>();
		numbers().forEach(visited::put);
		assertThat(visited).isEqualTo(Map.of("a", 1L, "b", 4L, "c", 3L, "d", 5L));
	}

	@Test
	void whatDeletesOrReplacesARowIsTold() {
		put(true, "a", "b", "c", "d");
		this.index.delete("a");
		this.index.upsert("b", new float[] { 1, 2, 3 });
		assertThat(numbered().delete("delete", new long[] { 3, 77 })).isOne();
		put(true, "d", "e");
		assertThat(this.gone).containsExactly(1L, 2L, 3L, 4L);
		assertThat(hits()).isEqualTo(Map.of("b", 0L, "d", 5L, "e", 6L));
		assertThat(numbers().newest()).isEqualTo(6);
	}

	@Test
	void aMutationThatIsRefusedGivesNoNumber() {
		put(true, "a");
		assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> put(false, "b", "a"));
		assertThatExceptionOfType(InvalidVectorException.class).isThrownBy(() -> numbered().put("upsertAll",
				rows(List.of("b"), new float[][] { { 1, 2, Float.NaN } }), true, this.counter, ProgressListener.NONE));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new NumberedRows(List.of("b"), new float[1][], new byte[2][]))
			.withMessage("got 1 ids but 2 payloads; expected one payload per id");
		this.index.freeze();
		assertThatExceptionOfType(FrozenIndexException.class).isThrownBy(() -> put(true, "b"));
		assertThatExceptionOfType(FrozenIndexException.class)
			.isThrownBy(() -> numbered().delete("delete", new long[] { 1 }));
		assertThat(this.counter.last).hasValue(1);
		assertThat(this.counter.failed).isEmpty();
		assertThat(hits()).isEqualTo(Map.of("a", 1L));
	}

	@Test
	void aLogThatRecordsVectorsOnlyIsRefused() {
		put(true, "a");
		this.index.local().log(new VectorLog());
		long generation = this.index.generation();
		assertThatIllegalStateException().isThrownBy(() -> put(true, "a", "b"))
			.withMessage("the log of index 'index' must record documents, but VectorLog records vectors only");
		assertThatIllegalStateException().isThrownBy(() -> renumber(List.of("a"), 1));
		assertThatIllegalStateException().isThrownBy(() -> numbered().delete("delete", new long[] { 1 }));
		assertThat(this.index.generation()).isEqualTo(generation);
		assertThat(hits()).isEqualTo(Map.of("a", 1L));
		assertThat(this.gone).isEmpty();
	}

	@Test
	void aMutationThatCannotBeRecordedGivesItsNumbersBack() {
		put(true, "a");
		this.index.local().log(new FailingLog());
		long generation = this.index.generation();
		assertThatIllegalStateException().isThrownBy(() -> put(true, "a", "b")).withMessage("full");
		assertThatIllegalStateException().isThrownBy(() -> renumber(List.of("a"), 1)).withMessage("full");
		assertThatIllegalStateException().isThrownBy(() -> numbered().delete("delete", new long[] { 1 }));
		assertThat(this.counter.failed).containsExactly(2L, 3L, 4L);
		assertThat(this.index.generation()).isEqualTo(generation);
		assertThat(hits()).isEqualTo(Map.of("a", 1L));
		assertThat(this.gone).isEmpty();
	}

	private static final class FailingLog extends VectorLog implements NumberedLog {

		@Override
		public void put(NumberedRows rows, long first) {
			throw new IllegalStateException("full");
		}

		@Override
		public void delete(List<String> ids, long[] numbers) {
			throw new IllegalStateException("full");
		}

		@Override
		public void renumber(List<String> ids, long[] expected, long first, byte[][] payloads) {
			throw new IllegalStateException("full");
		}

	}

	private static class VectorLog implements MutationLog {

		@Override
		public void begin(VectorIndex index) {
		}

		@Override
		public void put(List<String> ids, float[][] vectors) {
		}

		@Override
		public void delete(List<String> ids) {
		}

		@Override
		public void attribute(String name, String value) {
		}

	}

	private long[] renumber(List<String> ids, long... expected) {
		return numbered().renumber("updateMetadata", ids, expected, new byte[ids.size()][], this.counter);
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void aRowWithAnotherNumberHasTheSameVector(IndexCase kind) {
		this.index = new SafeIndex("index", kind.filled("id", 3, 90));
		float[] vector = this.index.vector("id-7").orElseThrow();
		List<Hit> hits = this.index.search(kind.vector(5), 200);
		assertThat(renumber(List.of("id-7", "id-8", "nobody"), 0, 0, 0)).containsExactly(1, 2, 0);
		assertThat(renumber(List.of("id-8", "id-7", "id-9"), 1, 1, 0)).containsExactly(0, 3, 4);
		assertThat(this.gone).containsExactly(1L);
		assertThat(this.index.vector("id-7").orElseThrow()).isEqualTo(vector);
		this.index.compact();
		assertThat(this.index.vector("id-7").orElseThrow()).isEqualTo(vector);
		assertThat(hits()).hasSize(90).containsEntry("id-7", 3L).containsEntry("id-8", 2L).containsEntry("id-9", 4L);
		assertThat(this.index.search(kind.vector(5), 200)).extracting(Hit::id, Hit::score)
			.containsExactlyInAnyOrderElementsOf(hits.stream().map((hit) -> tuple(hit.id(), hit.score())).toList());
	}

	@Test
	void numbersThatNoRowHasChangeNothing() {
		put(true, "a");
		long generation = this.index.generation();
		assertThat(renumber(List.of("a", "b", "c"), 5, 0, -1)).containsOnly(0);
		assertThat(numbered().delete("delete", new long[] { 2, 3 })).isZero();
		assertThat(this.index.generation()).isEqualTo(generation);
		assertThat(this.counter.last).hasValue(1);
		assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> renumber(List.of("a", "a"), 1, 1));
	}

	@Test
	void aNumberThatWasReplacedIsNotDeleted() {
		put(true, "a", "b");
		put(true, "a");
		assertThat(numbered().delete("delete", new long[] { 1, 2 })).isOne();
		assertThat(hits()).isEqualTo(Map.of("a", 3L));
	}

	@Test
	void ofConcurrentMutationsOfAnIdTheLastHasTheHighestNumber() throws Exception {
		long seed = System.nanoTime();
		Map<String, Long> newest = new ConcurrentHashMap<>();
		NumberedHandle numbered = numbered();
		numbered.listener(null);
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			List<Future<?>> futures = new ArrayList<>();
			for (int t = 0; t < 4; t++) {
				Random random = new Random(seed + t);
				futures.add(executor.submit(() -> mutate(numbered, random, newest)));
			}
			for (Future<?> future : futures) {
				future.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(hits()).as("seed %d", seed).isEqualTo(newest);
		newest.forEach((id, number) -> assertThat(numbers().id(number)).isEqualTo(id));
	}

	private void mutate(NumberedHandle numbered, Random random, Map<String, Long> newest) {
		for (int i = 0; i < 400; i++) {
			List<String> ids = random.ints(3, 0, 6).distinct().mapToObj(Integer::toString).toList();
			if (random.nextInt(3) == 0) {
				long[] expected = ids.stream().mapToLong((id) -> Math.max(0, numbers().number(id))).toArray();
				long[] given = numbered.renumber("updateMetadata", ids, expected, new byte[ids.size()][], this.counter);
				for (int n = 0; n < given.length; n++) {
					newest.merge(ids.get(n), given[n], Math::max);
				}
				newest.values().remove(0L);
				continue;
			}
			long first = numbered.put("upsertAll",
					rows(ids, TestVectors.random(random.nextInt(50), ids.size(), this.index.dimension())), true,
					this.counter, ProgressListener.NONE);
			for (int n = 0; n < ids.size(); n++) {
				newest.merge(ids.get(n), first + n, Math::max);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void numbersAreLoadedAsTheyWereSaved(IndexCase kind) {
		this.index = new SafeIndex("index", kind.filled("id", 3, 90));
		assertThat(new String(IndexCase.savedBytes(this.index.index()), StandardCharsets.ISO_8859_1))
			.doesNotContain("SNUM");
		put(true, "id-3", "id-50", "more");
		renumber(List.of("id-7"), 0);
		this.index.delete("more");
		Map<String, Long> hits = hits();
		Path file = this.directory.resolve("index");
		this.index.save(file);
		IndexFile.verify(file);
		assertThat(IndexFile.describe(file).rows()).isEqualTo(90);
		this.index = new SafeIndex("loaded", VectorIndex.load(file));
		assertThat(hits()).isEqualTo(hits).containsEntry("id-7", 4L).containsEntry("id-50", 2L).hasSize(90);
		assertThat(numbers().newest()).isEqualTo(4);
		assertThat(numbers().commit()).isZero();
		assertThat(numbers().id(3)).isNull();
		assertThat(numbers().id(4)).isEqualTo("id-7");
		put(true, "id-3", "new");
		this.index.compact();
		assertThat(hits()).hasSize(91).containsEntry("id-3", 5L).containsEntry("new", 6L).containsEntry("id-7", 4L);
	}

	@Test
	void aFileSaysWhichCommitOfDocumentsItBelongsTo() {
		Path file = this.directory.resolve("index");
		Captures.of(this.index.index()).withCommit(7).save(file, AtomicFile.Guard.NONE);
		assertThat(Numbers.of(VectorIndex.load(file)).commit()).as("without rows").isEqualTo(7);
		put(true, "a");
		Captures.Capture capture = Captures.of(this.index.index());
		assertThat(capture.newestNumber()).isEqualTo(1);
		put(true, "b");
		assertThat(capture.withCommit(8).newestNumber()).isEqualTo(1);
		capture.withCommit(8).save(file, AtomicFile.Guard.NONE);
		NumberedIndex loaded = Numbers.of(VectorIndex.load(file));
		assertThat(loaded.commit()).isEqualTo(8);
		assertThat(loaded.newest()).isEqualTo(1);
	}

	@Test
	void anIndexWithDocumentsIsReplacedByOneWithTheSameAlone() {
		put(true, "a", "b");
		SnapIndex other = SnapIndex.builder(3).build();
		other.addAll(List.of("a", "b"), TestVectors.random(1, 2, 3));
		assertThatIllegalArgumentException().isThrownBy(() -> this.index.replace(other))
			.withMessage("index 'index' has documents; an index that replaces it must have the same ones");
		Numbers.of(other).renumber(List.of("a", "b"), new long[2], new long[] { 2, 1 });
		assertThatIllegalArgumentException().isThrownBy(() -> this.index.replace(other));
		Numbers.of(other).renumber(List.of("a", "b"), new long[] { 2, 1 }, new long[] { 1, 2 });
		put(true, "b");
		assertThatIllegalArgumentException().isThrownBy(() -> this.index.replace(other));
		Numbers.of(other).put(List.of("b"), TestVectors.random(1, 1, 3), new long[] { 3 });
		assertThat(this.index.replace(other)).isNotSameAs(other);
		assertThat(hits()).isEqualTo(Map.of("a", 1L, "b", 3L));
		this.index.local().restore(SnapIndex.builder(3).build());
		assertThat(hits()).isEmpty();
	}

	@Test
	void aHitOfAVectorWithoutDocumentIsAsItWas() {
		assertThat(new Hit("a", 0.5f)).isEqualTo(new Hit("a", 0.5f, 0)).isNotEqualTo(new Hit("a", 0.5f, 7));
		assertThat(new Hit("a", 0.5f)).hasToString("Hit[id=a, score=0.5]");
		assertThat(new Hit("a", 0.5f, 7)).hasToString("Hit[id=a, score=0.5, number=7]");
	}

}
