package dev.snapvec.internal.scan;

/**
 * The inner loops of a scan. A kernel estimates the scores of many rows at once; whatever
 * could be among the best by its estimate is scored exactly afterwards, so that all
 * kernels find the same. Stateless.
 */
public interface Kernel {

	/** As statistics show it. */
	String name();

	/** Inner products in the same instructions. */
	VectorOps ops();

	/**
	 * Brings a query's tables into the form this kernel reads.
	 * @param tables the tables, whose shares are filled
	 * @return how far an estimate may be off the exact sum
	 */
	float prepare(SliceTables tables);

	/**
	 * Estimates the sums of whole groups of rows of a block.
	 * @param tables the prepared tables
	 * @param codes the codes of a block, in groups that are {@link CodeSlices#scannable}
	 * @param groups numbers of groups
	 * @param rows a bit for each row of a group that counts
	 * @param count how many groups
	 * @param scores receives an estimate for each row that counts, and anything for
	 * others
	 */
	void score(SliceTables tables, byte[] codes, int[] groups, long[] rows, int count, float[] scores);

	/**
	 * Sums the shares of rows, in the order of {@link SliceTables#sum} and so to the same
	 * last bit.
	 * @param tables the tables
	 * @param group codes of one group of rows
	 * @param count how many of its rows count
	 * @param sums receives the sum of each; what is beyond may be anything
	 */
	default void sum(SliceTables tables, byte[] group, int count, float[] sums) {
		for (int row = 0; row < count; row++) {
			sums[row] = tables.sum(group, row);
		}
	}

	/**
	 * Picks the rows of a group that reach a threshold.
	 * @param scores estimates
	 * @param at where the group's begin
	 * @param addend what to add to all of them
	 * @param factors what to multiply the sums by, or an empty array for nothing
	 * @param factorsAt where the group's begin
	 * @param threshold what to reach
	 * @return a bit for each row that reaches the threshold, the lowest for the first
	 */
	long select(float[] scores, int at, float addend, float[] factors, int factorsAt, float threshold);

	/**
	 * Finds the number at a place of the order.
	 * @param values numbers, none of them NaN; may be left in another order
	 * @param count how many of them count
	 * @param place 1 for the largest, {@code count} for the least
	 * @return the number that has {@code place - 1} others before it when the largest
	 * come first
	 */
	float largest(float[] values, int count, int place);

}
