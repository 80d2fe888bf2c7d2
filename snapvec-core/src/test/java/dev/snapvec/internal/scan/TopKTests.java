package dev.snapvec.internal.scan;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The heap, against sorting.
 */
class TopKTests {

	private final TopK top = new TopK();

	/** Few different scores, so that many are equal. */
	@Provide
	Arbitrary<List<Integer>> scores() {
		return Arbitraries.integers().between(-6, 6).list().ofMaxSize(80);
	}

	@Property(tries = 300)
	void keepsTheBestInOrder(@ForAll("scores") List<Integer> scores, @ForAll @IntRange(min = 1, max = 90) int k,
			@ForAll boolean backwards) {
		this.top.reset(k);
		for (int i = 0; i < scores.size(); i++) {
			int row = backwards ? scores.size() - 1 - i : i;
			float score = scores.get(row);
			if (score >= this.top.threshold()) {
				this.top.offer(row, score);
			}
		}
		this.top.sort();
		List<Integer> expected = IntStream.range(0, scores.size())
			.boxed()
			.sorted(Comparator.comparingInt((Integer row) -> -scores.get(row)).thenComparing(Comparator.naturalOrder()))
			.limit(k)
			.toList();
		assertThat(IntStream.range(0, this.top.size()).map(this.top::row).boxed()).containsExactlyElementsOf(expected);
		for (int i = 0; i < this.top.size(); i++) {
			assertThat(this.top.score(i)).isEqualTo(scores.get(this.top.row(i)).floatValue());
		}
	}

}
