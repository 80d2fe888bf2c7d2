package dev.snapvec.spring.boot.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.store.Snapshot;

/**
 * Records snapshots and reloads in the meters of their index.
 */
record SnapshotMeters(Map<String, IndexMeters> meters) implements SnapshotListener {

	@Override
	public void written(String index, Snapshot snapshot, Duration duration) {
		of(index).ifPresent((meters) -> meters.saved(duration));
	}

	@Override
	public void failed(String index, Exception failure) {
		of(index).ifPresent(IndexMeters::notSaved);
	}

	@Override
	public void reloaded(String index, Snapshot snapshot, Duration duration) {
		of(index).ifPresent((meters) -> meters.reloaded(duration));
	}

	@Override
	public void reloadFailed(String index, Exception failure) {
		of(index).ifPresent(IndexMeters::notReloaded);
	}

	private Optional<IndexMeters> of(String index) {
		return Optional.ofNullable(this.meters.get(index));
	}

}
