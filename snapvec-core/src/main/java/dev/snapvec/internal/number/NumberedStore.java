package dev.snapvec.internal.number;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What documents set on a store, and its API does not expose. Provided by the package of
 * the store.
 */
public abstract class NumberedStore {

	private static volatile @Nullable NumberedStore provided;

	protected abstract void setReplayListener(Object store, ReplayListener listener);

	protected abstract void setCompanion(Object store, SnapshotCompanion companion);

	public static void provide(NumberedStore store) {
		provided = store;
	}

	private static NumberedStore provided() {
		return Objects.requireNonNull(provided);
	}

	/**
	 * Sets who receives what is replayed when the store restores.
	 * @param store an index store
	 * @param listener the listener
	 */
	public static void replayListener(Object store, ReplayListener listener) {
		provided().setReplayListener(store, listener);
	}

	/**
	 * Sets who saves documents together with the store's snapshots.
	 * @param store an index store
	 * @param companion the companion
	 */
	public static void companion(Object store, SnapshotCompanion companion) {
		provided().setCompanion(store, companion);
	}

}
