package dev.snapvec;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.rows.RowStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * When an index is compacted, on which thread, and what happens beside it.
 */
@Timeout(60)
class CompactorTests {

	private static final RowLayout LAYOUT = new RowLayout(List.of(CodeSlices.of(1, 8)), Set.of(), 0, false);

	private static final int MANY = 20_000;

	private final RowStore store = new RowStore(LAYOUT, 1);

	private final List<Runnable> background = new ArrayList<>();

	/** What to do just before the writer lock is taken for the n-th time. */
	private final List<Runnable> beforeLock = new ArrayList<>();

	private final ReentrantLock writer = new ReentrantLock() {

		private static final long serialVersionUID = 1L;

		@Override
		public void lock() {
			if (!CompactorTests.this.beforeLock.isEmpty()) {
				CompactorTests.this.beforeLock.remove(0).run();
			}
			super.lock();
		}

	};

	private final Compactor compactor = new Compactor(() -> this.store, this.writer, this.background::add);

	private void put(String prefix, int count) {
		this.store.put(TestVectors.ids(prefix, count).stream().map(RowId::of).toList(),
				List.of(new EncodedRows(LAYOUT, count)));
	}

	private int dead() {
		return this.store.view().dead();
	}

	@Test
	void rowsAreReadWithoutTheWriterLockAndWritesMadeMeanwhileAreKept() {
		put("a", MANY);
		put("a", MANY);
		this.beforeLock.add(() -> {
		});
		this.beforeLock.add(() -> {
			// the new blocks are made by now, and the store's writer was not kept waiting
			assertThat(this.writer.isLocked()).isFalse();
			put("a", 3);
			put("b", 2);
			this.store.remove(new int[] { this.store.view().rowOf(RowId.of("a-7")) });
		});
		this.compactor.compact();
		assertThat(this.beforeLock).isEmpty();
		assertThat(this.store.view().size()).isEqualTo(MANY + 2 - 1);
		assertThat(dead()).as("what died after the blocks were made").isEqualTo(4);
		assertThat(this.store.view().rowOf(RowId.of("b-1"))).isNotNegative();
		assertThat(this.store.view().rowOf(RowId.of("a-7"))).isNegative();
	}

	@Test
	void theMutationThatCrossesTheLineOnlyAsksForACompaction() {
		put("a", MANY);
		this.compactor.compactIfWorthwhile();
		assertThat(this.background).isEmpty();
		put("a", MANY);
		this.compactor.compactIfWorthwhile();
		this.compactor.compactIfWorthwhile();
		assertThat(dead()).isEqualTo(MANY);
		assertThat(this.background).as("one at a time").hasSize(1);
		this.background.remove(0).run();
		assertThat(dead()).isZero();
		put("a", MANY);
		this.compactor.compactIfWorthwhile();
		assertThat(this.background).as("and again").hasSize(1);
	}

	@Test
	void whatWasCompactedMeanwhileIsLeftAlone() {
		put("a", MANY);
		put("a", MANY);
		this.compactor.compactIfWorthwhile();
		this.compactor.compact();
		put("a", 1);
		this.background.remove(0).run();
		assertThat(dead()).isEqualTo(1);
	}

	@Test
	void aFailureIsAWarningUntilACompactionSucceeds() {
		put("a", MANY);
		put("a", MANY);
		this.compactor.compactIfWorthwhile();
		this.beforeLock.add(() -> {
			throw new IllegalStateException("pretended");
		});
		assertThatExceptionOfType(IllegalStateException.class).as("for the thread's handler")
			.isThrownBy(this.background.remove(0)::run);
		assertThat(this.compactor.addWarning(List.of("other"))).hasSize(2)
			.last()
			.asString()
			.contains("IllegalStateException", "pretended", Integer.toString(MANY));
		this.compactor.compactIfWorthwhile();
		assertThat(this.background).as("not again at once").isEmpty();
		put("a", MANY);
		put("a", 1);
		this.compactor.compactIfWorthwhile();
		assertThat(this.background).as("but when twice as many rows are dead").hasSize(1);
		this.background.remove(0).run();
		assertThat(dead()).isZero();
		assertThat(this.compactor.addWarning(List.of("other"))).containsExactly("other");
	}

	@Test
	void aMutationSucceedsAlsoIfNoThreadCanBeHad() {
		Compactor refused = new Compactor(() -> this.store, this.writer, (task) -> {
			throw new RejectedExecutionException("pretended");
		});
		put("a", MANY);
		put("a", MANY);
		refused.compactIfWorthwhile();
		assertThat(refused.addWarning(List.of())).singleElement().asString().contains("pretended");
	}

	@Test
	void anIndexCompactsItselfOnADaemonThread() {
		VectorIndex index = SnapIndex.builder(2).build();
		List<String> ids = TestVectors.ids("id", MANY);
		float[][] vectors = TestVectors.random(1, MANY, 2);
		index.addAll(ids, vectors);
		index.upsertAll(ids, vectors);
		assertThat(Thread.getAllStackTraces().keySet()).filteredOn("name", "snapvec-compactor")
			.allMatch(Thread::isDaemon)
			.isNotEmpty();
		await().until(() -> index.stats().deadRows() == 0);
		index.deleteAll(ids);
		await().until(() -> index.stats().deadRows() == 0);
		assertThat(index.size()).isZero();
	}

	@Test
	void aFrozenIndexIsCompactAndRefusesMutations() {
		VectorIndex index = SnapIndex.builder(2).build();
		List<String> ids = TestVectors.ids("id", 10);
		index.addAll(ids, TestVectors.random(1, 10, 2));
		index.delete("id-3");
		index.freeze();
		assertThat(index.stats().deadRows()).isZero();
		assertThatExceptionOfType(FrozenIndexException.class).isThrownBy(() -> index.delete("id-4"));
		index.compact();
		index.unfreeze();
		assertThat(index.delete("id-4")).isTrue();
	}

}
