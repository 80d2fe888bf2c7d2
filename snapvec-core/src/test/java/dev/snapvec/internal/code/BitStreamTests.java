package dev.snapvec.internal.code;

import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams of bits, there and back.
 */
class BitStreamTests {

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void codesComeBack(int bits) {
		Random random = new Random(bits);
		for (int count = 0; count < 40; count++) {
			byte[] codes = new byte[count + 3];
			for (int i = 0; i < count; i++) {
				codes[i + 1] = (byte) random.nextInt(1 << bits);
			}
			int bytes = (count * bits + 7) / 8;
			byte[] packed = new byte[bytes + 4];
			random.nextBytes(packed);
			byte[] before = packed.clone();
			BitStream.pack(codes, 1, count, bits, packed, 2);
			for (int bit = 0; bit < bytes * 8; bit++) {
				int expected = (bit < count * bits) ? codes[1 + bit / bits] >> (bit % bits) & 1 : 0;
				assertThat(packed[2 + bit / 8] >> (bit % 8) & 1).isEqualTo(expected);
			}
			assertThat(new byte[] { packed[0], packed[1], packed[bytes + 2], packed[bytes + 3] })
				.containsExactly(before[0], before[1], before[bytes + 2], before[bytes + 3]);
			byte[] unpacked = new byte[count + 3];
			BitStream.unpack(packed, 2, count, bits, unpacked, 1);
			assertThat(unpacked).isEqualTo(codes);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4 })
	void aStreamIsPackedLikeItsCodes(int bits) {
		Random random = new Random(bits);
		for (int count = 8; count < 130; count += 8) {
			CodeSlices slices = CodeSlices.of(count, bits);
			byte[] codes = new byte[count];
			for (int i = 0; i < count; i++) {
				codes[i] = (byte) random.nextInt(1 << bits);
			}
			byte[] stream = new byte[slices.columns()];
			BitStream.pack(codes, 0, count, bits, stream, 0);
			byte[] expected = new byte[slices.columns() + 2];
			random.nextBytes(expected);
			byte[] packed = expected.clone();
			slices.pack(codes, 0, expected, 1);
			slices.packStream(stream, 0, packed, 1);
			assertThat(packed).isEqualTo(expected);
		}
	}

}
