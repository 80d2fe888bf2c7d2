package dev.snapvec.internal.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Candidates} and {@link Selection} beside lists that are sorted.
 */
class CandidatesTests {

	private final Candidates candidates = new Candidates(Kernels.CURRENT);

	@ParameterizedTest
	@ValueSource(ints = { 1, 10, 300 })
	void noneOfTheBestIsLostWhereverTheirScoresLieWithinTheBounds(int wanted) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int rows : new int[] { 0, 1, wanted, 5_000 }) {
			float[] scores = new float[rows];
			this.candidates.reset(wanted);
			for (int row = 0; row < rows; row++) {
				scores[row] = random.nextInt(1000);
				float below = random.nextInt(3);
				float above = random.nextInt(3);
				this.candidates.offer(row, scores[row] - below, scores[row] + above);
			}
			this.candidates.narrow();
			assertThat(kept()).as("%d rows, seed %d", rows, seed)
				.containsAll(IntStream.range(0, rows)
					.boxed()
					.sorted(Comparator.comparing((Integer row) -> -scores[row]).thenComparing((row) -> row))
					.limit(wanted)
					.toList());
		}
	}

	@Test
	void ofEqualCertainScoresTheEarlierRowsAreKept() {
		this.candidates.reset(3);
		for (int row = 0; row < 2_000; row++) {
			this.candidates.offer(row, 1, 1);
		}
		this.candidates.offer(2_000, 2, 2);
		this.candidates.narrow();
		assertThat(kept()).containsExactlyInAnyOrder(0, 1, 2_000);
	}

	@Test
	void allAreKeptWhoseScoresMayBeEqual() {
		this.candidates.reset(1);
		for (int row = 0; row < 1_000; row++) {
			this.candidates.offer(row, 0, 1);
		}
		this.candidates.narrow();
		assertThat(this.candidates.size()).isEqualTo(1_000);
	}

	@Test
	void theRankingIsThatOfTheUpperBounds() {
		float[] bounds = { 0, -3, 7, -0f, Float.MIN_VALUE, -1e30f, 7, 1e30f };
		this.candidates.reset(bounds.length);
		for (int row = 0; row < bounds.length; row++) {
			this.candidates.offer(row, bounds[row] - 1, bounds[row]);
		}
		this.candidates.rank();
		List<Float> ranked = new ArrayList<>();
		for (int place = 0; place < bounds.length; place++) {
			ranked.add(this.candidates.upper(this.candidates.ranked(place)) + 0f);
		}
		assertThat(ranked).isSortedAccordingTo(Comparator.reverseOrder());
	}

	private List<Integer> kept() {
		return IntStream.range(0, this.candidates.size()).mapToObj(this.candidates::row).toList();
	}

}
