package dev.snapvec.spring.boot.index;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;

import dev.snapvec.IndexIoException;
import dev.snapvec.LocalIndex;
import dev.snapvec.SafeIndex;
import dev.snapvec.TrainableIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.definition.UnusableDirectoryException;
import dev.snapvec.spring.boot.event.IndexRestored;
import dev.snapvec.spring.boot.observation.IndexObservation;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.LogStats;
import dev.snapvec.store.Restored;
import dev.snapvec.store.Snapshot;

/**
 * An index that this process writes, and the store from which it is restored and to which
 * it is saved, if it has one. Saving and closing wait for each other.
 * <p>
 * A change is saved, recorded or rejected: the index rejects changes from before its last
 * snapshot until it is opened again.
 * <p>
 * Internal: not for applications.
 */
public final class PersistentIndex extends StoredIndex {

	private static final Log logger = LogFactory.getLog(PersistentIndex.class);

	private final IndexObservation observation;

	private final SnapshotWriter writer = new SnapshotWriter(this);

	/**
	 * Acquired before the locks of the store and of the index; listeners are called after
	 * its release.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	/** Whether it could be restored when it was opened last. */
	private volatile boolean restored = true;

	/** The contents of the directory when it was released. */
	private DirectoryContents contents = DirectoryContents.NONE;

	private long generationAtClose;

	/** Whether a write-ahead log was replayed, which a snapshot would shorten. */
	private volatile boolean replayed;

	private volatile @Nullable IndexStore store;

	/** The index that is being put in place; written between mutations. */
	private @Nullable VectorIndex incoming;

	PersistentIndex(IndexDefinition definition, SafeIndex index, List<SnapshotListener> listeners,
			IndexObservation observation, IndexEvents events) {
		super(definition, index, listeners, events);
		this.observation = observation;
	}

	@Override
	public void change(SafeIndex index, String call) {
		if (!state().takesChanges() && this.incoming == null) {
			throw new IllegalStateException(String.format(Locale.ROOT, "index '%s' %s", index.name(), refusal()));
		}
	}

	private String refusal() {
		if (state() == IndexState.RESTORING) {
			return "is being restored and rejects changes until then";
		}
		return definition().isTenant()
				? "was closed and rejects changes; use it only inside the action that receives it"
				: "was closed with its application context and rejects changes";
	}

	/** Rejects a model with which the next start would not restore the index. */
	@Override
	public void attribute(SafeIndex index, String name, String value) {
		String model = definition().blueprint().model();
		if (name.equals(IndexDefinition.MODEL) && model != null && !model.equals(value)) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "index '%s': attribute '%s' must be '%s', as %s says, but was '%s'",
							index.name(), name, model, definition().blueprint().modelKey(), value));
		}
	}

	@Override
	public void replace(SafeIndex index, VectorIndex next) {
		if (next != this.incoming) {
			if (index.isFitted() && next instanceof TrainableIndex trainable && !trainable.isFitted()) {
				throw new IllegalArgumentException(String.format(Locale.ROOT,
						"the new index of index '%s' must be fitted, as the old one is, but was not; it could not be saved",
						index.name()));
			}
			List<String> differences = definition().traits().differencesOfSuccessor(next);
			if (!differences.isEmpty()) {
				throw new IllegalArgumentException(
						String.format(Locale.ROOT, "the new index does not match the configuration of index '%s': %s",
								index.name(), String.join("; ", differences)));
			}
		}
	}

	/** Marks the index as filled; it is not saved before. */
	public void populated() {
		local().betweenMutations(() -> {
			if (state() == IndexState.POPULATING) {
				become(IndexState.OPEN);
			}
		});
	}

	@Override
	boolean isRestored() {
		return this.restored;
	}

	@Override
	public boolean isUnsaved() {
		return this.store != null && isDirty() && definition().writesSnapshotOnShutdown();
	}

	@Override
	Optional<LogStats> log() {
		IndexStore store = this.store;
		return (store != null) ? store.logStats() : Optional.empty();
	}

	@Override
	List<Snapshot> snapshots() {
		IndexStore store = this.store;
		return (store != null) ? store.snapshots() : List.of();
	}

	@Override
	public boolean open(Notices notices) {
		VectorIndex empty = (reached() == IndexState.POPULATING) ? definition().newIndex() : null;
		this.lock.lock();
		try {
			local().betweenMutations(() -> {
				if (reached() == IndexState.NEW) {
					requireUnchanged();
				}
				become(IndexState.RESTORING);
			});
			boolean fresh = definition().writesSnapshots() ? openStore(notices) : reached() != IndexState.OPEN;
			local().betweenMutations(() -> opened(fresh, empty));
			this.restored = true;
			failure(null);
			return fresh;
		}
		// Whatever it is, it is rethrown; only the health of the index needs it.
		catch (RuntimeException ex) {
			this.restored = false;
			failure(ex);
			throw ex;
		}
		finally {
			if (state() == IndexState.RESTORING) {
				local().betweenMutations(() -> become(IndexState.CLOSED));
			}
			this.lock.unlock();
		}
	}

	/** A partly filled index is never saved, so it is filled again from the beginning. */
	private void opened(boolean fresh, @Nullable VectorIndex empty) {
		if (fresh && empty != null) {
			put(empty, () -> local().restore(empty));
		}
		if (state() == IndexState.RESTORING) { // and was not closed meanwhile
			become(fresh ? IndexState.POPULATING : IndexState.OPEN);
		}
	}

	private boolean openStore(Notices notices) {
		IndexStore store = definition().openStore();
		return Attempt.orUndo(() -> {
			boolean fresh = (reached() == IndexState.OPEN) ? reopen(store, notices) : !restore(store, notices);
			this.store = store;
			return fresh;
		}, () -> close(store));
	}

	/**
	 * While it was closed, the index stayed in memory; but another writer may have
	 * changed the directory, which takes precedence then.
	 * @return false: the index is not new
	 */
	private boolean reopen(IndexStore store, Notices notices) {
		List<Snapshot> snapshots = store.snapshots();
		if (snapshots.isEmpty() || DirectoryContents.of(definition().directory()).equals(this.contents)) {
			return false;
		}
		boolean saved = definition().logs() ? index().generation() == this.generationAtClose : !isDirty();
		if (!saved) {
			logger.warn(String.format(Locale.ROOT,
					"Index '%s' loses changes that were not saved before the application paused:"
							+ " another application has written to %s since",
					definition().name(), definition().directory()));
		}
		restore(store, notices);
		return false;
	}

	private boolean restore(IndexStore store, Notices notices) {
		Stopwatch time = new Stopwatch();
		Restored restored = new SnapshotRestorer(definition()).restore(store).orElse(null);
		if (restored == null) {
			return false;
		}
		String model = definition().modelToAdopt(restored.index());
		put(restored.index(), () -> {
			restore(restored, time);
			if (model != null) {
				index().attribute(IndexDefinition.MODEL, model);
			}
		});
		this.replayed = restored.replayed() > 0;
		String file = String.valueOf(restored.snapshot().path().getFileName());
		log(logger,
				String
					.format(Locale.ROOT, "Restored index '%s': %d rows from %s%s in %d ms", definition().name(),
							index().size(), file, this.replayed ? String.format(Locale.ROOT,
									" and %d changes from its write-ahead log", restored.replayed()) : "",
							time.millis()));
		if (model != null) {
			log(logger, String.format(Locale.ROOT, "Index '%s' has model '%s' from now on: %s names none",
					definition().name(), model, file));
		}
		publish(new IndexRestored(index(), restored.snapshot(), time.elapsed()), notices);
		return true;
	}

	private void put(VectorIndex incoming, Runnable action) {
		local().betweenMutations(() -> {
			this.incoming = incoming;
			try {
				action.run();
			}
			finally {
				this.incoming = null;
			}
		});
	}

	/**
	 * Records every change from now on, if configured. A snapshot shortens a log that was
	 * replayed, so that the next start need not replay it again.
	 * @param notices collects the notifications of listeners
	 */
	public void record(Notices notices) {
		IndexStore store = this.store;
		if (store == null) {
			return;
		}
		if (definition().logs()) {
			if (isDirty() && index().isFitted()) {
				update(notices);
			}
			record(store);
		}
		if (this.replayed) {
			update(notices);
		}
	}

	private void record(IndexStore store) {
		this.lock.lock();
		try {
			store.log(index(), definition().logSync());
		}
		catch (IndexIoException ex) {
			throw new UnusableDirectoryException(definition(), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether a snapshot changes what a restart would do, or lets a failed log continue.
	 */
	private boolean needsSnapshot() {
		IndexStore store = this.store;
		return store != null && reached() == IndexState.OPEN
				&& (isDirty() || this.replayed || store.logStats().map(LogStats::failure).isPresent());
	}

	/**
	 * Saves the index if it is open, populated and changed. Listeners are notified of a
	 * failure.
	 */
	@Override
	public void update() {
		Notices notices = new Notices();
		update(notices);
		notices.deliver();
	}

	/**
	 * As {@link #update()}.
	 * @param notices collects the notifications of listeners
	 * @return why it could not be saved, or null if it was or need not be
	 */
	public @Nullable RuntimeException update(Notices notices) {
		if (needsSnapshot()) {
			try {
				save(notices);
			}
			// Whatever it is, the index is still in memory, and the next attempt may
			// succeed.
			catch (RuntimeException ex) {
				return ex;
			}
		}
		return null;
	}

	/**
	 * Saves the index if it changed.
	 * @return the snapshot, or empty if it did not change
	 */
	Optional<Snapshot> write() {
		requireWritable();
		if (!needsSnapshot()) {
			return Optional.empty();
		}
		Notices notices = new Notices();
		try {
			return Optional.of(save(notices));
		}
		finally {
			notices.deliver();
		}
	}

	private void requireWritable() {
		String name = index().name();
		if (!definition().writesSnapshots()) {
			throw new IllegalStateException(String.format(Locale.ROOT, "snapshots of index '%s' are disabled: %s", name,
					definition().snapshotsTurnedOffBy()));
		}
		if (LocalIndex.isBetweenMutations()) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"index '%s' must not be saved between mutations: another save may wait for them", name));
		}
		requireStore();
		if (reached() != IndexState.OPEN) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"index '%s' cannot be saved before its populators have completed; it is saved then", name));
		}
	}

	private IndexStore requireStore() {
		IndexStore store = this.store;
		if (store == null) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"index '%s' cannot be saved while the application is stopped", index().name()));
		}
		return store;
	}

	/** Handlers of observations are called with no lock held, as listeners are. */
	private Snapshot save(Notices notices) {
		return this.observation.snapshot(definition().template(), () -> {
			this.lock.lock();
			try {
				IndexStore store = requireStore();
				Snapshot latest = latest();
				if (latest != null && !needsSnapshot()) {
					return latest; // another thread was faster
				}
				Snapshot snapshot = this.writer.save(store, notices);
				this.replayed = false;
				return snapshot;
			}
			finally {
				this.lock.unlock();
			}
		});
	}

	@Override
	public @Nullable Trigger trigger() {
		return definition().writesSnapshots() ? definition().snapshotTrigger() : null;
	}

	/** Whether its last save failed, or its changes cannot be recorded. */
	public boolean isFailing() {
		return failure() != null || log().map(LogStats::failure).isPresent();
	}

	/**
	 * Saves the index and releases it for good, unless it cannot be saved. The handle
	 * stays searchable but rejects mutations; none is accepted after the final save.
	 * @return whether it was released
	 */
	public boolean retire(Notices notices) {
		local().betweenMutations(() -> become(IndexState.CLOSING));
		update(notices);
		if (isDirty()) {
			local().betweenMutations(() -> become(reached()));
			return false;
		}
		release();
		return true;
	}

	@Override
	public void end(boolean save, Notices notices) {
		local().betweenMutations(() -> {
			if (state() != IndexState.CLOSING) {
				become(IndexState.CLOSING);
			}
		});
		if (save && definition().writesSnapshotOnShutdown()) {
			RuntimeException failure = update(notices);
			if (failure != null && isDirty()) {
				this.writer.lost(failure);
			}
		}
	}

	@Override
	public void release() {
		this.lock.lock();
		try {
			local().betweenMutations(() -> {
				if (state() == IndexState.CLOSING) {
					become(IndexState.CLOSED);
				}
			});
			IndexStore store = this.store;
			this.store = null;
			if (store != null) {
				this.contents = DirectoryContents.of(definition().directory());
				this.generationAtClose = index().generation();
				close(store);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void close(IndexStore store) {
		try {
			store.close();
		}
		catch (IndexIoException ex) {
			logger.warn(String.format(Locale.ROOT, "Index '%s' could not be closed", definition().name()), ex);
		}
	}

}
