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
 * A block of names and values between the ids and the checksum, which Python does not
 * read. A file without attributes has none. <pre>
 * "SATT"  u32 length of the entries
 * entries, by name: u16 length, UTF-8 name, u32 length, UTF-8 value
 * u32 length of the entries  "SATT"
 * </pre> It is read from its beginning, which is where the ids end: bytes of ids can look
 * like a block, so it cannot be told from the end of a file.
 *
 * @param values the names and values
 */
public record Attributes(Map<String, String> values) {

	private static final int TAG = 'S' | 'A' << 8 | 'T' << 16 | 'T' << 24;

	private static final int TAG_BYTES = 4;

	/**
	 * @param sink takes them, behind the ids
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
	 * Walks through the ids of a file to where they end, and reads what follows. That
	 * nothing else does is checked; the ids are not.
	 * @param source the file, read up to the end of its header, where it is left
	 * @param bytesBeforeIds bytes between the header and the first id
	 * @param rows how many ids there are
	 * @return the attributes; none if the file has no block
	 * @throws MalformedFileException if the file does not end as it should
	 * @throws IOException if reading fails
	 */
	public static Attributes find(FileSource source, long bytesBeforeIds, int rows) throws IOException {
		long header = source.position();
		source.skip(bytesBeforeIds, "what comes before its ids");
		IdSection.skip(source, rows);
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
				throw new MalformedFileException(String.format(Locale.ROOT, "it has two attributes named '%s'", name));
			}
		}
		if (source.u32() != length || source.u32() != TAG) {
			throw new MalformedFileException("its attributes do not end where they should");
		}
		return new Attributes(Collections.unmodifiableMap(values));
	}

	private static String text(FileSource source, long length, long end) throws IOException {
		if (length > Math.min(end - source.position(), Integer.MAX_VALUE - Long.BYTES)) {
			throw new MalformedFileException("its attributes do not end where they should");
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
