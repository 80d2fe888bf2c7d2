package dev.snapvec;

/**
 * Recall of sampled queries: the share of true nearest neighbours that searches returned.
 * The queries are stored vectors; a query's own row does not count among its hits.
 * <p>
 * Stored vectors are easier queries than those of an application, which no row matches
 * exactly. Use the figure to compare settings, or the same index over time, rather than
 * as the recall of the application's queries.
 *
 * @param reference what searches were compared with
 * @param topK number of hits compared per query; fewer than requested if the index holds
 * fewer other rows
 * @param samples number of queries
 * @param recall average share of the reference's best hits that searches returned, 0 to 1
 * @param standardError standard error of the recall: with all rows as queries it is
 * within twice that much in about 19 of 20 cases
 * @param lowest recall of the worst query, 0 to 1
 * @param nprobe number of inverted lists that searches probed, 0 for types without lists
 * @param rerank number of rows of the first pass that searches reranked, 0 for a single
 * pass
 * @since 0.1.0
 */
public record RecallReport(Reference reference, int topK, int samples, double recall, double standardError,
		double lowest, int nprobe, int rerank) {

	/**
	 * What searches are compared with.
	 */
	public enum Reference {

		/**
		 * All rows, ordered exactly by the vectors that are kept as float16.
		 */
		FULL_PRECISION,

		/**
		 * All rows, ordered by their full codes, if vectors are not kept. This measures
		 * the loss of not scoring all rows, but not the loss of quantization: searches
		 * that score all rows have recall 1.
		 */
		CODES

	}

}
