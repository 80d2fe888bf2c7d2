package dev.snapvec.spring.boot;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.snapvec.store.Snapshot;

/**
 * What is saved of each index, to look at. Thread-safe. Every method throws
 * {@link NoSuchIndexException} for a name that no index has.
 */
public interface IndexSnapshots {

	/**
	 * Tells whether an index changed since it was restored or its last snapshot.
	 * @param index its name
	 * @return whether there is something to save
	 */
	boolean isDirty(String index);

	/**
	 * Returns where the snapshots of an index are.
	 * @param index its name
	 * @return the directory
	 */
	Path directory(String index);

	/**
	 * Lists the snapshots of an index that are on disk.
	 * @param index its name
	 * @return the snapshots, newest first; none while the application is stopped
	 */
	List<Snapshot> list(String index);

	/**
	 * Returns the snapshot that an index was last restored from or saved to.
	 * @param index its name
	 * @return the snapshot, or nothing if there is none yet
	 */
	Optional<Snapshot> latest(String index);

	/**
	 * Returns why the last attempt to save an index failed.
	 * @param index its name
	 * @return the failure, or nothing if it succeeded
	 */
	Optional<Exception> failure(String index);

	/**
	 * Has a listener told of snapshots from now on.
	 * @param listener the listener
	 */
	void addListener(SnapshotListener listener);

}
