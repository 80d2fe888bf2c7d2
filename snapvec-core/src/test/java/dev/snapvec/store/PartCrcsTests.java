package dev.snapvec.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CRCs of parts beside those of their bytes.
 */
class PartCrcsTests {

	private static int crc(byte[] bytes, int from, int to) {
		CRC32C crc = new CRC32C();
		crc.update(bytes, from, to - from);
		return (int) crc.getValue();
	}

	@Test
	void theyAreThoseOfTheBytes() throws IOException {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int length : new int[] { 0, 1, 1023, 1024, 1025, 5000, 5_000_000 }) {
			byte[] bytes = new byte[length];
			random.nextBytes(bytes);
			long start = random.nextInt(1000);
			PartCrcs crcs = new PartCrcs(
					(at, count) -> Arrays.copyOfRange(bytes, (int) (at - start), (int) (at - start) + count), start,
					start + length);
			assertThat(crcs.of(start, start + length)).as("seed %d", seed).isEqualTo(crc(bytes, 0, length));
			for (int i = 0; i < 200; i++) {
				int from = random.nextInt(length + 1);
				int to = from + random.nextInt(length - from + 1);
				assertThat(crcs.of(start + from, start + to)).as("seed %d: %d to %d of %d", seed, from, to, length)
					.isEqualTo(crc(bytes, from, to));
			}
		}
	}

}
