package dev.snapvec;

/**
 * How much of what there is to find searches found. A stored vector is asked for, and its
 * own row does not count among the hits.
 * <p>
 * Stored vectors are easier to ask for than questions that no row answers exactly, so
 * take the figure for a comparison of settings and of days rather than for the recall of
 * an application's own queries.
 *
 * @param reference what searches were compared with
 * @param topK how many hits of each vector were compared, fewer than asked for if the
 * index holds fewer others
 * @param samples how many vectors were asked for
 * @param recall which share of the reference's best hits searches found on average, 0 to
 * 1
 * @param standardError how far that may be from the figure of all rows: twice as much in
 * one case of twenty
 * @param lowest the share that was found for the worst of the vectors
 * @param nprobe how many lists searches scanned, 0 for types without lists
 * @param rerank how many rows of a first pass they scored again, 0 for a single pass
 * @since 0.1.0
 */
public record RecallReport(Reference reference, int topK, int samples, double recall, double standardError,
		double lowest, int nprobe, int rerank) {

	/**
	 * What searches are compared with.
	 */
	public enum Reference {

		/**
		 * The exact order of all rows by the vectors that are kept as float16.
		 */
		FULL_PRECISION,

		/**
		 * The order of all rows by their whole codes, where vectors are not kept. It
		 * tells what is lost by not looking at all of them, and nothing of what codes
		 * lose: searches that do look at all have 1.
		 */
		CODES

	}

}
