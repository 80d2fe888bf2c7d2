package dev.snapvec.documents;

import java.util.List;

import dev.snapvec.documents.RankFusion.Fused;
import dev.snapvec.documents.RankFusion.Ranking;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The combination of rankings.
 */
class RankFusionTests {

	@Test
	void whatBothRankingsHaveComesFirst() {
		List<Fused> fused = RankFusion
			.fuse(List.of(new Ranking(1, List.of(1L, 2L, 3L)), new Ranking(1, List.of(4L, 3L))));
		assertThat(fused).extracting(Fused::number).containsExactly(3L, 1L, 4L, 2L);
		assertThat(fused.get(0)).isEqualTo(new Fused(3, 1 / 63.0 + 1 / 62.0, List.of(3, 2)));
		assertThat(fused.get(1)).isEqualTo(new Fused(1, 1 / 61.0, List.of(1, 0)));
		assertThat(fused.get(2)).isEqualTo(new Fused(4, 1 / 61.0, List.of(0, 1)));
	}

	@Test
	void weightsCount() {
		assertThat(RankFusion.fuse(List.of(new Ranking(1, List.of(1L)), new Ranking(2, List.of(2L)))))
			.extracting(Fused::number)
			.containsExactly(2L, 1L);
	}

	@Test
	void nothingIsMadeOfNothing() {
		assertThat(RankFusion.fuse(List.of())).isEmpty();
		assertThat(RankFusion.fuse(List.of(new Ranking(1, List.of()), new Ranking(1, List.of(7L))))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, -1, Double.NaN, Double.POSITIVE_INFINITY })
	void aWeightMustBePositive(double weight) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Ranking(weight, List.of()))
			.withMessage("a weight must be positive and finite, but was " + weight);
	}

}
