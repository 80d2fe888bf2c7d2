package dev.snapvec.internal.scan;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.snapvec.TestSpecs;
import dev.snapvec.TestVectors;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.rows.View;
import dev.snapvec.internal.type.residual.ResidualQuantizer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plans of one, two and three passes over the same rows.
 */
class SearchPlanTests {

	private static final int DIMENSION = 24;

	private static final int ROWS = 5_000;

	private final ResidualQuantizer quantizer = new ResidualQuantizer(TestSpecs.residual(DIMENSION, 4, 3));

	private final float[] query = TestVectors.unit(2, 1, DIMENSION)[0];

	private final View view = view();

	private View view() {
		EncodedRows rows = new EncodedRows(this.quantizer.layout(), ROWS);
		this.quantizer.encode(TestVectors.unit(1, ROWS, DIMENSION), rows);
		RowStore store = new RowStore(this.quantizer.layout(), 0);
		store.put(IntStream.range(0, ROWS).mapToObj((row) -> RowId.of(Integer.toString(row))).toList(), List.of(rows));
		return store.view();
	}

	/** The tables of a search with rerank: of the coarse code, and of both codes. */
	private void passes(SearchPlan plan, Consumer<SearchPlan> passes) {
		this.quantizer.prepare(this.query, 0, 1, plan);
		passes.accept(plan);
	}

	private List<SliceTables> tables(SearchPlan plan, int pass) {
		return plan.passes().get(pass).tables();
	}

	@Test
	void eachPassNarrowsWhatTheOneBeforeLeft() {
		Consumer<SearchPlan> three = (plan) -> passes(plan, (two) -> {
			List<SliceTables> coarse = tables(two, 0);
			List<SliceTables> both = tables(two, 1);
			two.passes().clear();
			two.pick(1_000, Factors.NONE, coarse);
			two.pick(100, Factors.NONE, both);
			two.exact(new Factors(true, false), both);
		});
		List<Searchers.Found> expected = Searchers.exactly(this.view, null, 10, three);
		Searchers.byEveryKernel(this.view, null, 10, three)
			.forEach((kernel, found) -> assertThat(found).as(kernel).isEqualTo(expected));
	}

	@Test
	void aPassKeepsNoMoreThanItIsToldTo() {
		Consumer<SearchPlan> narrow = (plan) -> passes(plan, (two) -> {
			List<SliceTables> coarse = tables(two, 0);
			List<SliceTables> both = tables(two, 1);
			two.passes().clear();
			two.pick(1_000, Factors.NONE, coarse);
			two.pick(3, Factors.NONE, both);
			two.exact(Factors.NONE, both);
		});
		List<Searchers.Found> expected = Searchers.exactly(this.view, null, 3, narrow);
		Searchers.byEveryKernel(this.view, null, 3, narrow)
			.forEach((kernel, found) -> assertThat(found).as(kernel).isEqualTo(expected));
	}

	@Test
	void aPlanOfOneMoreHitThanItKeepsKeepsThatToo() {
		Consumer<SearchPlan> plan = (each) -> this.quantizer.prepare(this.query, 0, 1, each);
		Searchers.byEveryKernel(this.view, null, 7, plan)
			.forEach((kernel, found) -> assertThat(found).as(kernel).hasSize(7));
	}

}
