package dev.snapvec.internal.number;

import dev.snapvec.VectorIndex;
import org.jspecify.annotations.Nullable;

/**
 * Receives what the write-ahead log says of documents while it is replayed: what the
 * snapshot does not have. Called by one thread.
 */
public interface ReplayListener {

	/** Ignores everything. */
	ReplayListener NONE = new ReplayListener() {
		@Override
		public void begin(VectorIndex index, long snapshot) {
		}

		@Override
		public void put(String id, long number, byte[] payload, float @Nullable [] vector, long previous) {
		}

		@Override
		public void gone(long number) {
		}
	};

	/**
	 * A replay begins: the state is that of the snapshot. It may begin again, if a record
	 * cannot be applied, or with an older snapshot; what was received before does not
	 * count then.
	 * @param index the index of the snapshot, which names the commit of its documents
	 * @param snapshot the number of the snapshot
	 * @throws dev.snapvec.CorruptIndexException if the documents of the snapshot are
	 * damaged, as if the snapshot was
	 */
	void begin(VectorIndex index, long snapshot);

	/**
	 * A row has a number from now on.
	 * @param id its id
	 * @param number its number
	 * @param payload what was recorded with it
	 * @param vector its vector; null if it is that of the row's previous number
	 * @param previous the previous number of a row that was given another one, which is
	 * gone afterwards; 0 if it had none, or the row is new
	 */
	void put(String id, long number, byte[] payload, float @Nullable [] vector, long previous);

	/**
	 * No row has a number any more.
	 * @param number a number, of the snapshot or received before
	 */
	void gone(long number);

}
