package dev.snapvec.store;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.file.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Replays recorded mutations. Replay is idempotent: an index that contains some of the
 * last ones already, because it was saved concurrently with them, ends in the same state.
 * Not thread-safe.
 * <p>
 * Rows are added in batches, so a row that cannot be added is detected late, and the
 * index must be discarded then. Replaying one mutation at a time is slower, and
 * identifies the mutation.
 */
final class LogReplay {

	private static final int BATCH = 1024;

	private final VectorIndex index;

	private final boolean oneByOne;

	/** Rows not in the index yet: the latest per id. */
	private final Map<String, float[]> rows = new LinkedHashMap<>();

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

	/** Records of the current segment whose mutation continues in the next record. */
	private final Set<Long> continued = new HashSet<>();

	private long mutations;

	/** The end of the last mutation that was applied. */
	private @Nullable Position position;

	LogReplay(VectorIndex index, boolean oneByOne) {
		this.index = index;
		this.oneByOne = oneByOne;
	}

	/**
	 * A position between two mutations.
	 *
	 * @param path the segment
	 * @param end the position in bytes
	 * @param records the number of records before it
	 * @param proven the number of these that are known to have been on disk, as complete
	 * mutations
	 */
	record Position(Path path, long end, long records, long proven) {
	}

	/** The number of mutations applied. */
	long mutations() {
		return this.mutations;
	}

	/**
	 * The end of the applied mutations; if they are applied one by one, the position of
	 * the failure.
	 */
	@Nullable Position position() {
		return this.position;
	}

	/**
	 * Applies records that were validated.
	 * @param log a segment
	 * @param path its file
	 * @param records the number of its records to apply
	 * @throws CorruptIndexException if one does not fit the index, which must be
	 * discarded then
	 */
	void apply(LogReader log, Path path, long records) throws IOException {
		long at = LogHeader.BYTES;
		long proven = 0;
		this.position = new Position(path, at, 0, 0);
		this.continued.clear();
		for (long number = 1; number <= records; number++) {
			LogRecord record = log.record(at, number, number);
			if (record == null) {
				throw new IOException("it changed while it was read");
			}
			try {
				apply(record);
				proven = Math.max(proven, Math.min(record.forced(), records));
				at += record.bytes();
				if (record.more()) {
					this.continued.add(number);
					continue;
				}
				mutationEnds(new Position(path, at, number, whole(proven)), number == records);
			}
			catch (RuntimeException | CharacterCodingException ex) {
				throw new CorruptIndexException(path,
						String.format(Locale.ROOT,
								"%s does not fit the snapshot that it continues from: record %d, at byte %d: %s", path,
								number, at, Reason.of(ex)),
						ex);
			}
		}
	}

	private long whole(long records) {
		long whole = records;
		while (this.continued.contains(whole)) {
			whole--;
		}
		return whole;
	}

	private void mutationEnds(Position position, boolean last) {
		if (this.oneByOne || last) {
			flush();
		}
		this.mutations++;
		this.position = position;
	}

	private void apply(LogRecord record) throws CharacterCodingException {
		ByteBuffer content = record.content();
		switch (record.kind()) {
			case MutationRecords.PUT -> put(content);
			case MutationRecords.DELETE -> delete(content);
			case MutationRecords.ATTRIBUTE -> attribute(content);
			default ->
				throw new IllegalArgumentException(String.format(Locale.ROOT, "its kind %d is unknown", record.kind()));
		}
		if (content.hasRemaining()) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "%d bytes are left at its end", content.remaining()));
		}
	}

	private void put(ByteBuffer content) throws CharacterCodingException {
		int dimension = content.getInt();
		if (dimension != this.index.dimension()) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "its vectors have dimension %d, but the index has dimension %d",
							dimension, this.index.dimension()));
		}
		for (int left = count(content); left > 0; left--) {
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

	private void delete(ByteBuffer content) throws CharacterCodingException {
		List<String> ids = new ArrayList<>();
		for (int left = count(content); left > 0; left--) {
			ids.add(id(content));
		}
		ids.forEach(this.rows::remove);
		this.index.deleteAll(ids);
	}

	private void attribute(ByteBuffer content) throws CharacterCodingException {
		int name = content.getInt();
		int value = content.getInt();
		Map<String, String> attributes = new HashMap<>(this.index.attributes());
		attributes.put(text(content, name), text(content, value));
		this.index.attributes(attributes);
	}

	private static int count(ByteBuffer content) {
		int count = content.getInt();
		if (count < 0) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "its number of rows must be at least 0, but was %d", count));
		}
		return count;
	}

	private String id(ByteBuffer content) throws CharacterCodingException {
		return text(content, content.getShort() & 0xffff);
	}

	private String text(ByteBuffer content, int length) throws CharacterCodingException {
		if (length < 0 || length > content.remaining()) {
			throw new BufferUnderflowException();
		}
		ByteBuffer utf8 = content.slice(content.position(), length);
		content.position(content.position() + length);
		return this.decoder.decode(utf8).toString();
	}

	private void flush() {
		if (!this.rows.isEmpty()) {
			this.index.upsertAll(List.copyOf(this.rows.keySet()), this.rows.values().toArray(new float[0][]));
			this.rows.clear();
		}
	}

}
