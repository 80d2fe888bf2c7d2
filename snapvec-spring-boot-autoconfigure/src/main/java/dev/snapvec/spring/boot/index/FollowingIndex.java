package dev.snapvec.spring.boot.index;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.FrozenIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.LocalIndex;
import dev.snapvec.SafeIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.definition.StartPolicy;
import dev.snapvec.spring.boot.definition.UnusableDirectoryException;
import dev.snapvec.spring.boot.event.IndexReloaded;
import dev.snapvec.spring.boot.event.IndexRestored;
import dev.snapvec.store.LogStats;
import dev.snapvec.store.Restored;
import dev.snapvec.store.Snapshot;
import dev.snapvec.store.StoreFollower;

/**
 * An index that another process writes. It stays frozen, because the next snapshot would
 * discard changes made here, and never changes the directory.
 */
final class FollowingIndex extends StoredIndex {

	private static final Log logger = LogFactory.getLog(FollowingIndex.class);

	private final StoreFollower follower;

	private final FailureLog failures = new FailureLog(logger, System::nanoTime);

	/** Held while a snapshot is read, but not while listeners are called. */
	private final ReentrantLock lock = new ReentrantLock();

	/** The snapshot of the last load that failed. */
	private volatile @Nullable Snapshot failed;

	/** Guarded by the lock. */
	private long loads;

	/** The load that was published last; written between mutations of the index. */
	private long published;

	/** The index that is being published; written between mutations. */
	private @Nullable VectorIndex loading;

	FollowingIndex(IndexDefinition definition, SafeIndex index, List<SnapshotListener> listeners, IndexEvents events) {
		super(definition, index, listeners, events);
		this.follower = StoreFollower.of(definition.directory(), definition.loadOptions());
	}

	/**
	 * A loaded snapshot.
	 *
	 * @param restored the loaded index
	 * @param load number of the load
	 */
	private record Loaded(Restored restored, long load) {
	}

	@Override
	public void change(SafeIndex index, String call) {
		if (this.loading == null && !call.equals("restore")) {
			throw refused(index);
		}
	}

	@Override
	public void replace(SafeIndex index, VectorIndex next) {
		if (next != this.loading) {
			throw refused(index);
		}
	}

	private FrozenIndexException refused(SafeIndex index) {
		return new FrozenIndexException(String.format(Locale.ROOT,
				"index '%s' follows another process and rejects changes, as %s is true; change it there", index.name(),
				definition().reloadKey()));
	}

	private boolean isOpen() {
		return state() == IndexState.FOLLOWING;
	}

	@Override
	boolean isRestored() {
		return latest() != null || failure() == null;
	}

	@Override
	public boolean open(Notices notices) {
		this.lock.lock();
		try {
			if (reached() == IndexState.NEW) {
				requireUnchanged();
				freezeEmpty();
			}
			become(IndexState.FOLLOWING);
		}
		finally {
			this.lock.unlock();
		}
		loadFirst(notices);
		return false;
	}

	/** An index that is not fitted accepts no rows anyway. */
	private void freezeEmpty() {
		if (index().isFitted()) {
			index().freeze();
		}
	}

	private void loadFirst(Notices notices) {
		try {
			reload(notices);
		}
		catch (CorruptIndexException ex) {
			if (latest() == null && definition().onDamage() == StartPolicy.OnDamage.FAIL) {
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
		Notices notices = new Notices();
		try {
			if (isOpen() && !isKnownToFail()) {
				reload(notices);
			}
		}
		catch (RuntimeException ex) {
			return; // already logged, and listeners are notified
		}
		finally {
			notices.deliver();
		}
	}

	/** A damaged or mismatching snapshot stays so, and large files take long to read. */
	private boolean isKnownToFail() {
		boolean lasting = failure() instanceof CorruptIndexException || failure() instanceof SnapshotMismatchException;
		return lasting && this.follower.latest().filter((newest) -> newest.equals(this.failed)).isPresent();
	}

	/**
	 * Loads the newest snapshot if it is newer.
	 * @return the snapshot, or empty if it is not
	 */
	Optional<Snapshot> reload() {
		Notices notices = new Notices();
		try {
			return reload(notices);
		}
		finally {
			notices.deliver();
		}
	}

	private Optional<Snapshot> reload(Notices notices) {
		if (LocalIndex.isBetweenMutations()) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"index '%s' must not be reloaded between mutations: another reload may wait for them",
					definition().name()));
		}
		if (!isOpen()) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"index '%s' cannot be reloaded while the application is stopped", definition().name()));
		}
		Stopwatch time = new Stopwatch();
		Snapshot newest = null;
		try {
			newest = this.follower.latest().orElse(null);
			Loaded loaded = (newest != null) ? loadNewer() : null;
			Snapshot published = (loaded != null && publish(loaded, time, notices)) ? loaded.restored.snapshot() : null;
			failure(null);
			this.failures.succeeded(String.format(Locale.ROOT, "Index '%s' is reloaded", definition().name()));
			return Optional.ofNullable(published);
		}
		// Whatever it is, the index is unchanged, and the next attempt may succeed.
		catch (RuntimeException ex) {
			this.failed = newest;
			failed(ex, notices);
			throw ex;
		}
	}

	private @Nullable Loaded loadNewer() {
		this.lock.lock();
		try {
			Snapshot newest = this.follower.latest().orElse(null);
			if (newest == null || newest.equals(latest())) {
				return null;
			}
			Restored restored = loadAsConfigured().orElse(null);
			if (restored == null) {
				return null;
			}
			SnapshotMismatchException.throwIfAny(definition(), restored);
			restored.index().freeze();
			return new Loaded(restored, ++this.loads);
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
			// it cannot be searched as configured, so its configuration differs
			StoreFollower.of(definition().directory(), LoadOptions.defaults())
				.load()
				.ifPresent((found) -> SnapshotMismatchException.throwIfAny(definition(), found));
			throw ex;
		}
	}

	/**
	 * Publishes a loaded snapshot, unless one that was loaded later has been published.
	 */
	private boolean publish(Loaded loaded, Stopwatch time, Notices notices) {
		Restored restored = loaded.restored;
		boolean[] first = new boolean[1];
		boolean[] published = new boolean[1];
		local().betweenMutations(() -> {
			if (loaded.load > this.published && !restored.snapshot().equals(latest())) {
				first[0] = latest() == null;
				this.loading = restored.index();
				try {
					restore(restored, time);
					adoptModel();
				}
				finally {
					this.loading = null;
				}
				this.published = loaded.load;
				published[0] = true;
			}
		});
		if (published[0]) {
			published(restored.snapshot(), first[0], time, notices);
		}
		return published[0];
	}

	/** In memory only, because the file belongs to another process. */
	private void adoptModel() {
		String model = definition().modelToAdopt(local().index());
		if (model != null) {
			Map<String, String> attributes = new HashMap<>(index().attributes());
			attributes.put(IndexDefinition.MODEL, model);
			local().index().attributes(attributes);
		}
	}

	private void published(Snapshot snapshot, boolean first, Stopwatch time, Notices notices) {
		logger
			.info(String.format(Locale.ROOT, "%s index '%s': %d rows from %s in %d ms", first ? "Restored" : "Reloaded",
					definition().name(), index().size(), snapshot.path().getFileName(), time.millis()));
		tell((listener) -> listener.reloaded(definition().template(), snapshot, time.elapsed()), notices);
		publish(first ? new IndexRestored(index(), snapshot, time.elapsed())
				: new IndexReloaded(index(), snapshot, time.elapsed()), notices);
	}

	private void failed(RuntimeException ex, Notices notices) {
		this.failures.failed(
				String.format(Locale.ROOT, "Index '%s' could not be reloaded and is unchanged", definition().name()),
				ex);
		failure(ex);
		tell((listener) -> listener.reloadFailed(definition().template(), ex), notices);
	}

	@Override
	List<Snapshot> snapshots() {
		return this.follower.latest().map(List::of).orElse(List.of());
	}

	/** It records nothing, as it changes nothing. */
	@Override
	Optional<LogStats> log() {
		return Optional.empty();
	}

	@Override
	public boolean isUnsaved() {
		return false;
	}

	@Override
	public void end(boolean save, Notices notices) {
		this.lock.lock();
		try {
			if (isOpen()) {
				become(IndexState.CLOSING);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void release() {
		this.lock.lock();
		try {
			if (state() == IndexState.CLOSING) {
				become(IndexState.CLOSED);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
