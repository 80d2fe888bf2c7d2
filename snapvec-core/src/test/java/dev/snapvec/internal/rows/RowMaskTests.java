package dev.snapvec.internal.rows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RowMaskTests {

	private static final RowLayout LAYOUT = new RowLayout(List.of(CodeSlices.of(1, 8)), Set.of(), 0, true);

	@Test
	void itsListsAreThoseOfItsRows() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int round = 0; round < 200; round++) {
			int lists = 1 + random.nextInt(40);
			RowStore store = new RowStore(LAYOUT, lists);
			put(store, random, lists, "sorted ", random.nextInt(700));
			Compaction compaction = store.compaction(() -> {
			}, 0);
			compaction.catchUp();
			compaction.publish();
			put(store, random, lists, "tail ", random.nextInt(3) * random.nextInt(100));
			View view = store.view();
			List<RowId> some = IntStream.range(0, view.count())
				.filter((row) -> random.nextInt(20) == 0)
				.mapToObj(view::rowId)
				.toList();
			for (RowMask mask : List.of(RowMask.of(view, some), RowMask.not(view, some))) {
				boolean[] expected = new boolean[lists];
				for (int row = 0; row < view.count(); row++) {
					if ((mask.word(row / Groups.GROUP) >>> row & 1) != 0) {
						expected[view.list(row)] = true;
					}
				}
				assertThat(mask.lists(view)).as("round %d, seed %d", round, seed).isEqualTo(expected);
				assertThat(mask.lists(view)).as("found out once").isSameAs(mask.lists(view));
			}
		}
	}

	/** Into few lists, so that some are empty. */
	private static void put(RowStore store, Random random, int lists, String prefix, int count) {
		EncodedRows rows = new EncodedRows(LAYOUT, count);
		Arrays.setAll(rows.lists(), (row) -> random.nextInt(1 + random.nextInt(lists)));
		store.put(IntStream.range(0, count).mapToObj((row) -> RowId.of(prefix + row)).toList(), List.of(rows));
	}

}
