package dev.snapvec.internal.rows;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.task.Workers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ids looked up in compacted and loaded rows, beside a map.
 */
class PackedIdTableTests {

	private static final RowLayout LAYOUT = new RowLayout(List.of(CodeSlices.of(1, 8)), Set.of(), 0, false);

	private static final Workers TASKS = new Workers(Runnable::run);

	/** Numbers, texts, and texts of few letters, of which many have the same hash. */
	@Provide
	Arbitrary<List<String>> ids() {
		return Arbitraries
			.oneOf(Arbitraries.longs().map(String::valueOf),
					Arbitraries.integers().between(0, 200).map(String::valueOf), Arbitraries.strings().ofMaxLength(5),
					Arbitraries.of("Aa", "BB").list().ofSize(8).map((pairs) -> String.join("", pairs)))
			.filter((id) -> RowId.of(id).isStorable())
			.list()
			.ofMaxSize(300);
	}

	private static RowLoader loaded(List<String> ids) {
		RowLoader loader = new RowLoader(LAYOUT, ids.size(), TASKS, true);
		for (int row = 0; row < ids.size(); row++) {
			byte[] utf8 = ids.get(row).getBytes(StandardCharsets.UTF_8);
			loader.id(row, utf8, utf8.length);
		}
		return loader;
	}

	private static void assertFinds(View view, Map<String, Integer> model, List<String> others) {
		model.forEach((id, row) -> assertThat(view.rowOf(RowId.of(id))).as(id).isEqualTo(row));
		for (String id : others) {
			assertThat(view.rowOf(RowId.of(id))).as(id).isEqualTo(model.getOrDefault(id, -1));
		}
	}

	@Property(tries = 300)
	void anIdIsFoundIfARowHasIt(@ForAll("ids") List<String> ids, @ForAll("ids") List<String> others) {
		Map<String, Integer> model = new HashMap<>();
		List<String> distinct = ids.stream().distinct().toList();
		for (String id : distinct) {
			model.put(id, model.size());
		}
		RowLoader loader = loaded(distinct);
		assertThat(loader.indexIds()).isNull();
		RowStore store = loader.finish(new int[1]);
		assertFinds(store.view(), model, others);
		View loaded = store.view();
		List<String> added = others.stream().distinct().filter((id) -> !model.containsKey(id)).toList();
		store.put(added.stream().map(RowId::of).toList(), List.of(new EncodedRows(LAYOUT, added.size())));
		assertFinds(loaded, model, others);
		for (String id : added) {
			model.put(id, model.size());
		}
		assertFinds(store.view(), model, List.of("never"));
		store.trim();
		assertFinds(store.view(), model, List.of("never"));
	}

	@Property(tries = 300)
	void theFirstRowOfAnEarlierRowsIdIsNamed(@ForAll("ids") List<String> ids) {
		Map<String, Integer> model = new HashMap<>();
		DuplicateId expected = null;
		for (int row = 0; row < ids.size() && expected == null; row++) {
			Integer first = model.putIfAbsent(ids.get(row), row);
			expected = (first != null) ? new DuplicateId(ids.get(row), first, row) : null;
		}
		assertThat(loaded(ids).indexIds()).isEqualTo(expected);
	}

	@Example
	void aMillionRowsTakeLessThanFourBytesEach() {
		int rows = 1 << 20;
		RowLoader loader = loaded(IntStream.range(0, rows).mapToObj((row) -> Integer.toString(row * 7)).toList());
		assertThat(loader.indexIds()).isNull();
		View view = loader.finish(new int[1]).view();
		assertThat(view.bytes() / (double) rows - LAYOUT.bytesPerRow() - Long.BYTES).isBetween(3.0, 3.9);
		assertThat(IntStream.range(0, rows)).allMatch((row) -> view.rowOf(RowId.of(Integer.toString(row * 7))) == row);
		assertThat(IntStream.range(0, rows))
			.allMatch((row) -> view.rowOf(RowId.of(Integer.toString(row * 7 + 1))) == IdLookup.NONE);
	}

}
