package dev.snapvec.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * Changes logs where it matters, and makes their checksums right again.
 */
final class MutatedLog {

	private static final int[] NUMBERS = { 0, 1, 2, 3, 7, 8, 255, 65_535, 65_536, 1 << 24, 1 << 30, Integer.MAX_VALUE,
			Integer.MIN_VALUE, -1 };

	private static final float[] FLOATS = { 0, -0f, 1e-45f, 1e-30f, 1e19f, 1e30f, Float.MAX_VALUE, Float.NaN,
			Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY };

	private final Random random;

	private final byte[] header;

	private final List<byte[]> records;

	MutatedLog(Random random, byte[] log) {
		this.random = random;
		this.header = Arrays.copyOf(log, LogHeader.BYTES);
		this.records = records(log);
	}

	private static List<byte[]> records(byte[] log) {
		List<byte[]> records = new ArrayList<>();
		for (int at = LogHeader.BYTES; at < log.length;) {
			int length = LogRecord.FRAME + buffer(log).getInt(at);
			records.add(Arrays.copyOfRange(log, at, at + length));
			at += length;
		}
		return records;
	}

	private static ByteBuffer buffer(byte[] bytes) {
		return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
	}

	/**
	 * A mutated log.
	 * @param other a log to take records from
	 */
	byte[] next(byte[] other) {
		for (int i = this.random.nextInt(3); i >= 0; i--) {
			change(other);
		}
		if (this.random.nextBoolean()) {
			renumber();
		}
		int length = this.header.length + this.records.stream().mapToInt((record) -> record.length).sum();
		ByteBuffer log = buffer(new byte[length]);
		log.put(this.header);
		this.records.forEach(log::put);
		return damaged(log.array());
	}

	private void change(byte[] other) {
		int choice = this.random.nextInt(12);
		if (choice == 0 || this.records.isEmpty()) {
			changeHeader();
			return;
		}
		int number = this.random.nextInt(this.records.size());
		byte[] record = this.records.get(number);
		switch (choice) {
			case 1 -> this.records.remove(number);
			case 2 -> this.records.add(this.random.nextInt(this.records.size() + 1), record.clone());
			case 3 -> Collections.swap(this.records, number, this.random.nextInt(this.records.size()));
			case 4 -> {
				List<byte[]> others = records(other);
				if (!others.isEmpty()) {
					this.records.add(number, others.get(this.random.nextInt(others.size())));
				}
			}
			case 5 -> resize(number, record);
			case 6 -> changeFrame(record);
			default -> changeContent(record);
		}
	}

	private void changeHeader() {
		int field = 8 + 8 * this.random.nextInt(3);
		buffer(this.header).putLong(field, (this.random.nextInt(4) == 0) ? NUMBERS[this.random.nextInt(NUMBERS.length)]
				: buffer(this.header).getLong(field) + this.random.nextInt(5) - 2);
		CRC32C crc = new CRC32C();
		crc.update(this.header, 0, LogHeader.BYTES - 4);
		buffer(this.header).putInt(LogHeader.BYTES - 4, (int) crc.getValue());
	}

	private void changeFrame(byte[] record) {
		switch (this.random.nextInt(4)) {
			case 0 -> record[LogRecord.FRAME - 2] = (byte) this.random.nextInt(9);
			case 1 -> record[LogRecord.FRAME - 1] = (byte) this.random.nextInt(3);
			case 2 -> buffer(record).putLong(8, buffer(record).getLong(8) + this.random.nextInt(5) - 2);
			default -> buffer(record).putLong(16, this.random.nextInt(10) - 1);
		}
		seal(record);
	}

	private void changeContent(byte[] record) {
		int length = record.length - LogRecord.FRAME;
		if (length < 4) {
			return;
		}
		int at = LogRecord.FRAME + this.random.nextInt(length - 3);
		switch (this.random.nextInt(5)) {
			case 0 -> buffer(record).putInt(LogRecord.FRAME + 4 * this.random.nextInt(Math.min(2, length / 4)),
					NUMBERS[this.random.nextInt(NUMBERS.length)]);
			case 1 -> buffer(record).putFloat(at, FLOATS[this.random.nextInt(FLOATS.length)]);
			case 2 -> record[at] = (byte) 0xff;
			case 3 -> buffer(record).putShort(at, (short) this.random.nextInt(20));
			default -> record[at] ^= (byte) (1 << this.random.nextInt(8));
		}
		seal(record);
	}

	private void resize(int number, byte[] record) {
		int length = Math.max(LogRecord.FRAME, record.length + this.random.nextInt(17) - 8);
		byte[] resized = Arrays.copyOf(record, length);
		buffer(resized).putInt(0, length - LogRecord.FRAME);
		seal(resized);
		this.records.set(number, resized);
	}

	private void renumber() {
		for (int i = 0; i < this.records.size(); i++) {
			buffer(this.records.get(i)).putLong(8, i + 1L);
			seal(this.records.get(i));
		}
	}

	private static void seal(byte[] record) {
		CRC32C crc = new CRC32C();
		crc.update(record, 8, record.length - 8);
		buffer(record).putInt(4, (int) crc.getValue());
	}

	/** Now and then what no checksum makes right. */
	private byte[] damaged(byte[] log) {
		return switch (this.random.nextInt(12)) {
			case 0 -> Arrays.copyOf(log, this.random.nextInt(log.length + 1));
			case 1 -> Arrays.copyOf(log, log.length + this.random.nextInt(100));
			case 2 -> {
				log[this.random.nextInt(log.length)] ^= (byte) (1 << this.random.nextInt(8));
				yield log;
			}
			default -> log;
		};
	}

}
