package dev.snapvec.internal.quantize;

import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.scan.SearchPlan;

/**
 * Encodes vectors, and turns a query into the plan and tables that score codes. Immutable
 * and thread-safe.
 */
public interface Quantizer {

	/**
	 * @return the layout of the codes, and of what is kept beside them
	 */
	RowLayout layout();

	/**
	 * @return number of inverted lists, 1 for types without lists
	 */
	default int lists() {
		return 1;
	}

	/**
	 * Encodes vectors: writes everything in the layout except the norms.
	 * @param vectors unit vectors (or all zeros), as many as the batch has rows
	 * @param rows receives the encoded rows
	 */
	void encode(float[][] vectors, EncodedRows rows);

	/**
	 * Reconstructs a vector from its code, approximately.
	 * @param row one encoded row
	 * @return its vector, of about norm 1
	 */
	float[] decode(EncodedRows row);

	/**
	 * Computes what files do not hold from the codes of a block that was read from a
	 * file.
	 * @param block the block
	 * @param list the list of each row, all 0 for types without lists
	 * @param rows number of rows
	 */
	void complete(RowBlock block, int[] list, int rows);

	/**
	 * Plans the search for a query.
	 * @param query a unit vector
	 * @param nprobe number of lists to probe; ignored by types without lists
	 * @param rerank number of rows of a first pass to rerank, or 0 for a single pass
	 * @param plan receives the passes
	 */
	void prepare(float[] query, int nprobe, int rerank, SearchPlan plan);

}
