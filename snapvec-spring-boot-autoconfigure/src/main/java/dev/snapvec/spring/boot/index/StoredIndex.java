package dev.snapvec.spring.boot.index;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import dev.snapvec.IndexGuard;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.event.IndexEvent;
import dev.snapvec.store.LogStats;
import dev.snapvec.store.Restored;
import dev.snapvec.store.Snapshot;

/**
 * An index and the directory that it comes from: one that is written here, or one that
 * another process writes. It guards the index. Thread-safe.
 * <p>
 * Internal: not for applications.
 */
public abstract class StoredIndex implements Scheduled, IndexGuard {

	private final IndexDefinition definition;

	private final SafeIndex index;

	private final List<SnapshotListener> listeners;

	private final IndexEvents events;

	private volatile IndexState state = IndexState.NEW;

	private volatile IndexState reached = IndexState.NEW;

	private volatile @Nullable Snapshot latest;

	private volatile @Nullable RuntimeException failure;

	private volatile @Nullable Duration restoreTime;

	private volatile @Nullable Delayed schedule;

	StoredIndex(IndexDefinition definition, SafeIndex index, List<SnapshotListener> listeners, IndexEvents events) {
		this.definition = definition;
		this.index = index;
		this.listeners = listeners;
		this.events = events;
	}

	/** Refuses from now on what must not change the index. */
	public final void guard() {
		this.index.guard(this);
	}

	public final IndexDefinition definition() {
		return this.definition;
	}

	public final SafeIndex index() {
		return this.index;
	}

	final IndexState state() {
		return this.state;
	}

	/**
	 * The last state in which it held something to go on with, or new if there was none:
	 * what it is opened as when it was closed.
	 */
	final IndexState reached() {
		return this.reached;
	}

	/** Who calls this has the index's lock, or its own. */
	final void become(IndexState next) {
		if (!this.state.canBecome(next)) {
			throw new IllegalStateException(String.format(Locale.ROOT, "index '%s' is %s and cannot become %s",
					this.definition.name(), this.state, next));
		}
		this.state = next;
		if (next.isHolding()) {
			this.reached = next;
		}
	}

	/** Indexes of tenants come and go all the time. */
	final void log(Log logger, String message) {
		if (this.definition.isTenant()) {
			logger.debug(message);
		}
		else {
			logger.info(message);
		}
	}

	/** Has listeners of events told of something. */
	final void publish(IndexEvent event, Notices notices) {
		notices.add(() -> this.events.publish(event));
	}

	/** Has listeners of snapshots told of something. */
	final void tell(Consumer<SnapshotListener> event, Notices notices) {
		notices.add(() -> this.listeners.forEach(event));
	}

	final boolean isDirty() {
		return this.index.isDirty();
	}

	/** Whether it holds what was saved of it last, or nothing was. */
	abstract boolean isRestored();

	/** Whether a last snapshot is still to be written. */
	public boolean isUnsaved() {
		return false;
	}

	/** The snapshot that the index was last restored from or saved to. */
	final @Nullable Snapshot latest() {
		return this.latest;
	}

	final void latest(Snapshot latest) {
		this.latest = latest;
	}

	/** Why the last attempt to restore, save or reload it failed. */
	final @Nullable RuntimeException failure() {
		return this.failure;
	}

	final void failure(@Nullable RuntimeException failure) {
		this.failure = failure;
	}

	final @Nullable Duration restoreTime() {
		return this.restoreTime;
	}

	@Override
	public final void schedule(@Nullable Delayed schedule) {
		this.schedule = schedule;
	}

	final Optional<Instant> next() {
		return Optional.ofNullable(this.schedule)
			.map((schedule) -> Instant.now().plusMillis(Math.max(0, schedule.getDelay(TimeUnit.MILLISECONDS))));
	}

	/** What was put in by a bean that came too early would be lost. */
	final void requireUnchanged() {
		if (this.index.generation() != 0) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"index '%s' was changed before it was restored, which would have lost"
							+ " the change; fill it in a bean of type IndexPopulator, or once the application started",
					this.definition.name()));
		}
	}

	/** Puts what was loaded under the handle; the guard must take it. */
	final void restore(Restored restored, long start) {
		this.index.restore(restored.index());
		this.latest = restored.snapshot();
		this.restoreTime = since(start);
	}

	static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	/**
	 * Restores the index.
	 * @param notices takes what listeners are to be told
	 * @return whether it is new, so that it can be populated
	 */
	public abstract boolean open(Notices notices);

	/** Tells that it is filled; until then it is not saved. */
	public void populated() {
	}

	/**
	 * What can be done once the index is filled.
	 * @param notices takes what listeners are to be told
	 */
	public void record(Notices notices) {
	}

	abstract List<Snapshot> snapshots();

	Optional<LogStats> log() {
		return Optional.empty();
	}

	/**
	 * Saves the index if it changed.
	 * @return the snapshot, or nothing if it did not change
	 */
	abstract Optional<Snapshot> write();

	/**
	 * Loads the newest snapshot if it is newer.
	 * @return the snapshot, or nothing if it is not
	 */
	abstract Optional<Snapshot> reload();

	/**
	 * Ends changes, and saves the index for the last time.
	 * @param save whether to save what changed, if that is configured
	 * @param notices takes what listeners are to be told
	 */
	public abstract void end(boolean save, Notices notices);

	/** Gives the directory up. Does nothing if it is not open. */
	public void release() {
	}

}
