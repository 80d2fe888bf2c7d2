package dev.snapvec.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for docs/formats.md: a log consists of what its tables say, byte for byte.
 */
class LogFormatDocumentTests {

	@TempDir
	private Path directory;

	/** The fields of a table, by where they begin. */
	private static Map<Integer, List<String>> table(String title) throws IOException {
		Map<Integer, List<String>> fields = new LinkedHashMap<>();
		boolean inside = false;
		for (String line : Files.readAllLines(Path.of("../docs/formats.md"))) {
			inside = line.equals("| at | bytes | " + title + " |") || inside && line.startsWith("|");
			if (inside && Character.isDigit(line.charAt(2))) {
				String[] cells = line.replace("`", "").split("\\|");
				fields.put(Integer.parseInt(cells[1].strip()), List.of(cells[2].strip(), cells[3].strip()));
			}
		}
		return fields;
	}

	/** Reads the fields of a table that have fixed sizes; texts as texts. */
	private static Map<String, Object> read(ByteBuffer log, int from, String title) throws IOException {
		Map<String, Object> values = new LinkedHashMap<>();
		int next = 0;
		for (Map.Entry<Integer, List<String>> field : table(title).entrySet()) {
			String size = field.getValue().get(0);
			String name = field.getValue().get(1);
			assertThat(field.getKey()).as(name).isEqualTo(next);
			next = field.getKey() + (Character.isDigit(size.charAt(0)) ? Integer.parseInt(size) : 0);
			int at = from + field.getKey();
			switch (size) {
				case "1" -> values.put(name, log.get(at));
				case "4" -> values.put(name, name.startsWith("\"")
						? new String(log.array(), at, 4, StandardCharsets.US_ASCII) : log.getInt(at));
				case "8" -> values.put(name, log.getLong(at));
				default -> values.put(name, at);
			}
		}
		return values;
	}

	private static int crc(ByteBuffer log, int from, int to) {
		CRC32C crc = new CRC32C();
		crc.update(log.array(), from, to - from);
		return (int) crc.getValue();
	}

	@Test
	void aLogIsAHeaderAndRecordsAsDocumented() throws IOException {
		SafeIndex index = new SafeIndex("index", SnapIndex.builder(3).build());
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			index.add("a", new float[] { 1, 2, 3 });
			index.attribute("name", "värde");
			index.delete("a");
		}
		Path file = this.directory.resolve("mutations-0000000001.snaplog");
		ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
		List<Object> header = new ArrayList<>(read(log, 0, "header").values());
		assertThat(header).containsExactly("SNPL", LogHeader.VERSION, 1L, 0L, 0L, crc(log, 0, 32));
		ByteBuffer put = content(4 + 4 + 2 + 1 + 12).putInt(3)
			.putInt(1)
			.putShort((short) 1)
			.put((byte) 'a')
			.putFloat(1)
			.putFloat(2)
			.putFloat(3);
		ByteBuffer attribute = content(4 + 4 + 4 + 6).putInt(4)
			.putInt(6)
			.put("namevärde".getBytes(StandardCharsets.UTF_8));
		ByteBuffer delete = content(4 + 2 + 1).putInt(1).putShort((short) 1).put((byte) 'a');
		int at = 36;
		at = assertRecord(log, at, 1, 1, put);
		at = assertRecord(log, at, 2, 3, attribute);
		at = assertRecord(log, at, 3, 2, delete);
		assertThat(at).isEqualTo(log.capacity());
	}

	@Test
	void recordsWithNumbersAreAsDocumented() throws IOException {
		SafeIndex index = new SafeIndex("index", SnapIndex.builder(2).build());
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			Shelf shelf = Shelf.of(store);
			shelf.follow(index);
			store.log(index, LogSync.always());
			shelf.put(index, List.of("a", "bc"), new float[][] { { 1, 2 }, { 3, 4 } }, List.of("text", ""));
			shelf.change(index, List.of("bc"), List.of("é"));
			shelf.delete(index, List.of("bc"));
		}
		Path file = this.directory.resolve("mutations-0000000001.snaplog");
		ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
		ByteBuffer put = content(4 + 4 + 8 + 2 + 1 + 8 + 4 + 4 + 8 + 2 + 2 + 8 + 4).putInt(2).putInt(2);
		put.putLong(1).putShort((short) 1).put((byte) 'a').putFloat(1).putFloat(2);
		put.putInt(4).put("text".getBytes(StandardCharsets.UTF_8));
		put.putLong(2).putShort((short) 2).put((byte) 'b').put((byte) 'c').putFloat(3).putFloat(4).putInt(0);
		ByteBuffer renumber = content(4 + 8 + 8 + 2 + 2 + 4 + 2).putInt(1).putLong(2).putLong(3);
		renumber.putShort((short) 2).put((byte) 'b').put((byte) 'c');
		renumber.putInt(2).put("é".getBytes(StandardCharsets.UTF_8));
		ByteBuffer delete = content(4 + 8 + 2 + 2).putInt(1).putLong(3).putShort((short) 2);
		delete.put((byte) 'b').put((byte) 'c');
		int at = assertRecord(log, 36, 1, 4, put);
		at = assertRecord(log, at, 2, 6, renumber);
		at = assertRecord(log, at, 3, 5, delete);
		assertThat(at).isEqualTo(log.capacity());
	}

	private static ByteBuffer content(int bytes) {
		return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
	}

	private static int assertRecord(ByteBuffer log, int at, long number, int kind, ByteBuffer content)
			throws IOException {
		List<Object> record = new ArrayList<>(read(log, at, "record").values());
		int end = at + 26 + content.capacity();
		assertThat(record).containsExactly(content.capacity(), crc(log, at + 8, end), number, number - 1, (byte) kind,
				(byte) 0, at + 26);
		assertThat(log.slice(at + 26, content.capacity())).isEqualTo(content.flip());
		return end;
	}

}
