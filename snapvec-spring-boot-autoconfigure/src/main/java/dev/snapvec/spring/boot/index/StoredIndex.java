package dev.snapvec.spring.boot.index;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;

import dev.snapvec.IndexGuard;
import dev.snapvec.LocalIndex;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.event.IndexEvent;
import dev.snapvec.store.LogStats;
import dev.snapvec.store.Restored;
import dev.snapvec.store.Snapshot;

/**
 * An index and its directory, which this process or another one writes. Guards the index.
 * Thread-safe.
 * <p>
 * Internal: not for applications.
 */
public abstract class StoredIndex implements IndexGuard {

	private final IndexDefinition definition;

	private final SafeIndex index;

	private final LocalIndex local;

	private final List<SnapshotListener> listeners;

	private final IndexEvents events;

	private volatile IndexState state = IndexState.NEW;

	private volatile IndexState reached = IndexState.NEW;

	private volatile @Nullable Snapshot latest;

	private volatile @Nullable RuntimeException failure;

	private volatile @Nullable Duration restoreTime;

	private volatile @Nullable ScheduledFuture<?> schedule;

	StoredIndex(IndexDefinition definition, SafeIndex index, List<SnapshotListener> listeners, IndexEvents events) {
		this.definition = definition;
		this.index = index;
		this.local = index.local();
		this.listeners = listeners;
		this.events = events;
	}

	/** Rejects changes that the index must not accept, from now on. */
	public final void guard() {
		this.local.guard(this);
	}

	public final IndexDefinition definition() {
		return this.definition;
	}

	public final SafeIndex index() {
		return this.index;
	}

	/** What its handle keeps from applications. */
	final LocalIndex local() {
		return this.local;
	}

	final IndexState state() {
		return this.state;
	}

	/**
	 * The last state in which it had content to continue with, or new if there was none:
	 * how it is opened after it was closed.
	 */
	final IndexState reached() {
		return this.reached;
	}

	/** The caller holds the lock of the index, or its own. */
	final void become(IndexState next) {
		if (!this.state.canBecome(next)) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"index '%s' cannot go from %s to %s: the application is starting or stopping",
					this.definition.name(), this.state.toString().toLowerCase(Locale.ROOT),
					next.toString().toLowerCase(Locale.ROOT)));
		}
		this.state = next;
		if (next.isHolding()) {
			this.reached = next;
		}
	}

	/**
	 * At debug level for indexes of tenants, which are opened and closed all the time.
	 */
	final void log(Log logger, String message) {
		if (this.definition.isTenant()) {
			logger.debug(message);
		}
		else {
			logger.info(message);
		}
	}

	/** Notifies listeners of events, once no lock is held. */
	final void publish(IndexEvent event, Notices notices) {
		notices.add(() -> this.events.publish(event));
	}

	/** Notifies listeners of snapshots, once no lock is held. */
	final void tell(Consumer<SnapshotListener> event, Notices notices) {
		notices.add(() -> this.listeners.forEach(event));
	}

	final boolean isDirty() {
		return this.index.isDirty();
	}

	/** Whether it contains its last saved state, if there is one. */
	abstract boolean isRestored();

	/** Whether a last snapshot is still to be written. */
	public abstract boolean isUnsaved();

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

	/** When it is saved or reloaded, or null for never. */
	public abstract @Nullable Trigger trigger();

	/** Saves or reloads it. Listeners are notified of a failure. */
	public abstract void update();

	/** Sets when it is updated next; null if it will not be. */
	public final void schedule(@Nullable ScheduledFuture<?> schedule) {
		this.schedule = schedule;
	}

	final Optional<Instant> next() {
		return Optional.ofNullable(this.schedule)
			.filter((schedule) -> !schedule.isCancelled())
			.map((schedule) -> Instant.now().plusMillis(Math.max(0, schedule.getDelay(TimeUnit.MILLISECONDS))));
	}

	/** Rows that a bean added too early would be lost. */
	final void requireUnchanged() {
		if (this.index.generation() != 0) {
			throw new IllegalStateException(String
				.format(Locale.ROOT, "index '%s' was changed before it was restored, which would have discarded"
						+ " the change; fill it in a bean of type IndexPopulator, or after the application has started",
						this.definition.name()));
		}
	}

	/** Puts a loaded index under the handle; the guard must accept it. */
	final void restore(Restored restored, Stopwatch time) {
		this.local.restore(restored.index());
		this.latest = restored.snapshot();
		this.restoreTime = time.elapsed();
	}

	/**
	 * Restores the index.
	 * @param notices collects the notifications of listeners
	 * @return whether the index is new and can be populated
	 */
	public abstract boolean open(Notices notices);

	abstract List<Snapshot> snapshots();

	/** Statistics of its write-ahead log, if changes are being recorded. */
	abstract Optional<LogStats> log();

	/**
	 * Rejects changes from now on, and saves the index for the last time.
	 * @param save whether to save what changed, if that is configured
	 * @param notices collects the notifications of listeners
	 */
	public abstract void end(boolean save, Notices notices);

	/** Releases the directory. Does nothing if it was released. */
	public abstract void release();

}
