package dev.snapvec.internal.quantize;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of how much of a sample is learned.
 */
class TrainingTests {

	@Test
	void aSampleOfFewerNumbersThanLearningTakesIsUsedWhole() {
		float[][] sample = new float[1000][];
		assertThat(Training.reduced(sample, 65_536, 256)).isSameAs(sample);
	}

	@Test
	void ofALargerOneVectorsSpreadEvenlyOverItAreUsed() {
		float[][] sample = new float[1_500_000][];
		Arrays.setAll(sample, (i) -> new float[] { i });
		float[][] reduced = Training.reduced(sample, 1536, 256);
		assertThat(reduced.length * 1536L).isBetween((1L << 27) - 1536, 1L << 27);
		double step = sample.length / (double) reduced.length;
		for (int i = 0; i < reduced.length; i++) {
			assertThat(Math.abs(reduced[i][0] - i * step)).isLessThanOrEqualTo(1);
		}
	}

	@Test
	void manyListsHaveEnoughVectorsEach() {
		float[][] sample = new float[1_500_000][];
		assertThat(Training.reduced(sample, 1536, 4096)).hasNumberOfRows(64 * 4096);
	}

	@Test
	void noProductIsMoreThanAnArrayHolds() {
		float[][] sample = new float[3_000_000][];
		for (int length : new int[] { 1, 1000, 1536, 4096, 65_536 }) {
			int rows = Training.reduced(sample, length, 30_000).length;
			assertThat((long) rows * length).isLessThan(Integer.MAX_VALUE - 7);
			assertThat(rows).isGreaterThanOrEqualTo(30_000);
		}
	}

}
