package dev.snapvec.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import dev.snapvec.internal.number.NumberedRows;

/**
 * Mutations as the contents of records. A mutation with many rows takes several records,
 * created one at a time. Contents, little-endian:
 * <ul>
 * <li>{@link #PUT}: u32 dimension, u32 rows; for each row u16 length of the id in bytes,
 * the id in UTF-8, float32 per coordinate of the vector as it was given
 * <li>{@link #DELETE}: u32 rows; for each row u16 length of the id, the id in UTF-8
 * <li>{@link #ATTRIBUTE}: u32 length of the name, u32 length of the value, both in UTF-8
 * <li>{@link #PUT_NUMBERED}: as PUT, with an i64 number before the id of each row, and
 * u32 length of the payload and the payload behind its vector
 * <li>{@link #DELETE_NUMBERED}: as DELETE, with an i64 number before each id
 * <li>{@link #RENUMBER}: u32 rows; for each row its i64 number so far (0 for none), its
 * new i64 number, u16 length of the id, the id in UTF-8, u32 length of the payload, the
 * payload
 * </ul>
 */
final class MutationRecords implements Iterator<ByteBuffer> {

	static final int PUT = 1;

	static final int DELETE = 2;

	static final int ATTRIBUTE = 3;

	static final int PUT_NUMBERED = 4;

	static final int DELETE_NUMBERED = 5;

	static final int RENUMBER = 6;

	/** A record takes rows up to about this many bytes. */
	private static final int BYTES = 1 << 20;

	private static final int NO_DIMENSION = -1;

	private final int kind;

	private final List<String> ids;

	/** What comes first in a record, if there are vectors. */
	private final int dimension;

	private final RowContent content;

	private int done;

	private MutationRecords(int kind, List<String> ids, int dimension, RowContent content) {
		this.kind = kind;
		this.ids = ids;
		this.dimension = dimension;
		this.content = content;
	}

	static Iterator<ByteBuffer> put(List<String> ids, float[][] vectors) {
		return new MutationRecords(PUT, ids, dimension(vectors), new RowContent.Vectors(vectors));
	}

	private static int dimension(float[][] vectors) {
		return (vectors.length > 0) ? vectors[0].length : 0;
	}

	static Iterator<ByteBuffer> delete(List<String> ids) {
		return new MutationRecords(DELETE, ids, NO_DIMENSION, RowContent.NONE);
	}

	static Iterator<ByteBuffer> put(NumberedRows rows, long first) {
		return new MutationRecords(PUT_NUMBERED, rows.ids(), dimension(rows.vectors()), new RowContent.NumberedVectors(
				first, new RowContent.Vectors(rows.vectors()), new RowContent.Payloads(rows.payloads())));
	}

	static Iterator<ByteBuffer> delete(List<String> ids, long[] numbers) {
		return new MutationRecords(DELETE_NUMBERED, ids, NO_DIMENSION, new RowContent.Numbers(numbers));
	}

	static Iterator<ByteBuffer> renumber(List<String> ids, long[] expected, long first, byte[][] payloads) {
		return new MutationRecords(RENUMBER, ids, NO_DIMENSION,
				new RowContent.Renumbered(expected, first, new RowContent.Payloads(payloads)));
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

	@Override
	public ByteBuffer next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		int from = this.done;
		int least = Short.BYTES + this.content.before();
		long most = Math.min(this.ids.size() - from, BYTES / (least + this.content.after(from)));
		byte[][] texts = new byte[(int) Math.max(1, most)][];
		int rows = 0;
		long bytes = 0;
		while (rows < texts.length && (rows == 0 || bytes < BYTES)) {
			texts[rows] = this.ids.get(from + rows).getBytes(StandardCharsets.UTF_8);
			bytes += least + texts[rows].length + this.content.after(from + rows);
			rows++;
		}
		this.done += rows;
		boolean put = this.dimension != NO_DIMENSION;
		ByteBuffer record = LogRecord.allocate(this.kind, bytes + (put ? Integer.BYTES * 2 : Integer.BYTES));
		if (put) {
			record.putInt(this.dimension);
		}
		record.putInt(rows);
		for (int i = 0; i < rows; i++) {
			this.content.putBefore(record, from + i);
			record.putShort((short) texts[i].length).put(texts[i]);
			this.content.putAfter(record, from + i);
		}
		if (hasNext()) {
			LogRecord.more(record);
		}
		return record;
	}

}
