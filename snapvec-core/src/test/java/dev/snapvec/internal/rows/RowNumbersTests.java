package dev.snapvec.internal.rows;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers of rows, beside a map that the same is done to.
 */
class RowNumbersTests {

	private static final int LISTS = 5;

	private static final Runnable NO_PAUSE = () -> {
	};

	private final long seed = System.nanoTime();

	private final Random random = new Random(this.seed);

	/** A store, the number of each id that is in it, and all that were ever given. */
	private final class Pair {

		private final RowLayout layout;

		private final RowStore store;

		private final Map<String, Long> model = new HashMap<>();

		private final Set<Long> given = new HashSet<>();

		private long newest;

		private Pair(boolean partitioned) {
			this.layout = new RowLayout(List.of(CodeSlices.of(1, 8)), Set.of(), 0, partitioned);
			this.store = new RowStore(this.layout, LISTS);
		}

		private List<String> ids() {
			int space = 1 + RowNumbersTests.this.random.nextInt(9000);
			return RowNumbersTests.this.random.ints(RowNumbersTests.this.random.nextInt(400), 0, space)
				.distinct()
				.mapToObj((i) -> "id" + i)
				.toList();
		}

		private long[] next(int count) {
			long[] numbers = new long[count];
			for (int i = 0; i < count; i++) {
				this.newest += 1 + RowNumbersTests.this.random.nextInt(1 << 20);
				numbers[i] = this.newest;
				this.given.add(this.newest);
			}
			return numbers;
		}

		private void change() {
			switch (RowNumbersTests.this.random.nextInt(4)) {
				case 0 -> remove(ids());
				case 1 -> renumber(ids());
				default -> put(ids(), RowNumbersTests.this.random.nextInt(4) > 0);
			}
		}

		private void put(List<String> ids, boolean numbered) {
			EncodedRows rows = new EncodedRows(this.layout, ids.size());
			for (int i = 0; i < ids.size(); i++) {
				rows.codes(0)[i] = (byte) ids.get(i).hashCode();
			}
			if (this.layout.partitioned()) {
				Arrays.setAll(rows.lists(), (i) -> Math.floorMod(ids.get(i).hashCode(), LISTS));
			}
			long[] numbers = numbered ? next(ids.size()) : new long[ids.size()];
			for (int i = 0; i < numbers.length; i++) {
				// some documents without number among others
				numbers[i] = (i % 7 == 3) ? 0 : numbers[i];
			}
			if (numbered) {
				rows.numbers(numbers, 0);
			}
			assertThat(this.store.put(ids.stream().map(RowId::of).toList(), List.of(rows)))
				.containsExactlyInAnyOrder(numbersOf(ids));
			for (int i = 0; i < numbers.length; i++) {
				this.model.put(ids.get(i), numbers[i]);
			}
		}

		private long[] numbersOf(List<String> ids) {
			return ids.stream().mapToLong((id) -> this.model.getOrDefault(id, 0L)).filter((n) -> n > 0).toArray();
		}

		private int[] rows(List<String> ids) {
			View view = this.store.view();
			return ids.stream().filter(this.model::containsKey).mapToInt((id) -> view.rowOf(RowId.of(id))).toArray();
		}

		private void remove(List<String> ids) {
			assertThat(this.store.remove(rows(ids))).containsExactlyInAnyOrder(numbersOf(ids));
			this.model.keySet().removeAll(ids);
		}

		private void renumber(List<String> ids) {
			List<String> there = ids.stream().filter(this.model::containsKey).toList();
			long[] numbers = next(there.size());
			assertThat(this.store.renumber(rows(there), numbers)).containsExactlyInAnyOrder(numbersOf(there));
			for (int i = 0; i < numbers.length; i++) {
				this.model.put(there.get(i), numbers[i]);
			}
		}

	}

	private void assertHolds(View view, Map<String, Long> model, Set<Long> given) {
		assertThat(view.size()).as("seed %d", this.seed).isEqualTo(model.size());
		Set<Long> gone = new HashSet<>(given);
		model.forEach((id, number) -> {
			int row = view.rowOf(RowId.of(id));
			assertThat(view.number(row)).as("number of %s, seed %d", id, this.seed).isEqualTo(number);
			byte[] code = new byte[1];
			view.block(row).codes(0, Groups.inBlock(row), code, 0);
			assertThat(code[0]).as("code of %s, seed %d", id, this.seed).isEqualTo((byte) id.hashCode());
			if (view.layout().partitioned()) {
				assertThat(view.list(row)).isEqualTo(Math.floorMod(id.hashCode(), LISTS));
			}
			if (number > 0) {
				assertThat(view.rowOfNumber(number)).as("row of %d, seed %d", number, this.seed).isEqualTo(row);
				gone.remove(number);
			}
		});
		assertThat(gone).as("seed %d", this.seed).allMatch((number) -> view.rowOfNumber(number) == IdLookup.NONE);
		assertThat(view.rowOfNumber(0)).isEqualTo(IdLookup.NONE);
		assertThat(view.rowOfNumber(-1)).isEqualTo(IdLookup.NONE);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aNumberLeadsToItsRowInEveryViewThatHasIt(boolean partitioned) {
		Pair pair = new Pair(partitioned);
		for (int round = 0; round < 8; round++) {
			for (int i = this.random.nextInt(30); i > 0; i--) {
				pair.change();
			}
			View old = pair.store.view();
			Map<String, Long> oldModel = Map.copyOf(pair.model);
			Set<Long> oldGiven = Set.copyOf(pair.given);
			Compaction compaction = pair.store.compaction(() -> {
				if (this.random.nextInt(8) == 0) {
					pair.change();
				}
			}, round % 2);
			for (int i = this.random.nextInt(10); i > 0; i--) {
				pair.change();
			}
			compaction.catchUp();
			for (int i = this.random.nextInt(10); i > 0; i--) {
				pair.change();
			}
			compaction.publish();
			assertHolds(pair.store.view(), pair.model, pair.given);
			assertHolds(old, oldModel, oldGiven);
			pair.store.trim();
			assertHolds(pair.store.view(), pair.model, pair.given);
		}
	}

	@Test
	void aViewKeepsItsNumbersWhateverIsGivenLater() {
		Pair pair = new Pair(false);
		pair.put(List.of("a", "b"), true);
		View first = pair.store.view();
		Map<String, Long> model = Map.copyOf(pair.model);
		pair.renumber(List.of("a"));
		pair.put(List.of("b"), true);
		for (int i = 0; i < 100; i++) {
			pair.put(List.of("c" + i), true);
		}
		assertHolds(first, model, pair.given);
		assertHolds(pair.store.view(), pair.model, pair.given);
	}

	@Test
	void aNumberThatADeadRowHadIsThatOfTheLiveRow() {
		RowStore store = new Pair(false).store;
		for (int round = 0; round < 3; round++) {
			EncodedRows row = new EncodedRows(store.view().layout(), 1);
			row.numbers(new long[] { 5 }, 0);
			View before = store.view();
			store.put(List.of(RowId.of("a")), List.of(row));
			assertThat(before.rowOfNumber(5)).isEqualTo(IdLookup.NONE);
			assertThat(store.view().rowOfNumber(5)).isEqualTo(round);
			store.remove(new int[] { round });
			assertThat(store.view().rowOfNumber(5)).isEqualTo(IdLookup.NONE);
		}
	}

	@Test
	void theNewestNumberIsThatOfAllRowsThatEverWere() {
		Pair pair = new Pair(true);
		assertThat(pair.store.view().isNumbered()).isFalse();
		pair.put(List.of("a", "b"), true);
		long newest = pair.newest;
		pair.remove(List.of("b"));
		pair.store.compaction(NO_PAUSE, 0).publish();
		assertThat(pair.store.view().newestNumber()).isEqualTo(newest);
		pair.store.numbersUpTo(newest - 1);
		assertThat(pair.store.view().newestNumber()).isEqualTo(newest);
		pair.store.numbersUpTo(newest + 5);
		pair.put(List.of("c"), false);
		assertThat(pair.store.view().newestNumber()).isEqualTo(newest + 5);
	}

	@Test
	void rowsWithoutNumbersTakeNoMemoryForThem() {
		Pair pair = new Pair(false);
		List<String> ids = IntStream.range(0, 5000).mapToObj((i) -> "id" + i).toList();
		pair.put(ids, false);
		long without = pair.store.view().bytes();
		pair.store.compaction(NO_PAUSE, 0).publish();
		long compact = pair.store.view().bytes();
		Pair numbered = new Pair(false);
		numbered.put(ids, true);
		numbered.store.compaction(NO_PAUSE, 0).publish();
		assertThat(pair.store.view().isNumbered()).isFalse();
		assertThat(without).isGreaterThan(compact);
		double each = (numbered.store.view().bytes() - compact) / 5000.0;
		assertThat(each).as("bytes per number").isBetween(12.0, 13.5);
	}

}
