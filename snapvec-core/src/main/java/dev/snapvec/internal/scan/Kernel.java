package dev.snapvec.internal.scan;

/**
 * The inner loops of a scan. A kernel estimates the scores of many rows together; rows
 * that could be among the best by the estimate are scored exactly afterwards, so that all
 * kernels find the same. Stateless. See docs/adr/0006-kernels.md.
 */
public interface Kernel {

	/** The name, as in statistics. */
	String name();

	/** The inner products with the same instructions. */
	VectorOps ops();

	/**
	 * Converts the tables of a query to the form that this kernel reads.
	 * @param tables the tables, with their shares filled
	 * @return maximum difference between an estimate and the exact sum
	 */
	float prepare(SliceTables tables);

	/**
	 * Estimates the sums of whole groups of rows of a block.
	 * @param tables the prepared tables
	 * @param codes the codes of a block, in groups that are {@link CodeSlices#scannable}
	 * @param groups numbers of the groups
	 * @param rows for each group, the bit set of the rows to score
	 * @param count number of groups
	 * @param scores receives an estimate for each row to score, and undefined values for
	 * the others
	 */
	void score(SliceTables tables, byte[] codes, int[] groups, long[] rows, int count, float[] scores);

	/**
	 * Sums the shares of rows, in the order of {@link SliceTables#sum} and therefore
	 * identical to the last bit.
	 * @param tables the tables
	 * @param group codes of one group of rows
	 * @param count number of its rows to sum
	 * @param sums receives the sum of each; values behind them are undefined
	 */
	default void sum(SliceTables tables, byte[] group, int count, float[] sums) {
		for (int row = 0; row < count; row++) {
			sums[row] = tables.sum(group, row);
		}
	}

	/**
	 * Selects the rows of a group that reach a threshold.
	 * @param scores estimates
	 * @param at position of the group's first estimate
	 * @param addend summand of all estimates
	 * @param factors factors of the sums, or an empty array for none
	 * @param factorsAt position of the group's first factor
	 * @param threshold the score to reach
	 * @return bit set of the rows that reach the threshold, the lowest bit for the first
	 */
	long select(float[] scores, int at, float addend, float[] factors, int factorsAt, float threshold);

	/**
	 * Finds the n-th largest number.
	 * @param values numbers other than NaN; may be reordered
	 * @param count how many of them to consider
	 * @param place n: 1 for the largest, {@code count} for the smallest
	 * @return the n-th largest number
	 */
	float largest(float[] values, int count, int place);

}
