package dev.snapvec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.snapvec.internal.number.NumberQuery;
import dev.snapvec.internal.number.NumberedRows;
import dev.snapvec.internal.number.Numbering;
import dev.snapvec.internal.number.Numbers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Searches among the documents that a query matches.
 */
class NumberFilterTests {

	/** Documents, each no more than a year, and an index that they belong to. */
	private static final class Library implements Numbering {

		private final SafeIndex index;

		/** By number, of the live documents. */
		private final NavigableMap<Long, Integer> years = new TreeMap<>();

		private final AtomicInteger prepared = new AtomicInteger();

		private final AtomicInteger open = new AtomicInteger();

		private long newest;

		private int year;

		private Library(VectorIndex index) {
			this.index = new SafeIndex("library", index);
			Numbers.of(this.index).listener(this::gone);
		}

		private void put(List<String> ids, float[][] vectors, int year) {
			synchronized (this) {
				this.year = year;
			}
			Numbers.of(this.index)
				.put("upsertAll", new NumberedRows(ids, vectors, new byte[ids.size()][]), true, this,
						ProgressListener.NONE);
		}

		@Override
		public synchronized long begin(int[] rows) {
			for (int row = 0; row < rows.length; row++) {
				this.years.put(++this.newest, this.year);
			}
			return this.newest - rows.length + 1;
		}

		@Override
		public synchronized void failed(long first, int rows) {
			this.years.subMap(first, first + rows).clear();
		}

		private synchronized void gone(long[] numbers) {
			for (long number : numbers) {
				this.years.remove(number);
			}
		}

		private synchronized NavigableMap<Long, Integer> documents() {
			return new TreeMap<>(this.years);
		}

		private synchronized long newest() {
			return this.newest;
		}

	}

	/** Matches years, by number or by the numbers of all others. */
	private record Years(Library library, Predicate<Integer> predicate, boolean others) implements NumberQuery {

		@Override
		public int size() {
			return 1;
		}

		@Override
		public Prepared prepare() {
			this.library.prepared.incrementAndGet();
			this.library.open.incrementAndGet();
			NavigableMap<Long, Integer> documents;
			long newest;
			synchronized (this.library) {
				documents = this.library.documents();
				newest = this.library.newest();
			}
			return new Prepared() {
				@Override
				public long newest() {
					return newest;
				}

				@Override
				public boolean emit(Sink sink) {
					long[] numbers = new long[3];
					int count = 0;
					for (Map.Entry<Long, Integer> document : documents.entrySet()) {
						if (Years.this.predicate.test(document.getValue()) != Years.this.others) {
							numbers[count++] = document.getKey();
						}
						if (count == numbers.length) {
							sink.accept(numbers, count);
							count = 0;
						}
					}
					sink.accept(numbers, count);
					return Years.this.others;
				}

				@Override
				public void close() {
					Years.this.library.open.decrementAndGet();
				}
			};
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Years that && this.predicate == that.predicate;
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.predicate);
		}

	}

	private static RowFilter years(Library library, Predicate<Integer> predicate, boolean others) {
		return Numbers.filter(new Years(library, predicate, others));
	}

	private static Stream<IndexCase> kinds() {
		return IndexCase.all().stream();
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void aSearchFindsTheRowsOfTheDocumentsThatMatch(IndexCase kind) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		Library library = new Library(kind.filled("vector", 1, 40));
		Map<String, Integer> expected = new HashMap<>();
		for (int round = 0; round < 3; round++) {
			for (int i = 0; i < 12; i++) {
				List<String> ids = random.ints(20, 0, 150).distinct().mapToObj((id) -> "vector-" + id).toList();
				int year = 2000 + random.nextInt(10);
				library.put(ids, kind.vectors(random.nextInt(1000), ids.size()), year);
				ids.forEach((id) -> expected.put(id, year));
				String gone = "vector-" + random.nextInt(150);
				library.index.delete(gone);
				expected.remove(gone);
			}
			for (int least : new int[] { 0, 2000, 2003, 2008, 2012 }) {
				List<String> ids = expected.entrySet()
					.stream()
					.filter((document) -> document.getValue() >= least)
					.map(Map.Entry::getKey)
					.toList();
				for (boolean others : new boolean[] { false, true }) {
					RowFilter filter = years(library, (year) -> year >= least, others);
					float[] query = kind.vector(round);
					for (int topK : new int[] { 5, 300 }) {
						assertThat(search(library.index, query, topK, filter)).as("seed %d, %d", seed, least)
							.isEqualTo(search(library.index, query, topK, IdFilter.of(ids)));
					}
					assertThat(search(library.index, query, 300, filter)).hasSameSizeAs(ids);
				}
			}
			library.index.compact();
		}
		assertThat(library.open).hasValue(0);
	}

	private static List<Hit> search(SafeIndex index, float[] query, int topK, RowFilter filter) {
		return index.search(SearchRequest.of(query).topK(topK).among(filter).build());
	}

	private static Library small() {
		Library library = new Library(SnapIndex.builder(8).build());
		library.index.addAll(List.of("without"), TestVectors.random(1, 1, 8));
		for (int year = 2000; year < 2004; year++) {
			library.put(TestVectors.ids("of " + year, 10), TestVectors.random(year, 10, 8), year);
		}
		return library;
	}

	@Test
	void aFilterThatMatchesAllIsNoneAndOneThatMatchesNothingFindsNothing() {
		Library library = small();
		library.index.delete("without");
		float[] query = TestVectors.random(3, 1, 8)[0];
		assertThat(search(library.index, query, 7, years(library, (year) -> true, true)))
			.isEqualTo(library.index.search(query, 7));
		assertThat(search(library.index, query, 7, years(library, (year) -> false, false))).isEmpty();
	}

	@Test
	void aFilterOfManyListsFindsAsManyRowsAsThereAre() {
		IvfPqSnapIndex index = IvfPqSnapIndex.builder(8).nlist(10).nprobe(1).subspaces(4).centroids(16).build();
		index.fit(TestVectors.random(1, 300, 8));
		Library library = new Library(index);
		library.put(TestVectors.ids("id", 300), TestVectors.random(2, 300, 8), 2000);
		library.index.compact();
		float[] query = TestVectors.random(3, 1, 8)[0];
		assertThat(library.index.search(query, 300)).hasSizeLessThan(300);
		assertThat(search(library.index, query, 300, years(library, (year) -> true, true))).hasSize(300);
	}

	@Test
	void whatAFilterMatchesIsKeptUntilTheIndexChanges() {
		Library library = small();
		RowFilter filter = years(library, (year) -> year > 2001, false);
		float[] query = TestVectors.random(3, 1, 8)[0];
		for (int i = 0; i < 3; i++) {
			assertThat(search(library.index, query, 100, filter)).hasSize(20);
		}
		assertThat(library.prepared).hasValue(1);
		library.index.delete("of 2003-3");
		assertThat(search(library.index, query, 100, filter)).hasSize(19);
		assertThat(library.prepared).hasValue(2);
		assertThat(search(library.index, query, 100, filter.detached())).hasSize(19);
		assertThat(library.prepared).hasValue(3);
	}

	@Test
	void requestsWithEqualQueriesAreEqual() {
		Library library = small();
		Predicate<Integer> predicate = (year) -> year > 2001;
		SearchRequest request = SearchRequest.of(new float[8]).among(years(library, predicate, false)).build();
		assertThat(request).isEqualTo(SearchRequest.of(new float[8]).among(years(library, predicate, true)).build())
			.hasSameHashCodeAs(request.detached())
			.isEqualTo(request.detached())
			.isNotEqualTo(SearchRequest.of(new float[8]).among(years(library, (year) -> true, false)).build())
			.isNotEqualTo(SearchRequest.of(new float[8]).among(IdFilter.of("a")).build());
		assertThat(Objects.requireNonNull(request.filter()).size()).isEqualTo(1);
	}

	@Test
	void resultsOfEqualRequestsCanBeCached() {
		Library library = small();
		Map<SearchRequest, List<Hit>> cache = new HashMap<>();
		library.index.searchCache(
				(request, generation, search) -> cache.computeIfAbsent(request.detached(), (key) -> search.get()));
		Predicate<Integer> predicate = (year) -> year > 2001;
		float[] query = TestVectors.random(3, 1, 8)[0];
		List<Hit> first = search(library.index, query, 10, years(library, predicate, false));
		assertThat(search(library.index, query, 10, years(library, predicate, false))).isSameAs(first);
		assertThat(first).allMatch((hit) -> hit.number() > 20);
		assertThat(library.prepared).hasValue(1);
	}

	@Test
	void documentsOlderThanTheRowsAreTakenOnceMore() {
		Library library = small();
		Years years = new Years(library, (year) -> year > 2001, false);
		AtomicBoolean late = new AtomicBoolean(true);
		RowFilter filter = Numbers.filter(new NumberQuery() {
			@Override
			public int size() {
				return 1;
			}

			@Override
			public Prepared prepare() {
				Prepared prepared = years.prepare();
				if (late.getAndSet(false)) {
					library.put(List.of("late", "of 2003-3"), TestVectors.random(5, 2, 8), 2007);
				}
				return prepared;
			}
		});
		assertThat(search(library.index, TestVectors.random(3, 1, 8)[0], 100, filter)).hasSize(21)
			.extracting(Hit::id)
			.contains("late", "of 2003-3");
		assertThat(library.prepared).hasValue(2);
		assertThat(library.open).hasValue(0);
	}

	@Test
	@Timeout(60)
	void aDocumentThatIsReplacedAllTheTimeIsFoundByEverySearch() throws Exception {
		long seed = System.nanoTime();
		Library library = small();
		AtomicBoolean done = new AtomicBoolean();
		AtomicReference<Throwable> failure = new AtomicReference<>();
		Map<Integer, Boolean> found = new ConcurrentHashMap<>();
		Thread writer = new Thread(() -> {
			Random random = new Random(seed);
			try {
				while (!done.get()) {
					int year = 2000 + random.nextInt(4);
					library.put(TestVectors.ids("of " + year, 10), TestVectors.random(random.nextInt(100), 10, 8),
							year);
					if (random.nextInt(50) == 0) {
						library.index.compact();
					}
				}
			}
			catch (RuntimeException | Error ex) {
				failure.set(ex);
			}
		});
		writer.start();
		List<String> wrong = new ArrayList<>();
		try {
			long end = System.nanoTime() + 1_500_000_000L;
			for (int i = 0; System.nanoTime() < end && wrong.isEmpty(); i++) {
				int least = 2000 + i % 4;
				List<Hit> hits = search(library.index, TestVectors.random(i, 1, 8)[0], 100,
						years(library, (year) -> year >= least, i % 3 == 0));
				found.put(least, true);
				if (hits.stream().map(Hit::id).distinct().count() != 10 * (2004 - least)) {
					wrong.add(least + " and later: " + hits);
				}
			}
		}
		finally {
			done.set(true);
			writer.join();
		}
		assertThat(failure.get()).isNull();
		assertThat(wrong).as("seed %d", seed).isEmpty();
		assertThat(found).hasSize(4);
		assertThat(library.open).hasValue(0);
	}

}
