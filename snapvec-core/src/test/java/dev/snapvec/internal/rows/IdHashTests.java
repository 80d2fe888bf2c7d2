package dev.snapvec.internal.rows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That hashes are SipHash-1-3, and spread ids of all kinds alike.
 */
class IdHashTests {

	private static final int IDS = 1 << 15;

	/** Ids of a pattern. */
	record Family(String name, IntFunction<String> id) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	static Stream<Family> families() {
		return Stream.of(new Family("Aa and BB", IdHashTests::pairs),
				new Family("AaAaAa at the end", (i) -> "x" + pairs(i)), new Family("longs in order", String::valueOf),
				new Family("multiples of 2^32", (i) -> Long.toString((long) i << 32)),
				new Family("multiples of 2^48", (i) -> Long.toString((long) i << 48)),
				new Family("longs whose halves are equal", (i) -> Long.toString((long) i << 32 | i)),
				new Family("multiples of the golden ratio", (i) -> Long.toString(i * 0x9e3779b97f4a7c15L)),
				new Family("nothing but zeros", "\0"::repeat),
				new Family("one character of a long text", (i) -> "x".repeat(100) + (char) i + "x".repeat(50)));
	}

	/** Texts whose hash codes are equal, of fifteen pairs of letters. */
	private static String pairs(int number) {
		StringBuilder text = new StringBuilder();
		for (int bit = 0; bit < 15; bit++) {
			text.append(((number >>> bit) & 1) == 0 ? "Aa" : "BB");
		}
		return text.toString();
	}

	@ParameterizedTest
	@MethodSource("families")
	void idsOfAnyPatternAreSpreadEvenly(Family family) {
		int[] byHighBits = new int[IDS];
		int[] byLowBits = new int[IDS];
		for (int i = 0; i < IDS; i++) {
			long hash = RowId.of(family.id.apply(i)).hash();
			byHighBits[(int) (hash >>> (Long.SIZE - 15))]++;
			byLowBits[(int) hash & (IDS - 1)]++;
		}
		// one each on average; more than 15 in any of them in one of a million runs
		assertThat(Arrays.stream(byHighBits).max().getAsInt()).isLessThan(16);
		assertThat(Arrays.stream(byLowBits).max().getAsInt()).isLessThan(16);
	}

	@Test
	void valuesAreThoseOfTheReference() {
		byte[] bytes = new byte[64];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) i;
		}
		long key0 = 0x0706050403020100L;
		long key1 = 0x0f0e0d0c0b0a0908L;
		assertThat(IdHash.of(key0, key1, bytes, 0, 0)).isEqualTo(0xabac0158050fc4dcL);
		assertThat(IdHash.of(key0, key1, bytes, 0, 1)).isEqualTo(0xc9f49bf37d57ca93L);
	}

	@Test
	void aNumberIsHashedAsItsBytes() {
		for (long number : new long[] { 0, 1, -1, Long.MAX_VALUE, 0x0123456789abcdefL }) {
			byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
			assertThat(IdHash.of(number)).isEqualTo(IdHash.of(bytes, 0, 8));
		}
	}

	@Test
	void aPartOfAnArrayIsHashedAsACopy() {
		byte[] bytes = "an id of some length, and more".getBytes(StandardCharsets.UTF_8);
		for (int from : List.of(0, 1, 7)) {
			IntStream.rangeClosed(from, bytes.length)
				.forEach((to) -> assertThat(IdHash.of(bytes, from, to))
					.isEqualTo(IdHash.of(Arrays.copyOfRange(bytes, from, to), 0, to - from)));
		}
	}

}
