package dev.snapvec.internal.file;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A block of names and values between the ids and the checksum, which Python does not
 * read. A file without attributes has none. <pre>
 * "SATT"  u32 length of the entries
 * entries, by name: u16 length, UTF-8 name, u32 length, UTF-8 value
 * u32 length of the entries  "SATT"
 * </pre> The length and tag are repeated at the end so that the block can be found from
 * there.
 *
 * @param values the names and values
 * @param length bytes of the block, 0 if there is none
 */
public record Attributes(Map<String, String> values, int length) {

	private static final Attributes NONE = new Attributes(Map.of(), 0);

	private static final int TAG = 'S' | 'A' << 8 | 'T' << 16 | 'T' << 24;

	private static final int FRAME = 16;

	static void write(FileSink sink, Map<String, String> attributes) throws IOException {
		if (attributes.isEmpty()) {
			return;
		}
		SortedMap<String, String> sorted = new TreeMap<>(attributes);
		long length = 0;
		for (Map.Entry<String, String> entry : sorted.entrySet()) {
			length += 6 + utf8(entry.getKey()).length + utf8(entry.getValue()).length;
		}
		sink.u32(TAG);
		sink.u32(length);
		for (Map.Entry<String, String> entry : sorted.entrySet()) {
			byte[] name = utf8(entry.getKey());
			byte[] value = utf8(entry.getValue());
			sink.u16(name.length);
			sink.bytes(name, 0, name.length);
			sink.u32(value.length);
			sink.bytes(value, 0, value.length);
		}
		sink.u32(length);
		sink.u32(TAG);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Finds the block from the end of a file.
	 * @param source the file, read to anywhere before the block
	 * @return the attributes; none if the file has no block
	 * @throws MalformedFileException if the block does not hold what it should
	 * @throws IOException if reading fails
	 */
	public static Attributes find(FileSource source) throws IOException {
		if (source.remaining() < FRAME) {
			return NONE;
		}
		ByteBuffer end = source.tail(FRAME / 2);
		long entries = end.getInt() & 0xffffffffL;
		if (end.getInt() != TAG || entries > Math.min(source.remaining(), Integer.MAX_VALUE) - FRAME) {
			return NONE;
		}
		int length = (int) entries + FRAME;
		ByteBuffer block = source.tail(length);
		if (block.getInt() != TAG || block.getInt() != (int) entries) {
			return NONE;
		}
		block.limit(length - FRAME / 2);
		try {
			return new Attributes(parse(block), length);
		}
		catch (BufferUnderflowException | IllegalArgumentException ex) {
			throw new MalformedFileException("its attributes do not end where they should");
		}
	}

	private static Map<String, String> parse(ByteBuffer entries) {
		Map<String, String> values = new TreeMap<>();
		while (entries.hasRemaining()) {
			String name = text(entries, entries.getShort() & 0xffff);
			values.put(name, text(entries, entries.getInt()));
		}
		return Collections.unmodifiableMap(values);
	}

	private static String text(ByteBuffer entries, int length) {
		if (length < 0 || length > entries.remaining()) {
			throw new BufferUnderflowException();
		}
		String text = StandardCharsets.UTF_8.decode(entries.slice(entries.position(), length)).toString();
		entries.position(entries.position() + length);
		return text;
	}

	/** Reads past the block, which must take all that is left of the file. */
	void readPast(FileSource source) throws IOException {
		if (source.remaining() != this.length) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"%d bytes follow the last id, its attributes take %d", source.remaining(), this.length));
		}
		source.skip(this.length, "attributes");
	}

}
