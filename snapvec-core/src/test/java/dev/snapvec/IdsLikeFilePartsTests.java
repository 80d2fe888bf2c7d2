package dev.snapvec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import dev.snapvec.internal.number.Numbers;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ids whose bytes look like what else a file holds: attributes, a checksum. However they
 * read, a file is loaded as it was saved.
 */
class IdsLikeFilePartsTests {

	private static final int TRAILER = 8;

	private static final Map<String, byte[]> EMPTY = new HashMap<>();

	@TempDir
	Path directory;

	/** Ids of an index, and what is noted of it. */
	record Content(List<String> ids, Map<String, String> attributes) {
	}

	record Case(IndexCase kind, Content content) {

		@Override
		public String toString() {
			return this.kind + " " + printable(this.content.ids) + " " + this.content.attributes;
		}

	}

	private static String printable(List<String> ids) {
		return ids.toString().replaceAll("[\\x00-\\x1f]", "·");
	}

	/** A block of attributes, as a file holds it. Lengths are below 128: one byte. */
	private static String block(String... entries) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < entries.length; i += 2) {
			text.append((char) entries[i].length()).append('\0').append(entries[i]);
			text.append(number(entries[i + 1].length())).append(entries[i + 1]);
		}
		String length = number(text.length());
		return "SATT" + length + text + length + "SATT";
	}

	private static String number(int value) {
		assertThat(value).isLessThan(128);
		return (char) value + "\0\0\0";
	}

	static List<Case> cases() {
		List<List<String>> ids = new ArrayList<>();
		ids.add(List.of());
		for (String id : List.of("SATT\0\0\0\0\0\0\0\0SATT", block(), block("model", "false"),
				"x" + block("model", "x"), block("snapvec.similarity", "dot-product"),
				block("snapvec.nprobe", "1", "snapvec.rerank", "7"), "SATT", "CRC2abcd", block() + "CRC2abcd",
				"SNPV\3\0\0\0", "SNUM", "SNUM" + "\0".repeat(24) + "SNUM", "SNUM" + "\0".repeat(32) + "SNUM")) {
			ids.add(List.of(id));
			ids.add(List.of("first", id));
			ids.add(List.of(id, "last"));
		}
		// a block that several ids make up together, their lengths a part of its entries
		String tail = "\1\0\0\0x" + number(17) + "SATT";
		ids.add(List.of("SATT" + number(17) + "\1\0a\4\0\0\0", tail));
		ids.add(List.of("SATT", "SATT\0\0\0\0", "\0\0\0\0SATT"));
		List<Case> cases = new ArrayList<>();
		for (IndexCase kind : IndexCase.types()) {
			for (List<String> some : ids) {
				cases.add(new Case(kind, new Content(some, Map.of())));
				cases.add(new Case(kind, new Content(some, Map.of("model", "true", "SATT", "SATT\0\0\0\0"))));
			}
		}
		return cases;
	}

	private VectorIndex index(Case some) throws IOException {
		VectorIndex index = empty(some.kind);
		index.addAll(some.content.ids, some.kind.vectors(1, some.content.ids.size()));
		index.attributes(some.content.attributes);
		return index;
	}

	/** Loaded, as learning takes long. */
	private VectorIndex empty(IndexCase kind) throws IOException {
		byte[] saved = EMPTY.computeIfAbsent(kind.name(), (name) -> IndexCase.savedBytes(kind.empty()));
		return VectorIndex.load(Files.write(this.directory.resolve("empty"), saved));
	}

	private static Map<String, Float> scores(VectorIndex index) {
		Map<String, Float> scores = new LinkedHashMap<>();
		index.search(TestVectors.random(5, 1, index.dimension())[0], 10)
			.forEach((hit) -> scores.put(hit.id(), hit.score()));
		return scores;
	}

	private void assertLoads(Path file, VectorIndex saved, boolean checksummed, Object as) {
		VectorIndex loaded = VectorIndex.load(file);
		assertThat(scores(loaded)).as("%s", as).isEqualTo(scores(saved)).hasSize(saved.size());
		assertThat(loaded.attributes()).as("%s", as).isEqualTo(saved.attributes());
		assertThat(loaded.stats().parameters()).as("%s", as).isEqualTo(saved.stats().parameters());
		assertThat(numbers(loaded)).as("%s", as).isEqualTo(numbers(saved));
		IndexFile description = IndexFile.describe(file);
		assertThat(description.attributes()).as("%s", as).isEqualTo(saved.attributes());
		assertThat(description.parameters()).as("%s", as).isEqualTo(saved.stats().parameters());
		assertThat(description.checksummed()).as("%s", as).isEqualTo(checksummed);
		assertThat(IndexFile.verify(file)).as("%s", as).isEqualTo(checksummed);
	}

	private static Map<String, Long> numbers(VectorIndex index) {
		Map<String, Long> numbers = new HashMap<>();
		Numbers.of(index).forEach(numbers::put);
		return numbers;
	}

	@ParameterizedTest
	@MethodSource("cases")
	void anIdThatLooksLikeAnotherPartOfAFileIsLoadedAsAnId(Case some) throws IOException {
		VectorIndex index = index(some);
		Path file = this.directory.resolve("index");
		index.save(file);
		assertLoads(file, index, true, some);
		assertThat(IndexCase.savedBytes(VectorIndex.load(file))).isEqualTo(IndexCase.savedBytes(index));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void soItIsFromAFileOfAVersionThatMayLackAChecksum(Case some) throws IOException {
		VectorIndex index = index(some);
		byte[] bytes = IndexCase.savedBytes(index);
		for (byte[] old : oldVersions(bytes)) {
			Path file = Files.write(this.directory.resolve("index"), old);
			assertLoads(file, index, false, some + " version " + old[4]);
		}
	}

	/** The same index in old versions, without a checksum. */
	private static List<byte[]> oldVersions(byte[] bytes) {
		byte[] body = Arrays.copyOf(bytes, bytes.length - TRAILER);
		return switch (new String(bytes, 0, 4, StandardCharsets.US_ASCII)) {
			case "SNPV" -> List.of(body, version(body, 2), version(withoutFlags(body), 1));
			case "SNPR" -> List.of(body);
			case "SNPQ" -> List.of(version(body, 1));
			default -> List.of(version(body, 4));
		};
	}

	private static byte[] version(byte[] bytes, int version) {
		byte[] changed = bytes.clone();
		changed[4] = (byte) version;
		return changed;
	}

	private static byte[] withoutFlags(byte[] bytes) {
		byte[] shorter = new byte[bytes.length - 4];
		System.arraycopy(bytes, 0, shorter, 0, 24);
		System.arraycopy(bytes, 28, shorter, 24, shorter.length - 24);
		return shorter;
	}

	static Stream<IndexCase> kinds() {
		return IndexCase.types().stream();
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void soAreIdsOfAnySuchBytes(IndexCase kind) throws IOException {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		Path file = this.directory.resolve("index");
		for (int i = 0; i < 60; i++) {
			VectorIndex index = empty(kind);
			Set<String> ids = new LinkedHashSet<>();
			for (int n = random.nextInt(4); n >= 0; n--) {
				ids.add(text(random));
			}
			index.addAll(List.copyOf(ids), kind.vectors(i, ids.size()));
			Map<String, String> attributes = new LinkedHashMap<>();
			for (int n = random.nextInt(3); n > 0; n--) {
				attributes.put(text(random), text(random));
			}
			index.attributes(attributes);
			if (random.nextBoolean()) {
				Numbers.of(index)
					.renumber(List.copyOf(ids), new long[ids.size()],
							random.longs(1, 1L << random.nextInt(4, 62)).distinct().limit(ids.size()).toArray());
			}
			index.save(file);
			assertLoads(file, index, true, "seed " + seed + " round " + i);
			for (byte[] old : oldVersions(Files.readAllBytes(file))) {
				Files.write(file, old);
				assertLoads(file, index, false, "seed " + seed + " round " + i + " version " + old[4]);
			}
		}
	}

	private static String text(Random random) {
		StringBuilder text = new StringBuilder();
		for (int n = random.nextInt(6); n >= 0; n--) {
			text.append(switch (random.nextInt(7)) {
				case 0 -> "SATT";
				case 1 -> "CRC2";
				case 2 -> "\0\0\0\0";
				case 3 -> number(random.nextInt(60));
				case 4 -> block();
				case 5 -> "SNUM";
				default -> Character.toString((char) random.nextInt(3));
			});
		}
		return text.toString();
	}

}
