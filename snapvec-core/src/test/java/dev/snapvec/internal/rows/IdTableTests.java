package dev.snapvec.internal.rows;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import dev.snapvec.internal.code.CodeSlices;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ids looked up on behalf of views, old and new, while rows are replaced.
 */
class IdTableTests {

	private static final RowLayout LAYOUT = new RowLayout(List.of(CodeSlices.of(1, 8)), Set.of(), 0, false);

	private static void put(RowStore store, String... ids) {
		store.put(Arrays.stream(ids).map(RowId::of).toList(), List.of(new EncodedRows(LAYOUT, ids.length)));
	}

	private static void compact(RowStore store) {
		store.compaction(() -> {
		}, 0).publish();
	}

	private static int rowOf(View view, String id) {
		return view.rowOf(RowId.of(id));
	}

	@Test
	void eachViewKnowsItsOwnRows() {
		RowStore store = new RowStore(LAYOUT, 1);
		View none = store.view();
		put(store, "a", "7");
		View first = store.view();
		for (int i = 0; i < 100; i++) {
			put(store, "a");
		}
		View replaced = store.view();
		store.remove(new int[] { rowOf(replaced, "7") });
		View removed = store.view();
		put(store, "7");
		View again = store.view();
		put(store, IntStream.range(0, 5000).mapToObj((i) -> "x" + i).toArray(String[]::new));
		assertThat(rowOf(none, "a")).isEqualTo(-1);
		assertThat(rowOf(first, "a")).isEqualTo(0);
		assertThat(rowOf(first, "7")).isEqualTo(1);
		assertThat(rowOf(replaced, "a")).isEqualTo(101);
		assertThat(rowOf(replaced, "7")).isEqualTo(1);
		assertThat(rowOf(removed, "7")).isEqualTo(-1);
		assertThat(rowOf(again, "7")).isEqualTo(102);
		assertThat(rowOf(again, "x17")).isEqualTo(-1);
		assertThat(rowOf(store.view(), "x17")).isEqualTo(120);
		compact(store);
		assertThat(rowOf(first, "a")).isEqualTo(0);
		assertThat(rowOf(again, "7")).isEqualTo(102);
		assertThat(store.view().id(rowOf(store.view(), "x4999"))).isEqualTo("x4999");
	}

	@Test
	void aLiveIdIsFoundWhateverTheWriterDoes() throws Exception {
		RowStore store = new RowStore(LAYOUT, 1);
		put(store, "hot", "1", "cold");
		AtomicBoolean done = new AtomicBoolean();
		ExecutorService threads = Executors.newFixedThreadPool(3);
		try {
			List<Future<Integer>> readers = IntStream.range(0, 3)
				.mapToObj((r) -> threads.submit((Callable<Integer>) () -> {
					int reads = 0;
					View old = store.view();
					int oldRow = rowOf(old, "hot");
					for (; !done.get(); reads++) {
						View view = store.view();
						int row = rowOf(view, "hot");
						assertThat(row).isNotEqualTo(-1);
						assertThat(view.id(row)).isEqualTo("hot");
						assertThat(view.id(rowOf(view, "1"))).isEqualTo("1");
						assertThat(rowOf(view, "cold")).isNotEqualTo(-1);
						assertThat(rowOf(view, "never")).isEqualTo(-1);
						if (reads % 20 == 0) {
							assertThat(rowOf(old, "hot")).isEqualTo(oldRow);
							old = view;
							oldRow = row;
						}
					}
					return reads;
				}))
				.toList();
			long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
			for (int round = 0; System.nanoTime() < end; round++) {
				put(store, "hot");
				if (round % 3 == 0) {
					put(store, "1", "new" + round, Integer.toString(1000 + round));
				}
				if (round % 1000 == 999) {
					compact(store);
				}
			}
			done.set(true);
			for (Future<Integer> reader : readers) {
				assertThat(reader.get(20, TimeUnit.SECONDS)).isPositive();
			}
		}
		finally {
			done.set(true);
			threads.shutdownNow();
		}
	}

}
