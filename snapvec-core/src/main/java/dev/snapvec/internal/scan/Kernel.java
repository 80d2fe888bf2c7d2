package dev.snapvec.internal.scan;

/**
 * The inner loops of searching and learning. A kernel estimates the scores of many rows
 * at once; whatever could be among the best by its estimate is scored exactly afterwards,
 * so that all kernels find the same. Stateless.
 */
public interface Kernel {

	/** As statistics show it. */
	String name();

	/**
	 * Brings a query's tables into the form this kernel reads.
	 * @param tables the tables, whose shares are filled
	 * @return how far an estimate may be below the exact sum
	 */
	float prepare(PlaneTables tables);

	/**
	 * Estimates the sums of whole groups of rows of a block.
	 * @param tables the prepared tables
	 * @param codes the codes of a block, in groups
	 * @param groups numbers of groups
	 * @param count how many of them
	 * @param scores receives an estimate for each row
	 */
	void score(PlaneTables tables, byte[] codes, int[] groups, int count, float[] scores);

	/**
	 * Finishes the estimates of a group and picks those that reach a threshold.
	 * @param scores estimates, replaced by {@code score * factor}
	 * @param at where the group's begin
	 * @param factors what to multiply by, or an empty array for nothing
	 * @param factorsAt where the group's begin
	 * @param slack how far an estimate may be below the exact sum
	 * @param threshold what to reach
	 * @return a bit for each row that may reach the threshold, the lowest for the first
	 */
	long select(float[] scores, int at, float[] factors, int factorsAt, float slack, float threshold);

	/**
	 * Adds a multiple of one array to another.
	 * @param factor the multiple
	 * @param x numbers
	 * @param xFrom where they begin
	 * @param y numbers to add to
	 * @param yFrom where they begin
	 * @param count how many
	 */
	void addScaled(float factor, float[] x, int xFrom, float[] y, int yFrom, int count);

	/**
	 * Finds the least of numbers.
	 * @param values numbers, none of them NaN
	 * @param count how many, at least 1
	 * @return where the first of the least ones is
	 */
	int least(float[] values, int count);

	/**
	 * The inner product of a vector and float16 numbers.
	 * @param vector the vector
	 * @param halfs float16 numbers
	 * @param from where they begin
	 * @return the inner product
	 */
	float dot(float[] vector, short[] halfs, int from);

}
