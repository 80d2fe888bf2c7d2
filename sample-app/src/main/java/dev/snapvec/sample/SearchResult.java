package dev.snapvec.sample;

import java.util.List;

/**
 * An answer to a query.
 *
 * @param index where was searched
 * @param query what was asked
 * @param milliseconds how long the index took
 * @param embeddingMilliseconds how long the model took before
 * @param hits what was found, best first
 */
record SearchResult(String index, String query, double milliseconds, double embeddingMilliseconds, List<Found> hits) {

	/**
	 * A hit and its text.
	 *
	 * @param id its id
	 * @param title the word it explains, or what the document calls itself
	 * @param text the explanation, or what the document says
	 * @param score estimated cosine of the angle between it and the query
	 */
	record Found(String id, String title, String text, float score) {
	}

}
