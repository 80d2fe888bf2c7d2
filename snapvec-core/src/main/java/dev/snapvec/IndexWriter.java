package dev.snapvec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.rows.View;
import org.jspecify.annotations.Nullable;

/**
 * Changes the rows of an index, and refuses to while it is frozen.
 * <p>
 * Mutations check and encode first, in parallel with each other, then take the lock and
 * have the store publish a new view. A compaction takes that lock for its last rows only.
 * Searches take the store's view and nothing else.
 */
final class IndexWriter {

	private final RowEncoding encoding;

	private final Supplier<RowStore> store;

	private final OrderedLock lock = new OrderedLock(LockRank.WRITER, "the rows of an index");

	private final Compactor compactor;

	private volatile boolean frozen;

	/** How often rows, attributes or the quantizer were changed, but by compaction. */
	private final AtomicLong changes = new AtomicLong();

	/**
	 * @param encoding encodes rows
	 * @param store gives the rows, which are others once an index is fitted
	 */
	IndexWriter(RowEncoding encoding, Supplier<RowStore> store) {
		this.encoding = encoding;
		this.store = store;
		this.compactor = new Compactor(store, this.lock);
	}

	/**
	 * Rows that are checked and encoded, and not added yet.
	 *
	 * @param ids their ids
	 * @param rows the rows
	 * @param replace whether each takes the place of the row that has its id
	 */
	record Batch(List<RowId> ids, List<EncodedRows> rows, boolean replace) {
	}

	/** Checks and encodes rows, with no lock held: the listener may call anything. */
	Batch encode(Quantizer quantizer, List<String> givenIds, float[][] vectors, boolean replace,
			ProgressListener progress) {
		// read by position below, which a linked list takes long for
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
	 * @param accepted is run when they are checked and about to be added; they are not if
	 * it throws
	 */
	void put(Batch batch, @Nullable Runnable accepted) {
		if (accepted != null) {
			requireAddable(batch);
			accepted.run();
		}
		this.lock.lock();
		try {
			requireAddable(batch);
			this.store.get().put(batch.ids, batch.rows);
			changed();
		}
		finally {
			this.lock.unlock();
		}
		this.compactor.compactIfWorthwhile();
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

	/** Removes rows and returns how many there were. */
	int delete(Collection<String> ids) {
		// copied without the lock, as it may be a collection of the application
		int deleted = deleteAll(List.copyOf(ids));
		this.compactor.compactIfWorthwhile();
		return deleted;
	}

	private int deleteAll(List<String> ids) {
		this.lock.lock();
		try {
			requireNotFrozen();
			View view = this.store.get().view();
			int[] rows = ids.stream()
				.mapToInt((id) -> view.rowOf(RowId.of(id)))
				.filter((row) -> row >= 0)
				.distinct()
				.toArray();
			if (rows.length > 0) {
				this.store.get().remove(rows);
				changed();
			}
			return rows.length;
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

	/** Between mutations, so that none is half done. */
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

	/** What is warned of, and why the last compaction failed, if it did. */
	List<String> addWarning(List<String> warnings) {
		return this.compactor.addWarning(warnings);
	}

	long changes() {
		return this.changes.get();
	}

	/** To be called once a change can be seen, never before. */
	void changed() {
		this.changes.incrementAndGet();
	}

}
