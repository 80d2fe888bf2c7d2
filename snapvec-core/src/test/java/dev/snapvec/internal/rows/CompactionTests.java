package dev.snapvec.internal.rows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stores that change while they are compacted, beside a map that the same is done to.
 */
class CompactionTests {

	private static final int LISTS = 7;

	private static final Runnable NO_PAUSE = () -> {
	};

	/** A store, and the code of each id that is in it. */
	private static final class Pair {

		private final RowLayout layout;

		private final RowStore store;

		private final Map<String, Byte> model = new HashMap<>();

		private Pair(boolean partitioned) {
			this.layout = new RowLayout(List.of(CodeSlices.of(2, 8)), Set.of(FloatColumn.SCALE), 1, partitioned);
			this.store = new RowStore(this.layout, LISTS);
		}

		/** Each part of a row is made of its code, so that it can be told from others. */
		private void put(List<String> ids, Random random) {
			EncodedRows rows = new EncodedRows(this.layout, ids.size());
			for (int i = 0; i < ids.size(); i++) {
				byte code = (byte) random.nextInt(100);
				rows.codes(0)[2 * i] = code;
				rows.floats(FloatColumn.SCALE)[i] = code;
				rows.float16()[i] = code;
				if (this.layout.partitioned()) {
					rows.lists()[i] = code % LISTS;
				}
				this.model.put(ids.get(i), code);
			}
			this.store.put(ids.stream().map(RowId::of).toList(), List.of(rows));
		}

		private void remove(List<String> ids) {
			View view = this.store.view();
			this.store.remove(ids.stream()
				.mapToInt((id) -> view.rowOf(RowId.of(id)))
				.filter((row) -> row != IdLookup.NONE)
				.toArray());
			this.model.keySet().removeAll(Set.copyOf(ids));
		}

		private void change(Random random) {
			int space = 1 + random.nextInt(9000);
			List<String> ids = random.ints(random.nextInt(400), 0, space)
				.distinct()
				.mapToObj((i) -> (i % 2 == 0) ? Integer.toString(i) : "id" + i)
				.toList();
			if (random.nextInt(3) > 0) {
				put(ids, random);
			}
			else {
				remove(ids);
			}
		}

	}

	private static void compact(RowStore store) {
		store.compaction(NO_PAUSE, 0).publish();
	}

	private static void assertHolds(View view, Map<String, Byte> model) {
		assertThat(view.size()).isEqualTo(model.size());
		boolean partitioned = view.layout().partitioned();
		model.forEach((id, code) -> {
			int row = view.rowOf(RowId.of(id));
			assertThat(row).as("row of %s", id).isNotNegative();
			int inBlock = Groups.inBlock(row);
			byte[] found = new byte[2];
			view.block(row).codes(0, inBlock, found, 0);
			assertThat(found).as("code of %s", id).containsExactly(code, (byte) 0);
			assertThat(view.block(row).floats(FloatColumn.SCALE)[inBlock]).isEqualTo((float) code);
			assertThat(view.block(row).float16()[inBlock]).isEqualTo((short) code);
			assertThat(view.id(row)).isEqualTo(id);
			if (partitioned) {
				assertThat(view.list(row)).as("list of %s", id).isEqualTo(code % LISTS);
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "false,1", "false,2", "false,3", "true,1", "true,2", "true,3" })
	void whatChangesMeanwhileIsKept(boolean partitioned, long seed) {
		Random random = new Random(seed);
		Pair pair = new Pair(partitioned);
		for (int compactions = 0; compactions < 12; compactions++) {
			for (int i = random.nextInt(40); i > 0; i--) {
				pair.change(random);
			}
			View old = pair.store.view();
			Map<String, Byte> oldModel = Map.copyOf(pair.model);
			Compaction compaction = pair.store.compaction(() -> {
				if (random.nextInt(4) == 0) {
					pair.change(random);
				}
			}, compactions % 2);
			for (int round = random.nextInt(3); round > 0; round--) {
				for (int i = random.nextInt(10); i > 0; i--) {
					pair.change(random);
				}
				compaction.catchUp();
			}
			for (int i = random.nextInt(10); i > 0; i--) {
				pair.change(random);
			}
			compaction.publish();
			assertHolds(pair.store.view(), pair.model);
			assertHolds(old, oldModel);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void nothingIsDeadOrUnsortedAfterwards(boolean partitioned) {
		Random random = new Random(5);
		Pair pair = new Pair(partitioned);
		for (int i = 0; i < 100; i++) {
			pair.change(random);
		}
		assertThat(pair.store.view().dead()).isPositive();
		assertThat(pair.store.view().tail()).isEqualTo(partitioned ? pair.store.view().count() : 0);
		assertThat(pair.store.trim()).isFalse();
		compact(pair.store);
		View view = pair.store.view();
		assertThat(view.dead()).isZero();
		assertThat(view.tail()).isZero();
		assertThat(pair.store.trim()).isTrue();
		assertHolds(pair.store.view(), pair.model);
	}

	@Test
	void whereMoreRowsAreExpectedTheirIdsHaveRoom() {
		Random random = new Random(8);
		Pair pair = new Pair(true);
		pair.put(IntStream.range(0, 1000).mapToObj((i) -> "id" + i).toList(), random);
		pair.store.compaction(NO_PAUSE, 1).publish();
		IdLookup roomy = pair.store.view().ids();
		pair.put(List.of("more"), random);
		assertThat(pair.store.view().ids()).isSameAs(roomy);
		compact(pair.store);
		assertThat(pair.store.view().ids().bytes()).isLessThan(roomy.bytes() / 2);
		assertHolds(pair.store.view(), pair.model);
	}

	@Test
	void catchingUpTellsHowMuchWasMissed() {
		Random random = new Random(6);
		Pair pair = new Pair(true);
		pair.put(List.of("a", "b", "c", "d"), random);
		Compaction compaction = pair.store.compaction(NO_PAUSE, 0);
		assertThat(compaction.catchUp()).isZero();
		pair.put(List.of("e"), random);
		assertThat(compaction.catchUp()).isEqualTo(1);
		pair.put(List.of("a"), random);
		assertThat(compaction.catchUp()).isEqualTo(2);
		pair.put(List.of("f"), random);
		pair.remove(List.of("f", "b"));
		assertThat(compaction.catchUp()).as("f came and went").isEqualTo(1);
		compaction.publish();
		assertHolds(pair.store.view(), pair.model);
		assertThat(pair.store.view().tail()).as("a and e").isEqualTo(2);
	}

	@Test
	void isWorthwhileWhenMuchIsDeadOrUnsorted() {
		Random random = new Random(7);
		Pair plain = new Pair(false);
		Pair listed = new Pair(true);
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 40_000; i++) {
			ids.add("id" + i);
		}
		plain.put(ids, random);
		listed.put(ids, random);
		assertThat(plain.store.isWorthCompacting()).isFalse();
		assertThat(listed.store.isWorthCompacting()).as("nothing is sorted").isTrue();
		compact(listed.store);
		assertThat(listed.store.isWorthCompacting()).isFalse();
		plain.remove(ids.subList(0, 10_000));
		assertThat(plain.store.isWorthCompacting()).as("a quarter of 40,000").isFalse();
		plain.remove(ids.subList(10_000, 10_001));
		assertThat(plain.store.isWorthCompacting()).isTrue();
		listed.put(ids.subList(0, 5000), random);
		assertThat(listed.store.isWorthCompacting()).as("an eighth of 40,000").isFalse();
		listed.put(List.of("one more"), random);
		assertThat(listed.store.isWorthCompacting()).isTrue();
	}

}
