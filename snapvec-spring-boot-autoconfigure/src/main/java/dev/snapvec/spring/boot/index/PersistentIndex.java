package dev.snapvec.spring.boot.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;

import dev.snapvec.IndexIoException;
import dev.snapvec.SafeIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.event.IndexRestored;
import dev.snapvec.spring.boot.event.SnapshotFailed;
import dev.snapvec.spring.boot.event.SnapshotWritten;
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

	private static final String RESTORING = "is being restored, and takes no changes yet";

	private static final String CLOSED = "was closed with its application context, and takes no changes";

	private static final String RETIRED = "was closed, and takes no changes;"
			+ " use it while the action runs that it is given to";

	private final IndexObservation observation;

	private final FailureLog failures = new FailureLog(logger, System::nanoTime);

	/**
	 * Taken before the locks of the store and of the index; listeners are called after.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	private boolean openedBefore;

	/** Whether it was when it was opened last. */
	private volatile boolean restored = true;

	/** Half a population would be restored as if it were the whole. */
	private volatile boolean populated = true;

	/** What was in the directory when it was given up. */
	private List<String> contents = List.of();

	private long generationAtClose;

	/** Whether it was restored from a log too, which a snapshot would make short. */
	private volatile boolean replayed;

	private volatile @Nullable IndexStore store;

	/** Why changes are refused; written between two of them. */
	private volatile @Nullable String closed;

	/** What is being restored; written between changes. */
	private @Nullable VectorIndex restoring;

	PersistentIndex(IndexDefinition definition, SafeIndex index, List<SnapshotListener> listeners,
			IndexObservation observation, IndexEvents events) {
		super(definition, index, listeners, events);
		this.observation = observation;
	}

	@Override
	public void change(SafeIndex index, String call) {
		String closed = this.closed;
		if (closed != null && this.restoring == null) {
			throw new IllegalStateException(String.format(Locale.ROOT, "index '%s' %s", index.name(), closed));
		}
	}

	@Override
	public void replace(SafeIndex index, VectorIndex next) {
		if (next != this.restoring) {
			List<String> differences = definition().traits().differencesOfSuccessor(next);
			if (!differences.isEmpty()) {
				throw new IllegalArgumentException(
						String.format(Locale.ROOT, "the new index is not of index '%s' as it is configured: %s",
								index.name(), String.join("; ", differences)));
			}
		}
	}

	/** Ends or allows changes, between two of them. */
	private void closed(@Nullable String reason) {
		index().betweenMutations(() -> this.closed = reason);
	}

	@Override
	public void populated(boolean populated) {
		this.populated = populated;
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
		this.lock.lock();
		try {
			boolean first = !this.openedBefore;
			if (first) {
				index().betweenMutations(() -> {
					requireUnchanged();
					this.closed = RESTORING;
				});
			}
			boolean fresh = definition().writesSnapshots() ? openStore(first, notices) : first;
			this.openedBefore = true;
			closed(null);
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
			this.lock.unlock();
		}
	}

	private boolean openStore(boolean first, Notices notices) {
		IndexStore store = definition().openStore();
		boolean opened = false;
		try {
			boolean fresh = first ? !restore(store, notices) : reopen(store, notices);
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
		if (snapshots.isEmpty() || contents().equals(this.contents)) {
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

	/** Whoever writes to the directory changes one of these. */
	private List<String> contents() {
		try (Stream<Path> files = Files.list(definition().directory())) {
			return files.map(Path::toFile)
				.filter((file) -> !file.getName().startsWith("."))
				.map((file) -> file.getName() + " " + file.length() + " " + file.lastModified())
				.sorted()
				.toList();
		}
		catch (IOException | UncheckedIOException ex) {
			return List.of();
		}
	}

	private boolean restore(IndexStore store, Notices notices) {
		long start = System.nanoTime();
		Restored restored = new SnapshotRestorer(definition()).restore(store).orElse(null);
		if (restored == null) {
			return false;
		}
		String model = definition().modelToAdopt(restored.index());
		index().betweenMutations(() -> {
			this.restoring = restored.index();
			try {
				restore(restored, start);
				if (model != null) {
					index().attribute(IndexDefinition.MODEL, model);
				}
			}
			finally {
				this.restoring = null;
			}
		});
		this.replayed = restored.replayed() > 0;
		String file = String.valueOf(restored.snapshot().path().getFileName());
		log(String.format(Locale.ROOT, "Restored index '%s': %d rows from %s%s in %d ms", definition().name(),
				index().size(), file,
				this.replayed ? String.format(Locale.ROOT, " and %d changes from its log", restored.replayed()) : "",
				since(start).toMillis()));
		if (model != null) {
			log(String.format(Locale.ROOT, "Index '%s' is of model '%s' from now on: %s names none",
					definition().name(), model, file));
		}
		publish(new IndexRestored(index(), restored.snapshot(), since(start)), notices);
		return true;
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
			if (isDirty() && index().stats().fitted()) {
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
		return store != null && this.populated
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
		String name = index().name();
		if (!definition().writesSnapshots()) {
			throw new IllegalStateException(String.format(Locale.ROOT, "snapshots of index '%s' are turned off: %s",
					name, definition().snapshotsTurnedOffBy()));
		}
		if (SafeIndex.isBetweenMutations()) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"index '%s' cannot be saved between mutations, for which another save may wait", name));
		}
		if (this.store == null) {
			throw new IllegalStateException(
					String.format(Locale.ROOT, "index '%s' cannot be saved while the application is stopped", name));
		}
		if (!this.populated) {
			throw new IllegalStateException(
					String.format(Locale.ROOT, "index '%s' cannot be saved before it is populated", name));
		}
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

	/** Handlers of observations are called with no lock held, as listeners are. */
	private Snapshot save(Notices notices) {
		return this.observation.snapshot(definition().template(), () -> {
			this.lock.lock();
			try {
				return saveLocked(notices);
			}
			finally {
				this.lock.unlock();
			}
		});
	}

	private Snapshot saveLocked(Notices notices) {
		IndexStore store = this.store;
		if (store == null) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"index '%s' cannot be saved while the application is stopped", index().name()));
		}
		Snapshot latest = latest();
		if (latest != null && !needsSnapshot()) {
			return latest; // another thread was faster
		}
		long start = System.nanoTime();
		try {
			Snapshot snapshot = store.save(index());
			saved(store, snapshot, since(start), notices);
			return snapshot;
		}
		catch (RuntimeException ex) {
			failed(ex, notices);
			throw ex;
		}
	}

	private void saved(IndexStore store, Snapshot snapshot, Duration duration, Notices notices) {
		latest(snapshot);
		failure(null);
		this.replayed = false;
		store.deletionFailure()
			.ifPresent((ex) -> logger.warn(String.format(Locale.ROOT,
					"Index '%s' is saved, but what it no longer needs in %s could not be deleted", definition().name(),
					definition().directory()), ex));
		this.failures.succeeded(String.format(Locale.ROOT, "Index '%s' is saved", definition().name()));
		log(String.format(Locale.ROOT, "Saved index '%s': %d rows, %d bytes to %s in %d ms", definition().name(),
				index().size(), snapshot.bytes(), snapshot.path().getFileName(), duration.toMillis()));
		tell((listener) -> listener.written(definition().template(), snapshot, duration), notices);
		publish(new SnapshotWritten(index(), snapshot, duration), notices);
	}

	private void failed(RuntimeException ex, Notices notices) {
		this.failures.failed(String.format(Locale.ROOT,
				"Index '%s' could not be saved, what changed since its last snapshot is in %s only",
				definition().name(), definition().logs() ? "its log" : "memory"), ex);
		failure(ex);
		tell((listener) -> listener.failed(definition().template(), ex), notices);
		publish(new SnapshotFailed(index(), ex), notices);
	}

	/** Tenants come and go all the time. */
	private void log(String message) {
		if (definition().isTenant()) {
			logger.debug(message);
		}
		else {
			logger.info(message);
		}
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
		closed(RETIRED);
		update(notices);
		if (isDirty()) {
			closed(null);
			return false;
		}
		release();
		return true;
	}

	@Override
	public void end(boolean save, Notices notices) {
		closed(definition().isTenant() ? RETIRED : CLOSED);
		if (save && definition().writesSnapshotOnShutdown()) {
			RuntimeException failure = update(notices);
			if (failure != null && isDirty()) {
				logger.error(String.format(Locale.ROOT, "Index '%s' could not be saved when it was closed: %s",
						definition().name(), loss()), failure);
			}
		}
	}

	/** What is gone if the process ends now. */
	private String loss() {
		if (definition().logs()) {
			Exception failure = log().map(LogStats::failure).orElse(null);
			return (failure != null) ? "of its " + changes() + ", those that its log does not have are lost: " + failure
					: "nothing is lost, its write-ahead log has its " + changes();
		}
		return "its " + changes() + " are lost";
	}

	private String changes() {
		Snapshot latest = latest();
		return String.format(Locale.ROOT, "%d changes since %s", index().unsavedChanges(),
				(latest != null) ? latest.path().getFileName() : "it was made");
	}

	@Override
	public void release() {
		this.lock.lock();
		try {
			IndexStore store = this.store;
			this.store = null;
			if (store != null) {
				this.contents = contents();
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
