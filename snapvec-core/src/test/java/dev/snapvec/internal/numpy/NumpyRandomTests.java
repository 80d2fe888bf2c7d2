package dev.snapvec.internal.numpy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What {@code numpy.random.default_rng} gave, recorded.
 */
class NumpyRandomTests {

	private static final JsonNode RECORDED = new ObjectMapper()
		.readTree(Path.of("src/test/resources/golden/rng.json").toFile());

	@Test
	void drawsTheSameSigns() {
		for (JsonNode recorded : RECORDED.get("signs")) {
			float[] signs = new NumpyRandom(recorded.get("seed").asLong()).signs(recorded.get("dim").asInt());
			StringBuilder bits = new StringBuilder();
			for (float sign : signs) {
				bits.append((sign > 0) ? '1' : '0');
			}
			assertThat(bits).hasToString(recorded.get("bits").asString());
		}
	}

	@Test
	void drawsTheSameNormals() throws NoSuchAlgorithmException {
		for (JsonNode recorded : RECORDED.get("normal")) {
			int count = recorded.get("pdim").asInt() * recorded.get("pdim").asInt();
			NumpyRandom random = new NumpyRandom(recorded.get("numpy_seed").asLong());
			ByteBuffer floats = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
			for (int i = 0; i < count; i++) {
				floats.putFloat((float) random.nextGaussian());
			}
			int i = 0;
			for (JsonNode first : recorded.get("first")) {
				assertThat(floats.getFloat(4 * i++)).isEqualTo(first.floatValue());
			}
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(floats.array());
			assertThat(HexFormat.of().formatHex(hash)).isEqualTo(recorded.get("sha256_f32le").asString());
		}
	}

	@Test
	void drawsTheSameWordsAndNumbers() {
		for (JsonNode recorded : RECORDED.get("bounded")) {
			long seed = recorded.get("seed").asLong();
			NumpyRandom words = new NumpyRandom(seed);
			for (JsonNode word : recorded.get("raw_uint64")) {
				assertThat(Long.toUnsignedString(words.nextLong())).isEqualTo(word.asString());
			}
			NumpyRandom doubles = new NumpyRandom(seed);
			for (JsonNode number : recorded.get("random")) {
				assertThat(doubles.nextDouble()).isCloseTo(number.doubleValue(), within(1e-16));
			}
			NumpyRandom integers = new NumpyRandom(seed);
			for (JsonNode number : recorded.get("integers_below_1000")) {
				assertThat(integers.nextInt(1000)).isEqualTo(number.asInt());
			}
		}
	}

}
