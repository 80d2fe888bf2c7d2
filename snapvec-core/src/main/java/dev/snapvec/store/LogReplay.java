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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.file.Reason;
import dev.snapvec.internal.number.ReplayListener;
import dev.snapvec.internal.rows.View;
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

	private final ReplayedRows rows;

	private final boolean oneByOne;

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

	/** Records of the current segment whose mutation continues in the next record. */
	private final Set<Long> continued = new HashSet<>();

	private long mutations;

	/** The end of the last mutation that was applied. */
	private @Nullable Position position;

	LogReplay(VectorIndex index, boolean oneByOne, ReplayListener listener) {
		this.rows = new ReplayedRows(index, listener);
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
			this.rows.flush();
		}
		this.mutations++;
		this.position = position;
	}

	private void apply(LogRecord record) throws CharacterCodingException {
		ByteBuffer content = record.content();
		switch (record.kind()) {
			case MutationRecords.PUT -> put(content, false);
			case MutationRecords.PUT_NUMBERED -> put(content, true);
			case MutationRecords.DELETE -> delete(content, false);
			case MutationRecords.DELETE_NUMBERED -> delete(content, true);
			case MutationRecords.RENUMBER -> renumber(content);
			case MutationRecords.ATTRIBUTE -> attribute(content);
			default ->
				throw new IllegalArgumentException(String.format(Locale.ROOT, "its kind %d is unknown", record.kind()));
		}
		if (content.hasRemaining()) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "%d bytes are left at its end", content.remaining()));
		}
	}

	private void put(ByteBuffer content, boolean numbered) throws CharacterCodingException {
		int dimension = content.getInt();
		if (dimension != this.rows.index().dimension()) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "its vectors have dimension %d, but the index has dimension %d",
							dimension, this.rows.index().dimension()));
		}
		for (int left = count(content); left > 0; left--) {
			long number = numbered ? number(content, 1) : 0;
			String id = id(content);
			float[] vector = new float[dimension];
			for (int i = 0; i < dimension; i++) {
				vector[i] = content.getFloat();
			}
			if (numbered) {
				this.rows.put(id, vector, number, payload(content));
			}
			else {
				this.rows.put(id, vector);
			}
		}
	}

	private void delete(ByteBuffer content, boolean numbered) throws CharacterCodingException {
		List<String> ids = new ArrayList<>();
		List<Long> numbers = new ArrayList<>();
		for (int left = count(content); left > 0; left--) {
			if (numbered) {
				numbers.add(number(content, 1));
			}
			ids.add(id(content));
		}
		if (numbered) {
			this.rows.delete(ids, numbers.stream().mapToLong(Long::longValue).toArray());
		}
		else {
			this.rows.delete(ids);
		}
	}

	private void renumber(ByteBuffer content) throws CharacterCodingException {
		List<ReplayedRows.Renumbering> renumberings = new ArrayList<>();
		for (int left = count(content); left > 0; left--) {
			long expected = number(content, 0);
			long number = number(content, expected + 1);
			renumberings.add(new ReplayedRows.Renumbering(id(content), expected, number, payload(content)));
		}
		this.rows.renumber(renumberings);
	}

	private static long number(ByteBuffer content, long least) {
		long number = content.getLong();
		if (number < least || number > View.MOST_NUMBER) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"a number must be between %d and %d, but was %d", least, View.MOST_NUMBER, number));
		}
		return number;
	}

	private static byte[] payload(ByteBuffer content) {
		byte[] payload = new byte[length(content, content.getInt())];
		content.get(payload);
		return payload;
	}

	private static int length(ByteBuffer content, int length) {
		if (length < 0 || length > content.remaining()) {
			throw new BufferUnderflowException();
		}
		return length;
	}

	private void attribute(ByteBuffer content) throws CharacterCodingException {
		int name = content.getInt();
		int value = content.getInt();
		Map<String, String> attributes = new HashMap<>(this.rows.index().attributes());
		attributes.put(text(content, name), text(content, value));
		this.rows.index().attributes(attributes);
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
		ByteBuffer utf8 = content.slice(content.position(), length(content, length));
		content.position(content.position() + length);
		return this.decoder.decode(utf8).toString();
	}

}
