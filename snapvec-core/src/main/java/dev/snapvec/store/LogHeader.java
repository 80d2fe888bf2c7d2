package dev.snapvec.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The header of a WAL segment, little-endian: {@code SNPL}, u32 version, then the three
 * numbers as i64, u32 CRC-32C of everything before it.
 *
 * @param number the segment's number: its mutations are not all in snapshots before the
 * one of this number, which need not exist
 * @param previous the number of the segment that this one continues, or 0 if it continues
 * the snapshot of its own number
 * @param previousRecords the number of records of that segment before those of this one;
 * any behind them were not acknowledged, or are repeated here
 */
record LogHeader(long number, long previous, long previousRecords) {

	static final int BYTES = 36;

	/**
	 * A segment of version 2 may continue fewer records than the segment before it has,
	 * and repeats those that it does not continue; readers of version 1 took that for
	 * damage. A segment of version 3 may hold numbers and payloads, which readers of
	 * version 2 took for damage too.
	 */
	static final int VERSION = 3;

	private static final int MAGIC = 'S' | 'N' << 8 | 'P' << 16 | 'L' << 24;

	byte[] toBytes() {
		ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
		bytes.putInt(MAGIC).putInt(VERSION);
		bytes.putLong(this.number).putLong(this.previous).putLong(this.previousRecords);
		bytes.putInt(crc(bytes.array()));
		return bytes.array();
	}

	private static int crc(byte[] bytes) {
		CRC32C crc = new CRC32C();
		crc.update(bytes, 0, BYTES - Integer.BYTES);
		return (int) crc.getValue();
	}

	static boolean hasMagic(ByteBuffer bytes) {
		return bytes.getInt(0) == MAGIC;
	}

	static long version(ByteBuffer bytes) {
		return bytes.getInt(4) & 0xffffffffL;
	}

	static boolean isSound(ByteBuffer bytes) {
		return bytes.getInt(BYTES - Integer.BYTES) == crc(bytes.array());
	}

	static LogHeader of(ByteBuffer bytes) {
		return new LogHeader(bytes.getLong(8), bytes.getLong(16), bytes.getLong(24));
	}

}
