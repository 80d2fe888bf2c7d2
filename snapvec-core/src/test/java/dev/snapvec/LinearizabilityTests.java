package dev.snapvec;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.rows.View;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Publication of views, the id table, and compaction beside both: whatever readers,
 * writers and a compaction answer, they could have answered one after the other. Lincheck
 * tries the orders in which their steps can follow each other, and also lets them run as
 * they will. Readers must not wait for anybody.
 */
class LinearizabilityTests {

	@Test
	void readersWritersAndACompactionActAsIfOneAfterTheOther() {
		modelChecking(6, 60).check(FullTable.class);
	}

	@Test
	void theyDoSoAtFullSpeed() {
		stress(5, 300).check(FullTable.class);
		stress(5, 300).check(FullBlock.class);
	}

	@Test
	@Tag("slow")
	void theyDoSoInManyOrders() {
		modelChecking(60, 150).check(FullTable.class);
	}

	@Test
	@Tag("slow")
	void theyDoSoAtFullSpeedForLong() {
		stress(60, 2_000).check(FullTable.class);
		stress(60, 2_000).check(FullBlock.class);
	}

	private static ModelCheckingOptions modelChecking(int scenarios, int orders) {
		return new ModelCheckingOptions().iterations(scenarios)
			.invocationsPerIteration(orders)
			.threads(3)
			.actorsBefore(2)
			.actorsPerThread(2)
			.actorsAfter(2)
			.loopBound(10_000)
			.loopIterationsBeforeThreadSwitch(1_000)
			.checkObstructionFreedom(true)
			.addGuarantee(ManagedStrategyGuaranteeKt
				.forClasses("dev.snapvec.internal.rows.EncodedRows", "dev.snapvec.internal.rows.RowId",
						"dev.snapvec.internal.rows.RowOrder")
				.allMethods()
				.ignore())
			.sequentialSpecification(Model.class);
	}

	private static StressOptions stress(int scenarios, int runs) {
		return new StressOptions().iterations(scenarios)
			.invocationsPerIteration(runs)
			.threads(3)
			.actorsBefore(2)
			.actorsPerThread(4)
			.actorsAfter(2)
			.sequentialSpecification(Model.class);
	}

	/** What the rows of a store are to its callers. */
	public static class Model {

		private final int[] codes = { -1, -1, -1 };

		public void put(int id, int code) {
			this.codes[id] = code;
		}

		public void putAll(int code) {
			Arrays.fill(this.codes, code);
		}

		public boolean remove(int id) {
			boolean there = this.codes[id] != -1;
			this.codes[id] = -1;
			return there;
		}

		public void compact() {
		}

		public int get(int id) {
			return this.codes[id];
		}

		public int getAll() {
			int all = 0;
			int size = 0;
			for (int code : this.codes) {
				all = all * 10 + code;
				size += (code != -1) ? 1 : 0;
			}
			return all * 10 + size;
		}

	}

	/** With two of the ids the table is as full as it may be. */
	public static class FullTable extends Rows {

		public FullTable() {
			super(10);
		}

	}

	/** With two rows the block is full. */
	public static class FullBlock extends Rows {

		public FullBlock() {
			super(Groups.GROUP - 2);
		}

	}

	/** A store that holds other ids too, written as an index writes it. */
	@Param(name = "id", gen = IntGen.class, conf = "0:2")
	@Param(name = "code", gen = IntGen.class, conf = "1:9")
	public abstract static class Rows {

		/** A number and two texts, for they are kept in different places. */
		private static final RowId[] IDS = { RowId.of("7"), RowId.of("a"), RowId.of("b") };

		private static final List<RowId> OTHERS = TestVectors.ids("other", Groups.GROUP)
			.stream()
			.map(RowId::of)
			.toList();

		private static final RowLayout LAYOUT = new RowLayout(List.of(CodeSlices.of(1, 8)), Set.of(), 0, false);

		private final RowStore store = new RowStore(LAYOUT, 1);

		private final Lock writer = new ReentrantLock();

		private final Compactor compactor = new Compactor(() -> this.store, this.writer, Runnable::run);

		private final int others;

		/** Guarded by {@link #writer}. */
		private long number;

		Rows(int others) {
			this.others = others;
			put(OTHERS.subList(0, others), 0);
		}

		private void put(List<RowId> ids, int code) {
			EncodedRows rows = new EncodedRows(LAYOUT, ids.size());
			Arrays.fill(rows.codes(0), (byte) code);
			List<EncodedRows> batches = List.of(rows);
			this.writer.lock();
			try {
				long[] numbers = new long[ids.size()];
				Arrays.setAll(numbers, (row) -> ++this.number);
				rows.numbers(numbers, 0);
				this.store.put(ids, batches);
			}
			finally {
				this.writer.unlock();
			}
		}

		@Operation(blocking = true)
		public void put(@Param(name = "id") int id, @Param(name = "code") int code) {
			put(List.of(IDS[id]), code);
		}

		@Operation(blocking = true)
		public void putAll(@Param(name = "code") int code) {
			put(List.of(IDS), code);
		}

		@Operation(blocking = true)
		public boolean remove(@Param(name = "id") int id) {
			this.writer.lock();
			try {
				int row = this.store.view().rowOf(IDS[id]);
				if (row >= 0) {
					this.store.remove(new int[] { row });
				}
				return row >= 0;
			}
			finally {
				this.writer.unlock();
			}
		}

		@Operation(blocking = true)
		public void compact() {
			this.compactor.compact();
		}

		@Operation
		public int get(@Param(name = "id") int id) {
			return code(this.store.view(), IDS[id]);
		}

		/** All of one view, in one number, which Lincheck compares fast. */
		@Operation
		public int getAll() {
			View view = this.store.view();
			int all = 0;
			for (RowId id : IDS) {
				all = all * 10 + code(view, id);
			}
			return all * 10 + view.size() - this.others;
		}

		private static int code(View view, RowId id) {
			int row = view.rowOf(id);
			if (row < 0) {
				return -1;
			}
			if (view.rowOfNumber(view.number(row)) != row) {
				return -2;
			}
			byte[] code = new byte[1];
			view.block(row).codes(0, Groups.inBlock(row), code, 0);
			return code[0];
		}

	}

}
