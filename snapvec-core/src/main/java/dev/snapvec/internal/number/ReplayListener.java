package dev.snapvec.internal.number;

/**
 * Receives what the write-ahead log says of documents while it is replayed: what the
 * snapshot does not have. Called by one thread.
 */
public interface ReplayListener {

	/** Ignores everything. */
	ReplayListener NONE = new ReplayListener() {
		@Override
		public void begin() {
		}

		@Override
		public void put(String id, long number, byte[] payload) {
		}

		@Override
		public void gone(long number) {
		}
	};

	/**
	 * A replay begins: the state is that of the snapshot. It may begin again, if a record
	 * cannot be applied; what was received before does not count then.
	 */
	void begin();

	/**
	 * A row has a number from now on.
	 * @param id its id
	 * @param number its number
	 * @param payload what was recorded with it
	 */
	void put(String id, long number, byte[] payload);

	/**
	 * No row has a number any more.
	 * @param number a number, of the snapshot or received before
	 */
	void gone(long number);

}
