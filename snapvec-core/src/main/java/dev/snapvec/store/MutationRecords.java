package dev.snapvec.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Mutations as the contents of records. A mutation with many rows takes several records,
 * created one at a time. Contents, little-endian:
 * <ul>
 * <li>{@link #PUT}: u32 dimension, u32 rows; for each row u16 length of the id in bytes,
 * the id in UTF-8, float32 per coordinate of the vector as it was given
 * <li>{@link #DELETE}: u32 rows; for each row u16 length of the id, the id in UTF-8
 * <li>{@link #ATTRIBUTE}: u32 length of the name, u32 length of the value, both in UTF-8
 * </ul>
 */
final class MutationRecords implements Iterator<ByteBuffer> {

	static final int PUT = 1;

	static final int DELETE = 2;

	static final int ATTRIBUTE = 3;

	/** A record takes rows up to about this many bytes. */
	private static final int BYTES = 1 << 20;

	private static final float[] NO_VECTOR = {};

	private final List<String> ids;

	private final float[][] vectors;

	private int done;

	private MutationRecords(List<String> ids, float[][] vectors) {
		this.ids = ids;
		this.vectors = vectors;
	}

	static Iterator<ByteBuffer> put(List<String> ids, float[][] vectors) {
		return new MutationRecords(ids, vectors);
	}

	static Iterator<ByteBuffer> delete(List<String> ids) {
		return new MutationRecords(ids, new float[0][]);
	}

	static Iterator<ByteBuffer> attribute(String name, String value) {
		byte[] first = name.getBytes(StandardCharsets.UTF_8);
		byte[] second = value.getBytes(StandardCharsets.UTF_8);
		ByteBuffer record = LogRecord.allocate(ATTRIBUTE, Integer.BYTES * 2L + first.length + second.length);
		return List.of(record.putInt(first.length).putInt(second.length).put(first).put(second)).iterator();
	}

	@Override
	public boolean hasNext() {
		return this.done < this.ids.size();
	}

	private float[] vector(int row) {
		return (this.vectors.length > 0) ? this.vectors[row] : NO_VECTOR;
	}

	@Override
	public ByteBuffer next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		int from = this.done;
		int most = Math.min(this.ids.size() - from, BYTES / (Float.BYTES * vector(from).length + Short.BYTES));
		byte[][] texts = new byte[Math.max(1, most)][];
		int rows = 0;
		int bytes = 0;
		while (rows < texts.length && (rows == 0 || bytes < BYTES)) {
			texts[rows] = this.ids.get(from + rows).getBytes(StandardCharsets.UTF_8);
			bytes += Short.BYTES + texts[rows].length + Float.BYTES * vector(from + rows).length;
			rows++;
		}
		this.done += rows;
		boolean put = this.vectors.length > 0;
		ByteBuffer record = LogRecord.allocate(put ? PUT : DELETE, bytes + (put ? Integer.BYTES * 2 : Integer.BYTES));
		if (put) {
			record.putInt(this.vectors[from].length);
		}
		record.putInt(rows);
		for (int i = 0; i < rows; i++) {
			record.putShort((short) texts[i].length).put(texts[i]);
			for (float coordinate : vector(from + i)) {
				record.putFloat(coordinate);
			}
		}
		if (hasNext()) {
			LogRecord.more(record);
		}
		return record;
	}

}
