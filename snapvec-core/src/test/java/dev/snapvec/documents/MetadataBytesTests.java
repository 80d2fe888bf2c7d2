package dev.snapvec.documents;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Metadata, checked, written and read.
 */
class MetadataBytesTests {

	static List<Object> values() {
		return List.of("", "text", "\uD83D\uDE00", "cut \uD83D in two", "\uDE00\uD83D", true, false, Byte.MIN_VALUE,
				Short.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Float.MIN_VALUE, -0.0f, Float.NaN, Double.MAX_VALUE,
				Double.NEGATIVE_INFINITY, BigInteger.TWO.pow(200).negate(), BigInteger.ZERO, new BigDecimal("1.50"),
				new BigDecimal("-1e-2000000000"), new UUID(1, -2), new Date(-1), Instant.MIN, Instant.MAX,
				Instant.parse("2026-01-31T12:00:00.123456789Z"),
				OffsetDateTime.of(2026, 1, 31, 1, 2, 3, 4, ZoneOffset.ofHoursMinutesSeconds(5, 30, 15)),
				ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("Europe/Berlin")).withLaterOffsetAtOverlap(),
				ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneOffset.UTC), LocalDate.MIN, LocalDateTime.MAX,
				List.of(), List.of(1, List.of("a", Map.of("b", 2L))), Map.of(), Map.of("", Map.of("x", List.of(1.5f))));
	}

	@ParameterizedTest
	@MethodSource("values")
	void areReadWithTheirTypes(Object value) {
		Map<String, Object> metadata = Metadata.copy("a", Map.of("key", value));
		assertThat(metadata).containsEntry("key", value);
		assertThat(MetadataBytes.read(ByteBuffer.wrap(MetadataBytes.write(metadata)))).isEqualTo(metadata);
	}

	@Test
	void keepTheOrderOfKeys() {
		Map<String, Object> given = new LinkedHashMap<>();
		for (int i = 50; i > 0; i--) {
			given.put("key" + i, i);
		}
		Map<String, Object> metadata = Metadata.copy("a", given);
		assertThat(MetadataBytes.read(ByteBuffer.wrap(MetadataBytes.write(metadata))).keySet())
			.containsExactlyElementsOf(given.keySet());
	}

	@Test
	void areCopied() {
		List<Object> list = new ArrayList<>(List.of(1));
		Date date = new Date(1);
		int[] array = { 1, 2 };
		Map<String, Object> nested = new HashMap<>(Map.of("a", 1));
		Map<String, Object> metadata = Metadata.copy("a",
				Map.of("list", list, "date", date, "array", array, "map", nested, "enum", TimeUnit.DAYS));
		list.add(2);
		date.setTime(2);
		array[0] = 3;
		nested.clear();
		assertThat(metadata).isEqualTo(Map.of("list", List.of(1), "date", new Date(1), "array", List.of(1, 2), "map",
				Map.of("a", 1), "enum", "DAYS"));
		assertThatThrownBy(() -> metadata.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
	}

	@Test
	void leaveOutKeysWithNull() {
		Map<String, Object> given = new HashMap<>();
		given.put("a", null);
		given.put("b", 1);
		assertThat(Metadata.copy("a", given)).isEqualTo(Map.of("b", 1));
	}

	@Test
	void ofUnknownTypesAreRefusedByDocumentAndKey() {
		assertThatIllegalArgumentException().isThrownBy(() -> Metadata.copy("d1", Map.of("stream", new Object())))
			.withMessage("metadata 'stream' of document 'd1' must be a text, number, boolean, date, UUID, enum, list "
					+ "or map, but was a java.lang.Object");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Metadata.copy("d1", Map.of("list", Arrays.asList(1, null))))
			.withMessage("metadata 'list' of document 'd1' must not have null in a list");
		assertThatIllegalArgumentException().isThrownBy(() -> Metadata.copy("d1", Map.of("map", Map.of(1, 2))))
			.withMessage(
					"keys of the metadata of document 'd1' must be text, but one below 'map' was a java.lang.Integer");
		assertThatIllegalArgumentException().isThrownBy(() -> Metadata.copy("d1", Map.of("k".repeat(1_025), 2)))
			.withMessageContaining("must have at most 1024 bytes of UTF-8, but 'kkk");
		List<Object> endless = new ArrayList<>();
		endless.add(endless);
		assertThatIllegalArgumentException().isThrownBy(() -> Metadata.copy("d1", Map.of("list", endless)))
			.withMessage("metadata 'list' of document 'd1' must have at most 32 levels, but had more");
		Map<String, Object> many = new HashMap<>();
		for (int i = 0; i <= 10_000; i++) {
			many.put("key" + i, i);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> Metadata.copy("d1", many))
			.withMessage("the metadata of document 'd1' must have at most 10000 keys, but had 10001");
	}

	@Test
	void haveNumbersOfAThousandDigitsAtMost() {
		BigInteger largest = BigInteger.TEN.pow(1_000).subtract(BigInteger.ONE);
		assertThat(Metadata.copy("d1", Map.of("a", largest, "b", new BigDecimal(largest, 7)))).hasSize(2);
		for (Number longer : List.of(BigInteger.TEN.pow(1_001),
				new BigDecimal(BigInteger.TEN.pow(1_001).negate(), 5))) {
			assertThatIllegalArgumentException().isThrownBy(() -> Metadata.copy("d1", Map.of("n", longer)))
				.withMessage("metadata 'n' of document 'd1' must have at most 1000 digits, but had more");
		}
	}

	@Test
	void thatAreDamagedAreRefusedAndNothingElse() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		Map<String, Object> all = new LinkedHashMap<>();
		for (Object value : values()) {
			all.put("key" + all.size(), value);
		}
		byte[] sound = MetadataBytes.write(Metadata.copy("a", all));
		for (int i = 0; i < 20_000; i++) {
			byte[] damaged = Arrays.copyOf(sound, (i % 3 == 0) ? random.nextInt(sound.length) : sound.length);
			for (int hit = random.nextInt(4); hit > 0 && damaged.length > 0; hit--) {
				damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			}
			try {
				MetadataBytes.read(ByteBuffer.wrap(damaged));
			}
			catch (IllegalArgumentException ex) {
				assertThat(ex).as("seed %d", seed).hasMessageStartingWith("metadata are damaged");
			}
		}
	}

}
