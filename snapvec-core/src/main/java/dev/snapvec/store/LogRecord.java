package dev.snapvec.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The frame of a record in a WAL segment, little-endian:
 * <table>
 * <caption>Layout</caption>
 * <tr>
 * <td>u32</td>
 * <td>length of the content, in bytes</td>
 * </tr>
 * <tr>
 * <td>u32</td>
 * <td>CRC-32C of the rest of the record</td>
 * </tr>
 * <tr>
 * <td>i64</td>
 * <td>number, counting from 1 in the file</td>
 * </tr>
 * <tr>
 * <td>i64</td>
 * <td>number of the last record that was known to be on disk when this one was
 * written</td>
 * </tr>
 * <tr>
 * <td>u8</td>
 * <td>kind of the content, see {@link MutationRecords}</td>
 * </tr>
 * <tr>
 * <td>u8</td>
 * <td>1 if the mutation continues in the next record, else 0</td>
 * </tr>
 * <tr>
 * <td></td>
 * <td>the content</td>
 * </tr>
 * </table>
 * <p>
 * Writes can reach a disk in any order. So a damaged record before a valid one can mean a
 * power loss before it was on disk, or a disk that lost it later. The valid record tells
 * which: if the other one was known to be on disk, the disk lost it.
 *
 * @param number its number
 * @param forced the last record known to be on disk
 * @param kind kind of the content
 * @param more whether the mutation continues in the next record
 * @param content the content
 * @param bytes the length of the whole record
 */
record LogRecord(long number, long forced, int kind, boolean more, ByteBuffer content, int bytes) {

	static final int FRAME = 26;

	/** Maximum length of the content; readers take a longer one for damage. */
	static final int LONGEST = 1 << 30;

	/** Offset of the first byte of a record that its CRC covers. */
	static final int CHECKED_FROM = 8;

	/**
	 * Allocates a record, to be sealed once its content is written.
	 * @throws IllegalArgumentException if the content is longer than a record can hold
	 */
	static ByteBuffer allocate(int kind, long content) {
		if (content > LONGEST) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"a mutation must take at most %d bytes of the log, but takes %d", LONGEST, content));
		}
		return ByteBuffer.allocate(FRAME + (int) content)
			.order(ByteOrder.LITTLE_ENDIAN)
			.put(FRAME - 2, (byte) kind)
			.position(FRAME);
	}

	static void more(ByteBuffer record) {
		record.put(FRAME - 1, (byte) 1);
	}

	static void seal(ByteBuffer record, long number, long forced) {
		record.putInt(0, record.capacity() - FRAME).putLong(8, number).putLong(16, forced);
		record.putInt(4, crc(record));
	}

	private static int crc(ByteBuffer record) {
		CRC32C crc = new CRC32C();
		crc.update(record.duplicate().clear().position(CHECKED_FROM));
		return (int) crc.getValue();
	}

	/** Whether a buffer holds a valid record. */
	static boolean isSound(ByteBuffer record) {
		return record.getInt(4) == crc(record);
	}

	static LogRecord of(ByteBuffer record) {
		return new LogRecord(record.getLong(8), record.getLong(16), record.get(FRAME - 2), record.get(FRAME - 1) == 1,
				record.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(FRAME), record.capacity());
	}

}
