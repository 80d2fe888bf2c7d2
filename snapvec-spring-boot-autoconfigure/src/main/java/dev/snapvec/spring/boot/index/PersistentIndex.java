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
 * An index that is written here, and the store that it is restored from and saved to, if
 * it has one. Saving and closing wait for each other.
 * <p>
 * A change either is saved or recorded, or it is refused: the index takes none from
 * before its last snapshot until it is opened again.
 * <p>
 * Internal: not for applications.
 */
public final class PersistentIndex extends StoredIndex {

	private static final Log logger = LogFactory.getLog(PersistentIndex.class);

	private final IndexObservation observation;

	private final SnapshotWriter writer = new SnapshotWriter(this);

	/**
	 * Taken before the locks of the store and of the index; listeners are called after.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	/** Whether it could be restored when it was opened last. */
	private volatile boolean restored = true;

	/** What was in the directory when it was given up. */
	private DirectoryContents contents = DirectoryContents.NONE;

	private long generationAtClose;

	/** Whether it was restored from a log too, which a snapshot would make short. */
	private volatile boolean replayed;

	private volatile @Nullable IndexStore store;

	/** What is being put in place; written between changes. */
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
			return "is being restored, and takes no changes yet";
		}
		return definition().isTenant()
				? "was closed, and takes no changes; use it while the action runs that it is given to"
				: "was closed with its application context, and takes no changes";
	}

	/** One that the next start would not take back. */
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
						String.format(Locale.ROOT, "the new index is not of index '%s' as it is configured: %s",
								index.name(), String.join("; ", differences)));
			}
		}
	}

	@Override
	public void populated() {
		index().betweenMutations(() -> {
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
			index().betweenMutations(() -> {
				if (reached() == IndexState.NEW) {
					requireUnchanged();
				}
				become(IndexState.RESTORING);
			});
			boolean fresh = definition().writesSnapshots() ? openStore(notices) : reached() != IndexState.OPEN;
			index().betweenMutations(() -> opened(fresh, empty));
			this.restored = true;
			failure(null);
			return fresh;
		}
		// Whatever it is, it goes on to who started it; only its health remembers.
		catch (RuntimeException ex) {
			this.restored = false;
			failure(ex);
			throw ex;
		}
		finally {
			if (state() == IndexState.RESTORING) {
				index().betweenMutations(() -> become(IndexState.CLOSED));
			}
			this.lock.unlock();
		}
	}

	/** What was filled in part, and never saved, is filled from its beginning. */
	private void opened(boolean fresh, @Nullable VectorIndex empty) {
		if (fresh && empty != null) {
			put(empty, () -> index().restore(empty));
		}
		if (state() == IndexState.RESTORING) { // and was not closed meanwhile
			become(fresh ? IndexState.POPULATING : IndexState.OPEN);
		}
	}

	private boolean openStore(Notices notices) {
		IndexStore store = definition().openStore();
		boolean opened = false;
		try {
			boolean fresh = (reached() == IndexState.OPEN) ? reopen(store, notices) : !restore(store, notices);
			this.store = store;
			opened = true;
			return fresh;
		}
		finally {
			if (!opened) {
				close(store);
			}
		}
	}

	/**
	 * While it was closed, the index stayed in memory; but somebody else may have had the
	 * directory, and then what is there counts.
	 * @return false: it is not new
	 */
	private boolean reopen(IndexStore store, Notices notices) {
		List<Snapshot> snapshots = store.snapshots();
		if (snapshots.isEmpty() || DirectoryContents.of(definition().directory()).equals(this.contents)) {
			return false;
		}
		boolean saved = definition().logs() ? index().generation() == this.generationAtClose : !isDirty();
		if (!saved) {
			logger
				.warn(String.format(Locale.ROOT,
						"Index '%s' loses changes that were not saved before the application paused:"
								+ " another application wrote to %s since",
						definition().name(), definition().directory()));
		}
		restore(store, notices);
		return false;
	}

	private boolean restore(IndexStore store, Notices notices) {
		long start = System.nanoTime();
		Restored restored = new SnapshotRestorer(definition()).restore(store).orElse(null);
		if (restored == null) {
			return false;
		}
		String model = definition().modelToAdopt(restored.index());
		put(restored.index(), () -> {
			restore(restored, start);
			if (model != null) {
				index().attribute(IndexDefinition.MODEL, model);
			}
		});
		this.replayed = restored.replayed() > 0;
		String file = String.valueOf(restored.snapshot().path().getFileName());
		log(logger,
				String.format(Locale.ROOT, "Restored index '%s': %d rows from %s%s in %d ms", definition().name(),
						index().size(), file, this.replayed
								? String.format(Locale.ROOT, " and %d changes from its log", restored.replayed()) : "",
						since(start).toMillis()));
		if (model != null) {
			log(logger, String.format(Locale.ROOT, "Index '%s' is of model '%s' from now on: %s names none",
					definition().name(), model, file));
		}
		publish(new IndexRestored(index(), restored.snapshot(), since(start)), notices);
		return true;
	}

	private void put(VectorIndex incoming, Runnable action) {
		index().betweenMutations(() -> {
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
	 * Has every change from now on recorded, if that is configured. A log that was
	 * replayed is made short by a snapshot, so that the next start need not do it again.
	 */
	@Override
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

	/** Whether a snapshot changes what a restart would do, or lets a log go on. */
	private boolean needsSnapshot() {
		IndexStore store = this.store;
		return store != null && reached() == IndexState.OPEN
				&& (isDirty() || this.replayed || store.logStats().map(LogStats::failure).isPresent());
	}

	/**
	 * Saves the index if it is open, populated and changed. That it cannot be is for
	 * listeners.
	 */
	@Override
	public void update() {
		Notices notices = new Notices();
		update(notices);
		notices.deliver();
	}

	/**
	 * As {@link #update()}.
	 * @param notices takes what listeners are to be told
	 * @return why it could not be saved, or null
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

	@Override
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
			throw new IllegalStateException(String.format(Locale.ROOT, "snapshots of index '%s' are turned off: %s",
					name, definition().snapshotsTurnedOffBy()));
		}
		if (SafeIndex.isBetweenMutations()) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"index '%s' cannot be saved between mutations, for which another save may wait", name));
		}
		requireStore();
		if (reached() != IndexState.OPEN) {
			throw new IllegalStateException(
					String.format(Locale.ROOT, "index '%s' cannot be saved before it is populated", name));
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

	@Override
	Optional<Snapshot> reload() {
		throw new IllegalStateException(String.format(Locale.ROOT,
				"index '%s' is not reloaded: it is written here, reload.enabled is false", index().name()));
	}

	/** Whether it could not be saved, or its changes not be recorded. */
	public boolean isFailing() {
		return failure() != null || log().map(LogStats::failure).isPresent();
	}

	/**
	 * Saves it and gives it up for good, unless it cannot be saved. Who kept the index
	 * can search it; it takes no change meanwhile or afterwards.
	 * @return whether it is given up
	 */
	public boolean retire(Notices notices) {
		index().betweenMutations(() -> become(IndexState.CLOSING));
		update(notices);
		if (isDirty()) {
			index().betweenMutations(() -> become(reached()));
			return false;
		}
		release();
		return true;
	}

	@Override
	public void end(boolean save, Notices notices) {
		index().betweenMutations(() -> {
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
			index().betweenMutations(() -> {
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
