package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.event.IndexReloaded;
import dev.snapvec.spring.boot.event.IndexRestored;
import dev.snapvec.store.Restored;
import dev.snapvec.store.Snapshot;
import dev.snapvec.store.StoreFollower;

/**
 * An index that another process writes. It is frozen, as what is put in here would be
 * gone with the next snapshot, and it leaves the directory as it is.
 */
final class FollowingIndex extends StoredIndex {

	private static final Log logger = LogFactory.getLog(FollowingIndex.class);

	private final StoreFollower follower;

	private final ReentrantLock lock = new ReentrantLock();

	private boolean openedBefore;

	private boolean open;

	/** What could not be loaded when that failed last. */
	private @Nullable Snapshot failed;

	FollowingIndex(IndexDefinition definition, SafeIndex index, List<SnapshotListener> listeners, IndexEvents events) {
		super(definition, index, listeners, events);
		this.follower = StoreFollower.of(definition.directory(), definition.loadOptions());
	}

	@Override
	boolean open() {
		this.lock.lock();
		try {
			if (!this.openedBefore) {
				requireUnchanged();
				freezeEmpty();
			}
			this.open = true;
			this.openedBefore = true;
			loadFirst();
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** One that has not learned yet takes nothing anyway. */
	private void freezeEmpty() {
		if (index().stats().fitted()) {
			index().freeze();
		}
	}

	private void loadFirst() {
		try {
			reload();
		}
		catch (CorruptIndexException ex) {
			if (latest() == null && definition().onFailure() == IndexProperties.OnFailure.FAIL) {
				throw new CorruptSnapshotException(definition(), ex);
			}
		}
		catch (IndexIoException ex) {
			throw new UnusableDirectoryException(definition(), ex);
		}
		if (latest() == null) {
			logger.info(String.format(Locale.ROOT, "Index '%s' is empty until another process saves it to %s",
					definition().name(), definition().directory()));
		}
	}

	@Override
	public Trigger trigger() {
		return definition().reloadTrigger();
	}

	@Override
	public void update() {
		this.lock.lock();
		try {
			if (this.open && !isKnownToFail()) {
				reload();
			}
		}
		catch (RuntimeException ex) {
			return; // it was logged, and listeners were told
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What was not sound will not be, and large files take long to read. */
	private boolean isKnownToFail() {
		boolean lasting = failure() instanceof CorruptIndexException || failure() instanceof SnapshotMismatchException;
		return lasting && this.follower.latest().filter((newest) -> newest.equals(this.failed)).isPresent();
	}

	@Override
	Optional<Snapshot> reload() {
		this.lock.lock();
		try {
			if (!this.open) {
				throw new IllegalStateException(String.format(Locale.ROOT,
						"index '%s' cannot be reloaded while the application is stopped", definition().name()));
			}
			return loadNewer();
		}
		finally {
			this.lock.unlock();
		}
	}

	private Optional<Restored> loadAsConfigured() {
		try {
			return this.follower.load();
		}
		catch (IllegalArgumentException ex) {
			// it cannot be searched as configured, so it is of another configuration
			StoreFollower.of(definition().directory(), LoadOptions.defaults())
				.load()
				.ifPresent((found) -> SnapshotMismatchException.throwIfAny(definition(), found));
			throw ex;
		}
	}

	private Optional<Snapshot> loadNewer() {
		Snapshot newest = null;
		try {
			newest = this.follower.latest().orElse(null);
			Optional<Snapshot> loaded = (newest != null && !newest.equals(latest())) ? load() : Optional.empty();
			failure(null);
			return loaded;
		}
		// Whatever it is, the index is as it was, and the next attempt may succeed.
		catch (RuntimeException ex) {
			this.failed = newest;
			failed(ex);
			throw ex;
		}
	}

	private Optional<Snapshot> load() {
		long start = System.nanoTime();
		Optional<Restored> newer = loadAsConfigured();
		newer.ifPresent((loaded) -> replace(loaded, start));
		return newer.map(Restored::snapshot);
	}

	private void replace(Restored loaded, long start) {
		SnapshotMismatchException.throwIfAny(definition(), loaded);
		boolean first = latest() == null;
		definition().addModel(loaded.index());
		loaded.index().freeze();
		restore(loaded, start);
		logger.info(String.format(Locale.ROOT, "%s index '%s': %d rows from %s in %d ms",
				first ? "Restored" : "Reloaded", definition().name(), index().size(),
				loaded.snapshot().path().getFileName(), since(start).toMillis()));
		listeners().forEach((listener) -> listener.reloaded(definition().template(), loaded.snapshot(), since(start)));
		events().publish(first ? new IndexRestored(index(), loaded.snapshot(), since(start))
				: new IndexReloaded(index(), loaded.snapshot(), since(start)));
	}

	private void failed(RuntimeException ex) {
		if (failure() == null) {
			logger.error(String.format(Locale.ROOT, "Index '%s' could not be reloaded and stays as it was",
					definition().name()), ex);
		}
		failure(ex);
		listeners().forEach((listener) -> listener.reloadFailed(definition().template(), ex));
	}

	@Override
	List<Snapshot> snapshots() {
		return this.follower.latest().map(List::of).orElse(List.of());
	}

	@Override
	Optional<Snapshot> write() {
		throw new IllegalStateException(String.format(Locale.ROOT,
				"index '%s' is not saved here: it follows another process, reload.enabled is true",
				definition().name()));
	}

	@Override
	void close(boolean save) {
		this.lock.lock();
		try {
			this.open = false;
		}
		finally {
			this.lock.unlock();
		}
	}

}
