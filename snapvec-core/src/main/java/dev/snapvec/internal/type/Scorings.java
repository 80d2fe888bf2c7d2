package dev.snapvec.internal.type;

import dev.snapvec.CommonSpec;
import dev.snapvec.Similarity;
import dev.snapvec.internal.quantize.Scoring;

/**
 * Derives how rows are scored from a spec.
 */
public final class Scorings {

	private Scorings() {
	}

	public static Scoring of(CommonSpec spec) {
		return new Scoring(spec.correctedScores(), spec.similarity() == Similarity.DOT_PRODUCT && !spec.normalized());
	}

}
