package dev.snapvec.spring.boot.index;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.store.LogStats;
import dev.snapvec.store.Snapshot;

/**
 * The snapshots of all indexes.
 * <p>
 * Internal: not for applications.
 */
public class PersistentIndexes implements IndexSnapshots {

	private final ManagedIndexes managed;

	/** Guards all indexes from now on. */
	public PersistentIndexes(ManagedIndexes managed) {
		this.managed = managed;
		managed.all().forEach(StoredIndex::guard);
	}

	@Override
	public boolean isDirty(String index) {
		return get(index).isDirty();
	}

	@Override
	public Path directory(String index) {
		return get(index).definition().directory();
	}

	@Override
	public List<Snapshot> list(String index) {
		return get(index).snapshots();
	}

	@Override
	public Optional<Snapshot> latest(String index) {
		return Optional.ofNullable(get(index).latest());
	}

	@Override
	public Optional<Duration> restoreTime(String index) {
		return Optional.ofNullable(get(index).restoreTime());
	}

	@Override
	public Optional<Exception> failure(String index) {
		return Optional.ofNullable(get(index).failure());
	}

	@Override
	public boolean isRestored(String index) {
		return get(index).isRestored();
	}

	@Override
	public Optional<LogStats> log(String index) {
		return get(index).log();
	}

	@Override
	public int retained(String index) {
		return get(index).definition().snapshotsRetained();
	}

	@Override
	public Optional<Instant> next(String index) {
		return get(index).next();
	}

	@Override
	public Optional<Snapshot> write(String index) {
		StoredIndex saved = get(index);
		if (saved instanceof PersistentIndex written) {
			return written.write();
		}
		throw new IllegalStateException(
				String.format(Locale.ROOT, "index '%s' cannot be saved: it follows another process, as %s is true",
						index, saved.definition().reloadKey()));
	}

	@Override
	public boolean isFollower(String index) {
		return get(index).definition().follows();
	}

	@Override
	public Optional<Snapshot> reload(String index) {
		StoredIndex reloaded = get(index);
		if (reloaded instanceof FollowingIndex following) {
			return following.reload();
		}
		throw new IllegalStateException(
				String.format(Locale.ROOT, "index '%s' cannot be reloaded: this process writes it, as %s is false",
						index, reloaded.definition().reloadKey()));
	}

	@Override
	public void addListener(SnapshotListener listener) {
		this.managed.addListener(listener);
	}

	private StoredIndex get(String name) {
		return this.managed.get(name);
	}

}
