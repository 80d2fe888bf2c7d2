package dev.snapvec.documents;

import java.util.Set;

import dev.snapvec.internal.number.SnapshotCompanion;

/**
 * Commits documents together with the snapshots of their index. Thread-safe.
 *
 * @param store the documents
 */
record DocumentSnapshots(DocumentStore store) implements SnapshotCompanion {

	@Override
	public void starting() {
		this.store.hold();
	}

	@Override
	public void ended() {
		this.store.releaseHold();
	}

	@Override
	public long commit(long snapshot, Moment moment) {
		return this.store.commit(snapshot, moment.newest(), moment::holds).generation();
	}

	@Override
	public void retained(Set<Long> snapshots) {
		this.store.retain(snapshots);
	}

}
