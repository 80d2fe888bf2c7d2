package dev.snapvec.documents;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reciprocal rank fusion: combines rankings whose scores cannot be compared. The score of
 * a result is the sum, over the rankings that have it, of weight / ({@value #K} + rank),
 * where ranks start at 1.
 *
 * @see <a href="https://doi.org/10.1145/1571941.1572114">Cormack, Clarke and Buettcher,
 * SIGIR 2009</a>
 */
final class RankFusion {

	static final int K = 60;

	private RankFusion() {
	}

	/**
	 * A ranking.
	 *
	 * @param weight how much it counts, positive and finite
	 * @param numbers the numbers of the documents, best first, none twice
	 */
	record Ranking(double weight, List<Long> numbers) {

		Ranking {
			if (!(weight > 0) || Double.isInfinite(weight)) {
				throw new IllegalArgumentException(
						String.format(Locale.ROOT, "a weight must be positive and finite, but was %s", weight));
			}
		}

	}

	/**
	 * A result of several rankings.
	 *
	 * @param number the number of the document
	 * @param score the score; higher is better
	 * @param ranks its rank in each ranking, from 1; 0 where it is missing
	 */
	record Fused(long number, double score, List<Integer> ranks) {
	}

	/**
	 * Combines rankings.
	 * @return the results, best first; of equal scores those first that an earlier
	 * ranking has, in its order
	 */
	static List<Fused> fuse(List<Ranking> rankings) {
		Map<Long, int[]> ranks = new LinkedHashMap<>();
		for (int i = 0; i < rankings.size(); i++) {
			int rank = 1;
			for (Long number : rankings.get(i).numbers()) {
				ranks.computeIfAbsent(number, (key) -> new int[rankings.size()])[i] = rank++;
			}
		}
		List<Fused> fused = new ArrayList<>(ranks.size());
		ranks.forEach((number, each) -> fused.add(fused(number, each, rankings)));
		fused.sort(Comparator.comparing(Fused::score).reversed());
		return fused;
	}

	private static Fused fused(long number, int[] ranks, List<Ranking> rankings) {
		double score = 0;
		List<Integer> all = new ArrayList<>(ranks.length);
		for (int i = 0; i < ranks.length; i++) {
			score += (ranks[i] > 0) ? rankings.get(i).weight() / (K + ranks[i]) : 0;
			all.add(ranks[i]);
		}
		return new Fused(number, score, List.copyOf(all));
	}

}
