package dev.snapvec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.snapvec.store.IndexStore;
import dev.snapvec.store.LogSync;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That time grows with the number of ids and no faster, whatever ids and whatever lists.
 * What is bounded is the ratio to the time of ordinary ones.
 */
@Timeout(300)
class ManyIdsTests {

	private static final int BITS = 13;

	private static final int IDS = 1 << BITS;

	/** So many that a walk through half of a list an element takes seconds. */
	private static final int LONG_LIST = 1 << 16;

	/** Times that ordinary ids take; quadratic ones would be hundreds. */
	private static final int MOST = 25;

	/** Times that an array takes. */
	private static final int MOST_OF_LIST = 12;

	private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(40);

	@TempDir
	Path directory;

	/** Texts whose hash codes are equal. */
	private static List<String> colliding() {
		List<String> ids = new ArrayList<>();
		for (int number = 0; number < IDS; number++) {
			StringBuilder text = new StringBuilder();
			for (int bit = 0; bit < BITS; bit++) {
				text.append(((number >>> bit) & 1) == 0 ? "Aa" : "BB");
			}
			ids.add(text.toString());
		}
		assertThat(ids).extracting(String::hashCode).containsOnly(ids.get(0).hashCode());
		return ids;
	}

	private static List<String> ordinary() {
		Random random = new Random(1);
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < IDS; i++) {
			StringBuilder text = new StringBuilder();
			for (int n = 0; n < 2 * BITS; n++) {
				text.append((char) ('A' + random.nextInt(26)));
			}
			ids.add(text.toString());
		}
		return ids;
	}

	private static float[][] vectors() {
		return TestVectors.random(1, IDS, 2);
	}

	private static <T> void assertAsFast(T ordinary, T hostile, int most, Consumer<T> action) {
		action.accept(ordinary);
		long expected = Math.max(LEAST, CpuTime.of(() -> action.accept(ordinary)));
		long taken = CpuTime.of(() -> action.accept(hostile));
		assertThat(taken / (double) expected).as("times the time of ordinary ones").isLessThan(most);
	}

	private void useAll(Collection<String> given) {
		List<String> ids = List.copyOf(given);
		VectorIndex index = SnapIndex.builder(2).build();
		index.addAll(ids, vectors());
		index.upsertAll(ids, vectors());
		Path file = this.directory.resolve("index");
		index.save(file);
		VectorIndex loaded = VectorIndex.load(file);
		assertThat(IndexFile.verify(file)).isTrue();
		SearchRequest request = SearchRequest.of(new float[] { 1, 2 }).among(IdFilter.of(ids)).build();
		assertThat(loaded.search(request)).hasSize(10);
		assertThat(loaded.search(SearchRequest.of(new float[] { 1, 2 }).among(IdFilter.not(ids)).build())).isEmpty();
		assertThat(loaded.deleteAll(ids)).isEqualTo(IDS);
		loaded.compact();
	}

	@Test
	void idsOfEqualHashCodesTakeNoLongerThanOthers() {
		assertAsFast(ordinary(), colliding(), MOST, this::useAll);
	}

	@Test
	void soItIsWhereMutationsAreRecordedAndReplayed() {
		int[] number = new int[1];
		assertAsFast(ordinary(), colliding(), MOST, (ids) -> {
			Path store = this.directory.resolve("store-" + number[0]++);
			SafeIndex index = new SafeIndex("test", SnapIndex.builder(2).build());
			try (IndexStore written = IndexStore.open(store, 2)) {
				written.log(index, LogSync.never());
				index.upsertAll(ids, vectors());
				index.deleteAll(ids.subList(0, IDS / 2));
			}
			try (IndexStore read = IndexStore.open(store, 2)) {
				assertThat(read.restore(LoadOptions.defaults()).orElseThrow().index().size()).isEqualTo(IDS / 2);
			}
		});
	}

	@Test
	void attributesOfEqualHashCodesTakeNoLongerThanOthers() {
		assertAsFast(ordinary(), colliding(), MOST, (names) -> {
			Map<String, String> attributes = new LinkedHashMap<>();
			names.forEach((name) -> attributes.put(name, "value"));
			VectorIndex index = SnapIndex.builder(2).build();
			index.attributes(attributes);
			Path file = this.directory.resolve("index");
			index.save(file);
			assertThat(VectorIndex.load(file).attributes()).hasSize(IDS);
			assertThat(IndexFile.describe(file).attributes()).hasSize(IDS);
		});
	}

	@Test
	void linkedListsOfIdsTakeNoLongerThanOthers() {
		List<String> ids = TestVectors.ids("id", LONG_LIST);
		float[][] vectors = TestVectors.repeated(new float[] { 1, 2 }, LONG_LIST);
		assertAsFast(ids, new LinkedList<>(ids), MOST_OF_LIST, (list) -> {
			VectorIndex index = SnapIndex.builder(2).build();
			index.addAll(list, vectors);
			index.upsertAll(list, vectors);
			SearchRequest request = SearchRequest.of(new float[] { 1, 2 }).among(IdFilter.of(list)).build();
			assertThat(index.search(request)).hasSize(10);
			assertThat(index.deleteAll(list)).isEqualTo(LONG_LIST);
			SafeIndex safe = new SafeIndex("test", SnapIndex.builder(2).build());
			safe.local().log(new ReadingLog());
			safe.addAll(list, vectors);
			assertThat(safe.deleteAll(list)).isEqualTo(LONG_LIST);
		});
	}

	@Test
	void linkedListsOfRequestsTakeNoLongerThanOthers() {
		SafeIndex index = new SafeIndex("test", SnapIndex.builder(2).build());
		index.add("a", new float[] { 1, 2 });
		// a query of zeros is answered at once
		List<SearchRequest> requests = new ArrayList<>();
		for (int i = 0; i < LONG_LIST; i++) {
			requests.add(SearchRequest.of(new float[2]).topK(1).build());
		}
		assertAsFast(requests, new LinkedList<>(requests), MOST_OF_LIST, (list) -> {
			assertThat(index.searchAll(list)).hasSize(LONG_LIST);
			assertThat(index.index().searchAll(list)).hasSize(LONG_LIST);
		});
	}

	@Test
	void recallOfVeryManyHitsTakesNoMuchLongerThanSearchesForThem() {
		VectorIndex index = SnapIndex.builder(2).build();
		index.addAll(TestVectors.ids("id", LONG_LIST), TestVectors.random(1, LONG_LIST, 2));
		int samples = 3;
		RecallOptions options = RecallOptions.defaults().samples(samples).topK(LONG_LIST);
		Runnable searches = () -> {
			for (int i = 0; i < 2 * samples; i++) {
				assertThat(index.search(new float[] { 1, i }, LONG_LIST)).hasSize(LONG_LIST);
			}
		};
		searches.run();
		long expected = Math.max(LEAST, CpuTime.of(searches));
		long taken = CpuTime.of(() -> assertThat(index.recall(options).recall()).isEqualTo(1));
		assertThat(taken / (double) expected).as("times the time of the searches").isLessThan(MOST_OF_LIST);
	}

	/** Reads all that it is told, by position. */
	private static final class ReadingLog implements MutationLog {

		@Override
		public void begin(VectorIndex index) {
		}

		@Override
		public void put(List<String> ids, float[][] vectors) {
			for (int i = 0; i < ids.size(); i++) {
				assertThat(ids.get(i).isEmpty()).isFalse();
			}
		}

		@Override
		public void delete(List<String> ids) {
			assertThat(ids).isNotEmpty();
		}

		@Override
		public void attribute(String name, String value) {
		}

	}

}
