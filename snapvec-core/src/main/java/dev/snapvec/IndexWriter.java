package dev.snapvec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.rows.View;
import org.jspecify.annotations.Nullable;

/**
 * Changes the rows of an index, and rejects mutations while it is frozen.
 * <p>
 * Mutations validate and encode first, concurrently with each other, then acquire the
 * lock and make the store publish a new view. A compaction acquires that lock for its
 * last rows only. Searches read the store's view and need nothing else.
 *
 * <p>
 * See docs/concurrency.md, and docs/adr/0001-blocks-and-views.md for the reasons.
 */
final class IndexWriter {

	private final RowEncoding encoding;

	private final Supplier<RowStore> store;

	private final OrderedLock lock = new OrderedLock(LockRank.WRITER, "the rows of an index");

	private final Compactor compactor;

	private volatile boolean frozen;

	/** Number of changes of rows, attributes or quantizer; compactions do not count. */
	private final AtomicLong changes = new AtomicLong();

	/**
	 * @param encoding encodes rows
	 * @param store supplies the rows: another store once an index is fitted
	 */
	IndexWriter(RowEncoding encoding, Supplier<RowStore> store) {
		this.encoding = encoding;
		this.store = store;
		this.compactor = new Compactor(store, this.lock);
	}

	/**
	 * Rows that are validated and encoded, but not added yet.
	 *
	 * @param ids their ids
	 * @param rows the rows
	 * @param replace whether each replaces the row that has its id
	 */
	record Batch(List<RowId> ids, List<EncodedRows> rows, boolean replace) {

		/** Gives the rows numbers, 0 for a row without. */
		void number(long[] numbers) {
			int from = 0;
			for (EncodedRows some : this.rows) {
				some.numbers(numbers, from);
				from += some.size();
			}
		}

	}

	/**
	 * Rows that were deleted.
	 *
	 * @param rows how many
	 * @param numbers the numbers of those that had one
	 */
	record Deleted(int rows, long[] numbers) {
	}

	/**
	 * Validates and encodes rows, with no lock held: the listener may call any method.
	 */
	Batch encode(Quantizer quantizer, List<String> givenIds, float[][] vectors, boolean replace,
			ProgressListener progress) {
		// random access below, which is slow on a linked list
		List<String> ids = new ArrayList<>(givenIds);
		List<RowId> rowIds = RowEncoding.rowIds(ids);
		if (ids.size() != vectors.length) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"got %d ids but %d vectors; expected one vector per id", ids.size(), vectors.length));
		}
		if (!replace) {
			requireAbsent(rowIds);
		}
		return new Batch(rowIds, this.encoding.encode(quantizer, ids, vectors, progress), replace);
	}

	/**
	 * Adds rows that this index encoded, all of them or none.
	 * @param accepted is run when the rows are validated and about to be added; if it
	 * throws, they are not added
	 * @return the numbers of the rows that were replaced
	 */
	long[] put(Batch batch, @Nullable Runnable accepted) {
		long[] gone;
		if (accepted != null) {
			requireAddable(batch);
			accepted.run();
		}
		this.lock.lock();
		try {
			requireAddable(batch);
			gone = this.store.get().put(batch.ids, batch.rows);
			changed();
		}
		finally {
			this.lock.unlock();
		}
		this.compactor.compactIfWorthwhile();
		return gone;
	}

	/**
	 * Gives rows other numbers.
	 * @param expected the present number of each; one with another number is left out
	 * @return the numbers that they had
	 */
	long[] renumber(List<String> ids, long[] expected, long[] numbers) {
		long[] gone;
		this.lock.lock();
		try {
			requireNotFrozen();
			int[] rows = rows(ids, expected);
			int[] found = IntStream.range(0, rows.length).filter((i) -> rows[i] >= 0).toArray();
			gone = this.store.get()
				.renumber(Arrays.stream(found).map((i) -> rows[i]).toArray(),
						Arrays.stream(found).mapToLong((i) -> numbers[i]).toArray());
			changed();
		}
		finally {
			this.lock.unlock();
		}
		this.compactor.compactIfWorthwhile();
		return gone;
	}

	/** The row of each id, or -1 if it has another number or there is none. */
	private int[] rows(List<String> ids, long[] numbers) {
		View view = this.store.get().view();
		return IntStream.range(0, numbers.length).map((i) -> {
			int row = view.rowOf(RowId.of(ids.get(i)));
			return (row >= 0 && view.number(row) == numbers[i]) ? row : -1;
		}).toArray();
	}

	/** Deletes the rows of ids that have these numbers, and returns the numbers. */
	long[] delete(List<String> ids, long[] numbers) {
		long[] gone;
		this.lock.lock();
		try {
			requireNotFrozen();
			int[] rows = Arrays.stream(rows(ids, numbers)).filter((row) -> row >= 0).toArray();
			gone = this.store.get().remove(rows);
			changed();
		}
		finally {
			this.lock.unlock();
		}
		this.compactor.compactIfWorthwhile();
		return gone;
	}

	/** Declares all numbers up to one as given. */
	void numbersUpTo(long newest) {
		this.lock.lock();
		try {
			this.store.get().numbersUpTo(newest);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void requireAddable(Batch batch) {
		requireNotFrozen();
		if (!batch.replace) {
			requireAbsent(batch.ids);
		}
	}

	private void requireAbsent(List<RowId> ids) {
		View view = this.store.get().view();
		for (RowId id : ids) {
			if (view.rowOf(id) >= 0) {
				throw new InvalidIdException(
						String.format(Locale.ROOT, "id '%s' is in the index already; upsert replaces it", id));
			}
		}
	}

	void requireNotFrozen() {
		if (this.frozen) {
			throw new FrozenIndexException(String.format(Locale.ROOT,
					"the index is frozen and holds %d rows; unfreeze it to change it", this.store.get().view().size()));
		}
	}

	/** Deletes the rows of ids that are found. */
	Deleted delete(Collection<String> ids) {
		// copied without the lock, as it may be a collection of the application
		Deleted deleted = deleteAll(List.copyOf(ids));
		this.compactor.compactIfWorthwhile();
		return deleted;
	}

	private Deleted deleteAll(List<String> ids) {
		this.lock.lock();
		try {
			requireNotFrozen();
			View view = this.store.get().view();
			int[] rows = ids.stream()
				.mapToInt((id) -> view.rowOf(RowId.of(id)))
				.filter((row) -> row >= 0)
				.distinct()
				.toArray();
			long[] numbers = {};
			if (rows.length > 0) {
				numbers = this.store.get().remove(rows);
				changed();
			}
			return new Deleted(rows.length, numbers);
		}
		finally {
			this.lock.unlock();
		}
	}

	void freeze() {
		this.compactor.exclusively(() -> {
			if (this.frozen) {
				return;
			}
			frozen(true);
			try {
				this.compactor.compact();
			}
			catch (RuntimeException | Error ex) {
				frozen(false);
				throw ex;
			}
		});
	}

	void unfreeze() {
		frozen(false);
	}

	/** Waits for the mutation in progress, so that none is half applied. */
	private void frozen(boolean frozen) {
		this.lock.lock();
		try {
			this.frozen = frozen;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isFrozen() {
		return this.frozen;
	}

	void compact() {
		this.compactor.compact();
	}

	/**
	 * Adds the failure of the last background compaction, if it failed, to the warnings.
	 */
	List<String> addWarning(List<String> warnings) {
		return this.compactor.addWarning(warnings);
	}

	long changes() {
		return this.changes.get();
	}

	/** Must be called after a change is visible, never before. */
	void changed() {
		this.changes.incrementAndGet();
	}

}
