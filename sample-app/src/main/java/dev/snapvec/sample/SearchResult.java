package dev.snapvec.sample;

import java.util.List;

/**
 * The result of a query.
 *
 * @param index the name of the index
 * @param query the query text
 * @param milliseconds duration of the search
 * @param embeddingMilliseconds duration of embedding the query
 * @param hits the hits, best first
 */
record SearchResult(String index, String query, double milliseconds, double embeddingMilliseconds, List<Found> hits) {

	/**
	 * A hit and its text.
	 *
	 * @param id its id
	 * @param title the word it explains, or the title of the document
	 * @param text the explanation, or the text of the document
	 * @param score estimated cosine of the angle between it and the query
	 */
	record Found(String id, String title, String text, float score) {
	}

}
