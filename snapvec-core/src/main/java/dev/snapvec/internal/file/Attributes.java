package dev.snapvec.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The attributes of an index: a block before the checksum, behind the ids and numbers,
 * which Python ignores. A file without attributes has no such block. <pre>
 * "SATT"  u32 length of the entries
 * entries, by name: u16 length, UTF-8 name, u32 length, UTF-8 value
 * u32 length of the entries  "SATT"
 * </pre> It is located by its start, where the ids or numbers end: bytes of ids can look
 * like a block, so it cannot be located from the end of the file.
 *
 * @param values the names and values
 */
public record Attributes(Map<String, String> values) {

	private static final int TAG = 'S' | 'A' << 8 | 'T' << 16 | 'T' << 24;

	private static final int TAG_BYTES = 4;

	/**
	 * @param sink receives the block, behind the ids
	 * @param attributes names and values
	 * @throws IOException if writing fails
	 */
	public static void write(FileSink sink, Map<String, String> attributes) throws IOException {
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
	 * Skips the ids and numbers of a file and reads the attributes behind them. Checks
	 * that nothing else follows, but not what is skipped.
	 * @param source the file, read up to the end of its header, where it is left
	 * @param bytesBeforeIds bytes between the header and the first id
	 * @param rows number of ids
	 * @return the attributes; none if the file has no block
	 * @throws MalformedFileException if the end of the file violates the format
	 * @throws IOException if reading fails
	 */
	public static Attributes find(FileSource source, long bytesBeforeIds, int rows) throws IOException {
		long header = source.position();
		source.skip(bytesBeforeIds, "the part before its ids");
		IdSection.skip(source, rows);
		NumberSection.skip(source, rows);
		Attributes attributes = read(source);
		source.endHere();
		source.position(header);
		return attributes;
	}

	private static Attributes read(FileSource source) throws IOException {
		if (source.remaining() < TAG_BYTES || source.nextInt() != TAG) {
			return new Attributes(Map.of());
		}
		source.u32();
		long length = source.u32();
		source.require(length, "attributes");
		long end = source.position() + length;
		Map<String, String> values = new TreeMap<>();
		while (source.position() < end) {
			String name = text(source, source.u16(), end);
			String value = text(source, source.u32(), end);
			if (values.put(name, value) != null) {
				throw new MalformedFileException(
						String.format(Locale.ROOT, "it has two attributes named '%s', but names must be unique", name));
			}
		}
		if (source.u32() != length || source.u32() != TAG) {
			throw new MalformedFileException("its attributes do not end where their length says");
		}
		return new Attributes(Collections.unmodifiableMap(values));
	}

	private static String text(FileSource source, long length, long end) throws IOException {
		if (length > Math.min(end - source.position(), Integer.MAX_VALUE - Long.BYTES)) {
			throw new MalformedFileException("its attributes do not end where their length says");
		}
		byte[] utf8 = new byte[(int) length];
		source.bytes(utf8, utf8.length);
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new MalformedFileException("the name or value of an attribute is not UTF-8");
		}
	}

}
