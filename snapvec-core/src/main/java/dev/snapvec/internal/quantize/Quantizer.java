package dev.snapvec.internal.quantize;

import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.scan.SearchPlan;

/**
 * Turns vectors into codes, and a query into the tables that score codes. Immutable and
 * thread-safe.
 */
public interface Quantizer {

	/**
	 * @return what the codes are made of, and what is kept beside them
	 */
	RowLayout layout();

	/**
	 * @return how many lists rows are spread over, 1 where they are not
	 */
	default int lists() {
		return 1;
	}

	/**
	 * Encodes vectors, with everything the layout keeps but the norm.
	 * @param vectors vectors of length 1 (or all zeros), as many as the batch has rows
	 * @param rows receives them
	 */
	void encode(float[][] vectors, EncodedRows rows);

	/**
	 * Undoes {@link #encode}, as far as codes tell.
	 * @param row one encoded row
	 * @return its vector, of about length 1
	 */
	float[] decode(EncodedRows row);

	/**
	 * Works out, from the codes of a block that was read from a file, what files do not
	 * hold.
	 * @param block the block
	 * @param list the list of each row, all 0 where there are none
	 * @param rows how many rows
	 */
	void complete(RowBlock block, int[] list, int rows);

	/**
	 * Plans the search for a query.
	 * @param query a vector of length 1
	 * @param nprobe how many lists to scan; ignored where there are none
	 * @param rerank how many rows of a first pass to score again, or 0 for a single pass
	 * @param plan receives the passes
	 */
	void prepare(float[] query, int nprobe, int rerank, SearchPlan plan);

}
