package dev.snapvec.store;

import java.nio.ByteBuffer;

/**
 * What a record holds of each row, around its id.
 */
interface RowContent {

	/** Only the id. */
	RowContent NONE = new RowContent() {
	};

	/** Number of bytes before the id. */
	default int before() {
		return 0;
	}

	/** Number of bytes behind the id. */
	default long after(int row) {
		return 0;
	}

	default void putBefore(ByteBuffer record, int row) {
	}

	default void putAfter(ByteBuffer record, int row) {
	}

	/** A vector. */
	record Vectors(float[][] vectors) implements RowContent {

		@Override
		public long after(int row) {
			return (long) Float.BYTES * this.vectors[row].length;
		}

		@Override
		public void putAfter(ByteBuffer record, int row) {
			for (float coordinate : this.vectors[row]) {
				record.putFloat(coordinate);
			}
		}

	}

	/** A number before, vector and payload behind. */
	record NumberedVectors(long first, Vectors vectors, Payloads payloads) implements RowContent {

		@Override
		public int before() {
			return Long.BYTES;
		}

		@Override
		public long after(int row) {
			return this.vectors.after(row) + this.payloads.after(row);
		}

		@Override
		public void putBefore(ByteBuffer record, int row) {
			record.putLong(this.first + row);
		}

		@Override
		public void putAfter(ByteBuffer record, int row) {
			this.vectors.putAfter(record, row);
			this.payloads.putAfter(record, row);
		}

	}

	/** A payload. */
	record Payloads(byte[][] payloads) implements RowContent {

		@Override
		public long after(int row) {
			return (long) Integer.BYTES + this.payloads[row].length;
		}

		@Override
		public void putAfter(ByteBuffer record, int row) {
			record.putInt(this.payloads[row].length).put(this.payloads[row]);
		}

	}

	/** A number. */
	record Numbers(long[] numbers) implements RowContent {

		@Override
		public int before() {
			return Long.BYTES;
		}

		@Override
		public void putBefore(ByteBuffer record, int row) {
			record.putLong(this.numbers[row]);
		}

	}

	/** The old and the new number before, the payload behind. */
	record Renumbered(long[] expected, long first, Payloads payloads) implements RowContent {

		@Override
		public int before() {
			return Long.BYTES * 2;
		}

		@Override
		public long after(int row) {
			return this.payloads.after(row);
		}

		@Override
		public void putBefore(ByteBuffer record, int row) {
			record.putLong(this.expected[row]).putLong(this.first + row);
		}

		@Override
		public void putAfter(ByteBuffer record, int row) {
			this.payloads.putAfter(record, row);
		}

	}

}
