package dev.snapvec.sample;

import java.util.List;

/**
 * An answer to a query.
 *
 * @param query what was asked
 * @param milliseconds how long the index took
 * @param embeddingMilliseconds how long the model took before
 * @param hits what was found, best first
 */
record SearchResult(String query, double milliseconds, double embeddingMilliseconds, List<Found> hits) {

	/**
	 * A hit and its text.
	 *
	 * @param id its id
	 * @param word the word it explains
	 * @param gloss the explanation
	 * @param score estimated cosine of the angle between it and the query
	 */
	record Found(String id, String word, String gloss, float score) {
	}

}
