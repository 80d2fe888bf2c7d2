package dev.snapvec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An index file, read by a table of docs/formats.md and by nothing else.
 */
final class DocumentedFile {

	private static final Pattern NAME = Pattern.compile("[a-zA-Z]+");

	private final ByteBuffer bytes;

	private final Map<String, Long> header = new HashMap<>();

	private final List<String> ids = new ArrayList<>();

	private final List<String> present = new ArrayList<>();

	private final List<Long> numbers = new ArrayList<>();

	private final Map<String, float[]> floats = new HashMap<>();

	private DocumentedFile(byte[] bytes) {
		this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
	}

	/**
	 * Reads a file row by row of a table with an address, a size, a field and a
	 * condition.
	 */
	static DocumentedFile read(byte[] bytes, List<List<String>> table, long newestVersion) {
		DocumentedFile file = new DocumentedFile(bytes);
		for (List<String> row : table) {
			file.read(row.get(0), row.get(1), row.get(2), row.get(3), newestVersion);
		}
		assertThat(file.bytes.remaining()).as("bytes behind the last field").isZero();
		return file;
	}

	private void read(String address, String size, String field, String condition, long newestVersion) {
		if (!condition.isEmpty() && !holds(condition)) {
			return;
		}
		this.present.add(field);
		if (!address.isEmpty() && this.header.getOrDefault("version", newestVersion) == newestVersion) {
			assertThat(this.bytes.position()).as(field).isEqualTo(Integer.parseInt(address));
		}
		switch (size) {
			case "ids" -> readIds();
			case "numbers" -> readNumbers();
			case "attributes" -> readAttributes();
			case "trailer" -> readTrailer();
			default -> readField(Math.toIntExact(value(size)), field);
		}
	}

	private boolean holds(String condition) {
		for (String part : condition.split(" and ")) {
			Matcher flag = Pattern.compile("(not )?flags & (\\d+)").matcher(part);
			Matcher version = Pattern.compile("version ([≤≥]) (\\d+)").matcher(part);
			if (flag.matches()) {
				boolean set = (this.header.getOrDefault("flags", 0L) & Long.parseLong(flag.group(2))) != 0;
				if (set == (flag.group(1) != null)) {
					return false;
				}
			}
			else if (version.matches()) {
				long bound = Long.parseLong(version.group(2));
				long found = this.header.get("version");
				if (version.group(1).equals("≤") ? found > bound : found < bound) {
					return false;
				}
			}
			else {
				throw new IllegalArgumentException("'" + part + "' is not a condition");
			}
		}
		return true;
	}

	private long value(String size) {
		long product = 1;
		for (String factor : size.split(" · ")) {
			product *= NAME.matcher(factor).matches() ? header(factor) : Long.parseLong(factor);
		}
		return product;
	}

	private void readField(int size, String field) {
		if (field.startsWith("\"")) {
			assertThat(text(size)).isEqualTo(field.substring(1, field.lastIndexOf('"')));
			return;
		}
		Matcher name = NAME.matcher(field);
		if (size == Integer.BYTES && !field.startsWith("f32") && name.lookingAt()) {
			long value = this.bytes.getInt() & 0xffffffffL;
			Long known = this.header.put(name.group(), value);
			assertThat(known).as(field).isIn(null, value);
			if (name.group().equals("dimension")) {
				this.header.put("padded", Long.highestOneBit(Math.max(1, 2 * value - 1)));
			}
			return;
		}
		byte[] section = new byte[size];
		this.bytes.get(section);
		if (field.startsWith("f32 ")) {
			float[] values = new float[size / Float.BYTES];
			ByteBuffer.wrap(section).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
			this.floats.put(field.substring(4), values);
		}
		else if (field.startsWith("i8 signs")) {
			for (byte sign : section) {
				assertThat(sign).as(field).isIn((byte) 1, (byte) -1);
			}
		}
		else if (field.startsWith("i64")) {
			ByteBuffer offsets = ByteBuffer.wrap(section).order(ByteOrder.LITTLE_ENDIAN);
			while (offsets.hasRemaining()) {
				assertThat(offsets.getLong()).as(field).isBetween(0L, header("rows"));
			}
		}
	}

	private String text(int size) {
		byte[] text = new byte[size];
		this.bytes.get(text);
		return new String(text, StandardCharsets.UTF_8);
	}

	private void readIds() {
		for (long row = 0; row < header("rows"); row++) {
			this.ids.add(text(this.bytes.getShort() & 0xffff));
		}
	}

	private boolean isNext(String tag) {
		return this.bytes.remaining() > 2 * Integer.BYTES
				&& new String(this.bytes.array(), this.bytes.position(), 4, StandardCharsets.US_ASCII).equals(tag);
	}

	private void readNumbers() {
		if (!isNext("SNUM")) {
			return;
		}
		assertThat(text(4)).isEqualTo("SNUM");
		this.header.put("commit", this.bytes.getLong());
		this.header.put("highest", this.bytes.getLong());
		for (long row = 0; row < header("rows"); row++) {
			this.numbers.add(this.bytes.getLong());
		}
		assertThat(text(4)).isEqualTo("SNUM");
	}

	private void readAttributes() {
		if (this.bytes.remaining() <= 2 * Integer.BYTES) {
			return;
		}
		assertThat(text(4)).isEqualTo("SATT");
		int length = this.bytes.getInt();
		int end = this.bytes.position() + length;
		while (this.bytes.position() < end) {
			String name = text(this.bytes.getShort() & 0xffff);
			this.present.add("attribute " + name + "=" + text(this.bytes.getInt()));
		}
		assertThat(this.bytes.position()).isEqualTo(end);
		assertThat(this.bytes.getInt()).isEqualTo(length);
		assertThat(text(4)).isEqualTo("SATT");
	}

	private void readTrailer() {
		if (this.bytes.hasRemaining()) {
			assertThat(text(4)).isEqualTo("CRC2");
			CRC32 crc = new CRC32();
			crc.update(this.bytes.array(), 0, this.bytes.position() - 4);
			assertThat(this.bytes.getInt()).isEqualTo((int) crc.getValue());
		}
	}

	long header(String name) {
		Long value = this.header.get(name);
		assertThat(value).as(name.toLowerCase(Locale.ROOT) + " in the header").isNotNull();
		return value;
	}

	List<String> ids() {
		return this.ids;
	}

	/** The number of each row, if it has them. */
	List<Long> numbers() {
		return this.numbers;
	}

	/** The fields that the file has, and its attributes. */
	List<String> present() {
		return this.present;
	}

	float[] floats(String field) {
		return this.floats.get(field);
	}

	boolean has(String field) {
		return this.floats.containsKey(field);
	}

}
