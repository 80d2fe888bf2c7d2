package dev.snapvec.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

import dev.snapvec.IndexIoException;
import dev.snapvec.SafeIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.event.IndexRestored;
import dev.snapvec.spring.boot.event.SnapshotFailed;
import dev.snapvec.spring.boot.event.SnapshotWritten;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.LogStats;
import dev.snapvec.store.Restored;
import dev.snapvec.store.Snapshot;

/**
 * An index and the store that it is restored from and saved to. Thread-safe: opening,
 * saving and closing wait for each other.
 */
final class PersistentIndex {

	private static final Log logger = LogFactory.getLog(PersistentIndex.class);

	private final IndexDefinition definition;

	private final SafeIndex index;

	private final List<SnapshotListener> listeners;

	private final IndexObservation observation;

	private final IndexEvents events;

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

	private volatile @Nullable Snapshot latest;

	private volatile @Nullable RuntimeException failure;

	private volatile @Nullable Duration restoreTime;

	private volatile @Nullable Delayed schedule;

	PersistentIndex(IndexDefinition definition, SafeIndex index, List<SnapshotListener> listeners,
			IndexObservation observation, IndexEvents events) {
		this.definition = definition;
		this.index = index;
		this.listeners = listeners;
		this.observation = observation;
		this.events = events;
	}

	IndexDefinition definition() {
		return this.definition;
	}

	SafeIndex index() {
		return this.index;
	}

	/** An index that is not populated yet is not saved. */
	void populated(boolean populated) {
		this.populated = populated;
	}

	boolean isDirty() {
		return this.index.isDirty();
	}

	@Nullable Snapshot latest() {
		return this.latest;
	}

	@Nullable Duration restoreTime() {
		return this.restoreTime;
	}

	@Nullable Exception failure() {
		return this.failure;
	}

	/** When it is saved next, or null if it will not be. */
	void schedule(@Nullable Delayed schedule) {
		this.schedule = schedule;
	}

	Optional<Instant> next() {
		return Optional.ofNullable(this.schedule)
			.map((schedule) -> Instant.now().plusMillis(Math.max(0, schedule.getDelay(TimeUnit.MILLISECONDS))));
	}

	Optional<LogStats> log() {
		IndexStore store = this.store;
		return (store != null) ? store.logStats() : Optional.empty();
	}

	List<Snapshot> snapshots() {
		IndexStore store = this.store;
		return (store != null) ? store.snapshots() : List.of();
	}

	/**
	 * Opens the store and restores the index.
	 * @return whether the index is new: there is nothing to restore
	 */
	boolean open() {
		this.lock.lock();
		try {
			boolean empty = open(openStore());
			this.failure = null;
			return empty;
		}
		// Whatever it is, it goes on to who started it; only its health remembers.
		catch (RuntimeException ex) {
			this.failure = ex;
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
		if (this.index.generation() != 0) {
			throw new IllegalStateException(("index '%s' was changed before it was restored, which would have lost"
					+ " the change; fill it in a bean of type IndexPopulator, or once the application started")
				.formatted(this.definition.name()));
		}
		boolean restored = restore(store);
		this.openedBefore = true;
		return !restored;
	}

	private IndexStore openStore() {
		try {
			return IndexStore.open(this.definition.directory(), this.definition.snapshotsRetained(),
					this.definition.lockTimeout());
		}
		catch (IndexIoException ex) {
			throw new UnusableDirectoryException(this.definition, ex);
		}
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
		boolean saved = this.definition.logs() ? this.index.generation() == this.generationAtClose : !isDirty();
		if (!saved) {
			logger.warn(LogMessage.format(
					"Index '%s' loses changes that were not saved before the application paused:"
							+ " another application wrote to %s since",
					this.definition.name(), this.definition.directory()));
		}
		boolean frozen = this.index.isFrozen();
		restore(store);
		if (frozen) {
			this.index.freeze();
		}
	}

	/** Whoever writes to the directory changes one of these. */
	private List<String> contents() {
		try (Stream<Path> files = Files.list(this.definition.directory())) {
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
		Restored restored = new SnapshotRestorer(this.definition).restore(store).orElse(null);
		if (restored == null) {
			return false;
		}
		this.definition.addModel(restored.index());
		warnOfSearchDefaults(restored);
		this.index.restore(restored.index());
		this.latest = restored.snapshot();
		this.replayed = restored.replayed() > 0;
		this.restoreTime = since(start);
		logger.info(LogMessage.format("Restored index '%s': %d rows from %s%s in %d ms", this.definition.name(),
				this.index.size(), restored.snapshot().path().getFileName(),
				this.replayed ? " and %d changes from its log".formatted(restored.replayed()) : "",
				this.restoreTime.toMillis()));
		this.events.publish(new IndexRestored(this.index, restored.snapshot(), this.restoreTime));
		return true;
	}

	/** Nothing can change them in an index that was loaded. */
	private void warnOfSearchDefaults(Restored restored) {
		VectorIndex configured = this.definition.newIndex();
		for (IndexTrait trait : this.definition.searchDefaults()) {
			Object expected = trait.of(configured);
			Object found = trait.of(restored.index());
			if (!Objects.equals(expected, found)) {
				logger.warn(LogMessage.format(
						"Index '%s' searches with a %s of %s, with which %s was saved, and not with the configured %s;"
								+ " set it in requests, or build the index anew",
						this.definition.name(), trait.key(), found, restored.snapshot().path().getFileName(),
						expected));
			}
		}
	}

	/**
	 * Has every change from now on recorded, if that is configured. A log that was
	 * replayed is made short by a snapshot, so that the next start need not do it again.
	 */
	void record() {
		this.lock.lock();
		try {
			IndexStore store = this.store;
			if (store != null && this.definition.logs()) {
				if (isDirty() && this.index.stats().fitted()) {
					save(store);
				}
				store.log(this.index, this.definition.logSync());
			}
			if (store != null && this.replayed && this.definition.writesSnapshots()) {
				save(store);
			}
		}
		catch (IndexIoException ex) {
			throw new UnusableDirectoryException(this.definition, ex);
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
	void save() {
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

	/**
	 * Saves the index if it changed.
	 * @return the snapshot, or nothing if it did not change
	 */
	Optional<Snapshot> write() {
		if (!this.definition.writesSnapshots()) {
			throw new IllegalStateException(
					"snapshots of index '%s' are turned off: snapshot.enabled is false".formatted(index().name()));
		}
		this.lock.lock();
		try {
			IndexStore store = this.store;
			if (store == null) {
				throw new IllegalStateException(
						"index '%s' cannot be saved while the application is stopped".formatted(index().name()));
			}
			if (!this.populated) {
				throw new IllegalStateException(
						"index '%s' cannot be saved before it is populated".formatted(index().name()));
			}
			if (needsSnapshot(store)) {
				save(store);
				RuntimeException failure = this.failure;
				if (failure != null) {
					throw failure;
				}
				return Optional.ofNullable(this.latest);
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
			snapshot = this.observation.snapshot(this.definition.name(), () -> store.save(this.index));
		}
		// Whatever it is, the index is still in memory, and the next attempt may succeed.
		catch (RuntimeException ex) {
			failed(ex);
			return;
		}
		Duration duration = since(start);
		this.latest = snapshot;
		this.failure = null;
		this.replayed = false;
		logger.info(LogMessage.format("Saved index '%s': %d rows, %d bytes to %s in %d ms", this.definition.name(),
				this.index.size(), snapshot.bytes(), snapshot.path().getFileName(), duration.toMillis()));
		this.listeners.forEach((listener) -> listener.written(this.definition.name(), snapshot, duration));
		this.events.publish(new SnapshotWritten(this.index, snapshot, duration));
	}

	private void failed(RuntimeException ex) {
		if (this.failure == null) {
			logger.error(LogMessage.format(
					"Index '%s' could not be saved, what changed since its last snapshot is in memory only",
					this.definition.name()), ex);
		}
		this.failure = ex;
		this.listeners.forEach((listener) -> listener.failed(this.definition.name(), ex));
		this.events.publish(new SnapshotFailed(this.index, ex));
	}

	/** Gives the directory up. Does nothing if it is not open. */
	void close() {
		this.lock.lock();
		try {
			IndexStore store = this.store;
			this.store = null;
			if (store != null) {
				this.contents = contents();
				this.generationAtClose = this.index.generation();
				store.close();
			}
		}
		catch (IndexIoException ex) {
			logger.warn(LogMessage.format("Index '%s' could not be closed", this.definition.name()), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
