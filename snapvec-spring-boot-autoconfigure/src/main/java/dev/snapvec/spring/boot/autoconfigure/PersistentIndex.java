package dev.snapvec.spring.boot.autoconfigure;

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
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.event.IndexRestored;
import dev.snapvec.spring.boot.event.SnapshotFailed;
import dev.snapvec.spring.boot.event.SnapshotWritten;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.LogStats;
import dev.snapvec.store.Restored;
import dev.snapvec.store.Snapshot;

/**
 * An index that is written here, and the store that it is restored from and saved to.
 * Opening, saving and closing wait for each other.
 */
final class PersistentIndex extends StoredIndex {

	private static final Log logger = LogFactory.getLog(PersistentIndex.class);

	private final IndexObservation observation;

	private final ReentrantLock lock = new ReentrantLock();

	private boolean openedBefore;

	/** Half a population would be restored as if it were the whole. */
	private volatile boolean populated = true;

	/** What was in the directory when it was given up. */
	private List<String> contents = List.of();

	private long generationAtClose;

	/** Whether it was restored from a log too, which a snapshot would make short. */
	private boolean replayed;

	private volatile @Nullable IndexStore store;

	PersistentIndex(IndexDefinition definition, SafeIndex index, List<SnapshotListener> listeners,
			IndexObservation observation, IndexEvents events) {
		super(definition, index, listeners, events);
		this.observation = observation;
	}

	@Override
	void populated(boolean populated) {
		this.populated = populated;
	}

	@Override
	boolean isUnsaved() {
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
	boolean open() {
		this.lock.lock();
		try {
			boolean empty = open(definition().openStore());
			failure(null);
			return empty;
		}
		// Whatever it is, it goes on to who started it; only its health remembers.
		catch (RuntimeException ex) {
			failure(ex);
			throw ex;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean open(IndexStore store) {
		this.store = store;
		if (this.openedBefore) {
			reopen(store);
			return false;
		}
		requireUnchanged();
		boolean restored = restore(store);
		this.openedBefore = true;
		return !restored;
	}

	/**
	 * While it was closed, the index stayed in memory; but somebody else may have had the
	 * directory, and then what is there counts.
	 */
	private void reopen(IndexStore store) {
		List<Snapshot> snapshots = store.snapshots();
		if (snapshots.isEmpty() || contents().equals(this.contents)) {
			return;
		}
		boolean saved = definition().logs() ? index().generation() == this.generationAtClose : !isDirty();
		if (!saved) {
			logger
				.warn(String.format(Locale.ROOT,
						"Index '%s' loses changes that were not saved before the application paused:"
								+ " another application wrote to %s since",
						definition().name(), definition().directory()));
		}
		boolean frozen = index().isFrozen();
		restore(store);
		if (frozen) {
			index().freeze();
		}
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

	private boolean restore(IndexStore store) {
		long start = System.nanoTime();
		Restored restored = new SnapshotRestorer(definition()).restore(store).orElse(null);
		if (restored == null) {
			return false;
		}
		definition().addModel(restored.index());
		restore(restored, start);
		this.replayed = restored.replayed() > 0;
		log(String.format(Locale.ROOT, "Restored index '%s': %d rows from %s%s in %d ms", definition().name(),
				index().size(), restored.snapshot().path().getFileName(),
				this.replayed ? String.format(Locale.ROOT, " and %d changes from its log", restored.replayed()) : "",
				since(start).toMillis()));
		events().publish(new IndexRestored(index(), restored.snapshot(), since(start)));
		return true;
	}

	/**
	 * Has every change from now on recorded, if that is configured. A log that was
	 * replayed is made short by a snapshot, so that the next start need not do it again.
	 */
	@Override
	void record() {
		this.lock.lock();
		try {
			IndexStore store = this.store;
			if (store != null && definition().logs()) {
				if (isDirty() && index().stats().fitted()) {
					save(store);
				}
				store.log(index(), definition().logSync());
			}
			if (store != null && this.replayed && definition().writesSnapshots()) {
				save(store);
			}
		}
		catch (IndexIoException ex) {
			throw new UnusableDirectoryException(definition(), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether a snapshot changes what a restart would do, or lets a log go on. */
	private boolean needsSnapshot(IndexStore store) {
		return isDirty() || this.replayed || store.logStats().map(LogStats::failure).isPresent();
	}

	/**
	 * Saves the index if it is open, populated and changed. That it cannot be is for
	 * listeners.
	 */
	@Override
	public void update() {
		this.lock.lock();
		try {
			IndexStore store = this.store;
			if (store != null && this.populated && needsSnapshot(store)) {
				save(store);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	Optional<Snapshot> write() {
		if (!definition().writesSnapshots()) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"snapshots of index '%s' are turned off: snapshot.enabled is false", index().name()));
		}
		this.lock.lock();
		try {
			IndexStore store = this.store;
			if (store == null) {
				throw new IllegalStateException(String.format(Locale.ROOT,
						"index '%s' cannot be saved while the application is stopped", index().name()));
			}
			if (!this.populated) {
				throw new IllegalStateException(String.format(Locale.ROOT,
						"index '%s' cannot be saved before it is populated", index().name()));
			}
			if (needsSnapshot(store)) {
				save(store);
				RuntimeException failure = failure();
				if (failure != null) {
					throw failure;
				}
				return Optional.ofNullable(latest());
			}
			return Optional.empty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void save(IndexStore store) {
		long start = System.nanoTime();
		Snapshot snapshot;
		try {
			snapshot = this.observation.snapshot(definition().template(), () -> store.save(index()));
		}
		// Whatever it is, the index is still in memory, and the next attempt may succeed.
		catch (RuntimeException ex) {
			failed(ex);
			return;
		}
		Duration duration = since(start);
		latest(snapshot);
		failure(null);
		this.replayed = false;
		store.deletionFailure()
			.ifPresent((ex) -> logger.warn(String.format(Locale.ROOT,
					"Index '%s' is saved, but what it no longer needs in %s could not be deleted", definition().name(),
					definition().directory()), ex));
		log(String.format(Locale.ROOT, "Saved index '%s': %d rows, %d bytes to %s in %d ms", definition().name(),
				index().size(), snapshot.bytes(), snapshot.path().getFileName(), duration.toMillis()));
		listeners().forEach((listener) -> listener.written(definition().template(), snapshot, duration));
		events().publish(new SnapshotWritten(index(), snapshot, duration));
	}

	private void failed(RuntimeException ex) {
		if (failure() == null) {
			logger.error(String.format(Locale.ROOT,
					"Index '%s' could not be saved, what changed since its last snapshot is in %s only",
					definition().name(), definition().logs() ? "its log" : "memory"), ex);
		}
		failure(ex);
		listeners().forEach((listener) -> listener.failed(definition().template(), ex));
		events().publish(new SnapshotFailed(index(), ex));
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
	boolean isFailing() {
		return failure() != null || log().map(LogStats::failure).isPresent();
	}

	/**
	 * Saves it and gives it up for good, as {@link #end} does, unless it cannot be saved.
	 * @return whether it is given up
	 */
	boolean retire() {
		boolean[] retired = new boolean[1];
		alone(() -> {
			update();
			retired[0] = !isDirty();
			if (retired[0]) {
				end(false);
			}
		});
		return retired[0];
	}

	/**
	 * Gives it up for good. Who kept the index can search it, and is refused to change
	 * it: no change comes between saving and that.
	 * @param save whether to save what changed, if that is configured
	 */
	void end(boolean save) {
		alone(() -> {
			close(save);
			index().log(new ClosedIndexLog(definition().name()));
		});
	}

	/** Takes both locks, in the order in which saving does. */
	private void alone(Runnable action) {
		this.lock.lock();
		try {
			index().betweenMutations(action);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	void close(boolean save) {
		this.lock.lock();
		try {
			if (save && definition().writesSnapshotOnShutdown()) {
				update();
			}
			close();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void close() {
		IndexStore store = this.store;
		this.store = null;
		if (store == null) {
			return;
		}
		this.contents = contents();
		this.generationAtClose = index().generation();
		try {
			store.close();
		}
		catch (IndexIoException ex) {
			logger.warn(String.format(Locale.ROOT, "Index '%s' could not be closed", definition().name()), ex);
		}
	}

}
