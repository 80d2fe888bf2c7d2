package dev.snapvec.documents;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Binary format of metadata, big-endian: one byte for the type of each value, then the
 * value. Values read equal those written, including their types. <pre>
 * map    0x01  count:int  (key:text value)*        list  0x02  count:int  value*
 * text   0x03  length:int utf-8                    text  0x04  length:int utf-16, where utf-8 would lose a surrogate
 * false  0x05      true   0x06                     byte  0x07  short 0x08   int 0x09   long 0x0a
 * float  0x0b      double 0x0c                     integer 0x0d length:int bytes      decimal 0x0e scale:int length:int bytes
 * uuid   0x0f  two longs                           date  0x10  epoch milliseconds:long
 * instant  0x11  seconds:long nanos:int            offset time 0x12  seconds nanos offset:int
 * zoned time 0x13  seconds nanos zone:text         local date 0x14  day:long          local time 0x15  seconds:long nanos:int
 * </pre>
 */
final class MetadataBytes {

	private static final int MAP = 1;

	private static final int LIST = 2;

	private static final int TEXT = 3;

	private static final int WIDE_TEXT = 4;

	private static final int FALSE = 5;

	private static final int TRUE = 6;

	private static final int BYTE = 7;

	private static final int SHORT = 8;

	private static final int INT = 9;

	private static final int LONG = 10;

	private static final int FLOAT = 11;

	private static final int DOUBLE = 12;

	private static final int INTEGER = 13;

	private static final int DECIMAL = 14;

	private static final int ID = 15;

	private static final int DATE = 16;

	private static final int INSTANT = 17;

	private static final int OFFSET_TIME = 18;

	private static final int ZONED_TIME = 19;

	private static final int LOCAL_DATE = 20;

	private static final int LOCAL_TIME = 21;

	private MetadataBytes() {
	}

	/** Writes metadata that {@link Metadata#copy} returned. */
	static byte[] write(Map<String, Object> metadata) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			write(metadata, new DataOutputStream(bytes));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static void write(Object value, DataOutputStream out) throws IOException {
		if (value instanceof Map<?, ?> map) {
			out.writeByte(MAP);
			out.writeInt(map.size());
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				write(entry.getKey(), out);
				write(entry.getValue(), out);
			}
		}
		else if (value instanceof List<?> list) {
			out.writeByte(LIST);
			out.writeInt(list.size());
			for (Object element : list) {
				write(element, out);
			}
		}
		else if (value instanceof String text) {
			writeText(text, out);
		}
		else if (value instanceof Boolean truth) {
			out.writeByte(truth ? TRUE : FALSE);
		}
		else if (value instanceof Number number) {
			writeNumber(number, out);
		}
		else if (value instanceof UUID id) {
			out.writeByte(ID);
			out.writeLong(id.getMostSignificantBits());
			out.writeLong(id.getLeastSignificantBits());
		}
		else {
			writeTime(value, out);
		}
	}

	private static void writeText(String text, DataOutputStream out) throws IOException {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		boolean exact = new String(utf8, StandardCharsets.UTF_8).equals(text);
		out.writeByte(exact ? TEXT : WIDE_TEXT);
		if (exact) {
			writeBytes(utf8, out);
		}
		else {
			out.writeInt(2 * text.length());
			out.writeChars(text);
		}
	}

	private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	private static void writeNumber(Number value, DataOutputStream out) throws IOException {
		if (value instanceof Integer number) {
			out.writeByte(INT);
			out.writeInt(number);
		}
		else if (value instanceof Long number) {
			out.writeByte(LONG);
			out.writeLong(number);
		}
		else if (value instanceof Double number) {
			out.writeByte(DOUBLE);
			out.writeDouble(number);
		}
		else if (value instanceof Float number) {
			out.writeByte(FLOAT);
			out.writeFloat(number);
		}
		else if (value instanceof Short number) {
			out.writeByte(SHORT);
			out.writeShort(number);
		}
		else if (value instanceof Byte number) {
			out.writeByte(BYTE);
			out.writeByte(number);
		}
		else if (value instanceof BigInteger number) {
			out.writeByte(INTEGER);
			writeBytes(number.toByteArray(), out);
		}
		else {
			BigDecimal number = (BigDecimal) value;
			out.writeByte(DECIMAL);
			out.writeInt(number.scale());
			writeBytes(number.unscaledValue().toByteArray(), out);
		}
	}

	private static void writeTime(Object value, DataOutputStream out) throws IOException {
		if (value instanceof Date date) {
			out.writeByte(DATE);
			out.writeLong(date.getTime());
		}
		else if (value instanceof Instant time) {
			out.writeByte(INSTANT);
			writeSeconds(time.getEpochSecond(), time.getNano(), out);
		}
		else if (value instanceof OffsetDateTime time) {
			out.writeByte(OFFSET_TIME);
			writeSeconds(time.toEpochSecond(), time.getNano(), out);
			out.writeInt(time.getOffset().getTotalSeconds());
		}
		else if (value instanceof ZonedDateTime time) {
			out.writeByte(ZONED_TIME);
			writeSeconds(time.toEpochSecond(), time.getNano(), out);
			writeText(time.getZone().getId(), out);
		}
		else if (value instanceof LocalDate date) {
			out.writeByte(LOCAL_DATE);
			out.writeLong(date.toEpochDay());
		}
		else if (value instanceof LocalDateTime time) {
			out.writeByte(LOCAL_TIME);
			writeSeconds(time.toEpochSecond(ZoneOffset.UTC), time.getNano(), out);
		}
		else {
			throw new IllegalStateException("no bytes for a " + value.getClass().getName());
		}
	}

	private static void writeSeconds(long seconds, int nanos, DataOutputStream out) throws IOException {
		out.writeLong(seconds);
		out.writeInt(nanos);
	}

	/**
	 * Reads metadata.
	 * @param bytes the bytes, positioned at the start of the metadata; on return, at
	 * their end
	 * @throws IllegalArgumentException if the bytes are not valid metadata
	 */
	static Map<String, Object> read(ByteBuffer bytes) {
		try {
			if (read(bytes, 0) instanceof Map<?, ?> map) {
				Map<String, Object> metadata = new LinkedHashMap<>();
				map.forEach((key, value) -> metadata.put((String) key, value));
				return Collections.unmodifiableMap(metadata);
			}
		}
		catch (BufferUnderflowException | DateTimeException ex) {
			throw new IllegalArgumentException("metadata are damaged: " + ex, ex);
		}
		throw new IllegalArgumentException("metadata are damaged: they must be a map");
	}

	private static Object read(ByteBuffer in, int depth) {
		if (depth > Metadata.MAX_DEPTH + 1) {
			throw new IllegalArgumentException("metadata are damaged: they have too many levels");
		}
		int type = in.get();
		return switch (type) {
			case MAP -> readMap(in, depth);
			case LIST -> readList(in, depth);
			case TEXT -> new String(readBytes(in), StandardCharsets.UTF_8);
			case WIDE_TEXT -> readWideText(in);
			case FALSE -> false;
			case TRUE -> true;
			case BYTE -> in.get();
			case SHORT -> in.getShort();
			case INT -> in.getInt();
			case LONG -> in.getLong();
			case FLOAT -> in.getFloat();
			case DOUBLE -> in.getDouble();
			case INTEGER -> readInteger(in);
			case DECIMAL -> {
				int scale = in.getInt();
				yield new BigDecimal(readInteger(in), scale);
			}
			case ID -> new UUID(in.getLong(), in.getLong());
			case DATE -> new Date(in.getLong());
			case INSTANT -> readInstant(in);
			case OFFSET_TIME -> OffsetDateTime.ofInstant(readInstant(in), ZoneOffset.ofTotalSeconds(in.getInt()));
			case ZONED_TIME -> ZonedDateTime.ofInstant(readInstant(in), readZone(in, depth));
			case LOCAL_DATE -> LocalDate.ofEpochDay(in.getLong());
			case LOCAL_TIME -> LocalDateTime.ofEpochSecond(in.getLong(), in.getInt(), ZoneOffset.UTC);
			default -> throw new IllegalArgumentException("metadata are damaged: type " + type + " is unknown");
		};
	}

	private static Instant readInstant(ByteBuffer in) {
		return Instant.ofEpochSecond(in.getLong(), in.getInt());
	}

	private static ZoneId readZone(ByteBuffer in, int depth) {
		if (read(in, depth + 1) instanceof String zone) {
			return ZoneId.of(zone);
		}
		throw new IllegalArgumentException("metadata are damaged: a zone must be a text");
	}

	private static BigInteger readInteger(ByteBuffer in) {
		byte[] bytes = readBytes(in);
		if (bytes.length == 0) {
			throw new IllegalArgumentException("metadata are damaged: a number has no digits");
		}
		return new BigInteger(bytes);
	}

	private static byte[] readBytes(ByteBuffer in) {
		byte[] bytes = new byte[readCount(in)];
		in.get(bytes);
		return bytes;
	}

	/** Reads char by char, because a decoder would replace unpaired surrogates. */
	private static String readWideText(ByteBuffer in) {
		char[] text = new char[readCount(in) / Character.BYTES];
		for (int i = 0; i < text.length; i++) {
			text[i] = in.getChar();
		}
		return new String(text);
	}

	/** A count of items that take at least one byte each. */
	private static int readCount(ByteBuffer in) {
		int count = in.getInt();
		if (count < 0 || count > in.remaining()) {
			throw new IllegalArgumentException(
					"metadata are damaged: truncated, expected " + Integer.toUnsignedString(count) + " more bytes");
		}
		return count;
	}

	private static Map<String, Object> readMap(ByteBuffer in, int depth) {
		int count = readCount(in);
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < count; i++) {
			if (!(read(in, depth + 1) instanceof String key)) {
				throw new IllegalArgumentException("metadata are damaged: a key must be a text");
			}
			map.put(key, read(in, depth + 1));
		}
		return Collections.unmodifiableMap(map);
	}

	private static List<Object> readList(ByteBuffer in, int depth) {
		int count = readCount(in);
		List<Object> list = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			list.add(read(in, depth + 1));
		}
		return Collections.unmodifiableList(list);
	}

}
