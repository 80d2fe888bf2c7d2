package dev.snapvec.store;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;

/**
 * Does recorded mutations again. An index that has some of the last ones already, as one
 * saved while they went on can, is no different afterwards. Confined to one thread.
 */
final class LogReplay {

	private static final int BATCH = 1024;

	private final VectorIndex index;

	/** Rows not in the index yet, the last of each id. */
	private final Map<String, float[]> rows = new LinkedHashMap<>();

	LogReplay(VectorIndex index) {
		this.index = index;
	}

	/**
	 * @param log a log
	 * @param path its file
	 * @param end where what can be used of it ends
	 */
	void apply(LogReader log, Path path, long end) throws IOException {
		long at = LogHeader.BYTES;
		long number = 1;
		while (at < end) {
			LogRecord record = log.record(at, number, number);
			if (record == null) {
				throw new IOException("it changed while it was read");
			}
			try {
				apply(record);
			}
			catch (BufferUnderflowException | IllegalArgumentException | SnapvecException ex) {
				throw new CorruptIndexException(path,
						String.format(Locale.ROOT,
								"%s does not fit the snapshot that it continues from: record %d, at byte %d: %s", path,
								number, at, ex.getMessage()),
						ex);
			}
			at += record.bytes();
			number++;
		}
		flush();
	}

	private void apply(LogRecord record) {
		ByteBuffer content = record.content();
		switch (record.kind()) {
			case MutationRecords.PUT -> put(content);
			case MutationRecords.DELETE -> delete(content);
			case MutationRecords.ATTRIBUTE -> attribute(content);
			default -> throw new IllegalArgumentException(
					String.format(Locale.ROOT, "it is of unknown kind %d", record.kind()));
		}
	}

	private void put(ByteBuffer content) {
		int dimension = content.getInt();
		if (dimension != this.index.dimension()) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"its vectors have dimension %d, those of the index have %d", dimension, this.index.dimension()));
		}
		for (int left = content.getInt(); left > 0; left--) {
			String id = id(content);
			float[] vector = new float[dimension];
			for (int i = 0; i < dimension; i++) {
				vector[i] = content.getFloat();
			}
			this.rows.put(id, vector);
			if (this.rows.size() == BATCH) {
				flush();
			}
		}
	}

	private void delete(ByteBuffer content) {
		List<String> ids = new ArrayList<>();
		for (int left = content.getInt(); left > 0; left--) {
			ids.add(id(content));
		}
		ids.forEach(this.rows::remove);
		this.index.deleteAll(ids);
	}

	private void attribute(ByteBuffer content) {
		int name = content.getInt();
		int value = content.getInt();
		Map<String, String> attributes = new HashMap<>(this.index.attributes());
		attributes.put(text(content, name), text(content, value));
		this.index.attributes(attributes);
	}

	private static String id(ByteBuffer content) {
		return text(content, content.getShort() & 0xffff);
	}

	private static String text(ByteBuffer content, int length) {
		if (length < 0 || length > content.remaining()) {
			throw new BufferUnderflowException();
		}
		byte[] utf8 = new byte[length];
		content.get(utf8);
		return new String(utf8, StandardCharsets.UTF_8);
	}

	private void flush() {
		if (!this.rows.isEmpty()) {
			this.index.upsertAll(List.copyOf(this.rows.keySet()), this.rows.values().toArray(new float[0][]));
			this.rows.clear();
		}
	}

}
