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
	 * Whether the estimates of a group take no longer than the exact scores of a few of
	 * its rows.
	 */
	boolean scoresGroupsAtOnce();

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
	 * Adds a multiple of a vector's product with a matrix:
	 * {@code sums[c] += factor * vector[0..width) . matrix[0..width)[c]}.
	 * @param factor the multiple
	 * @param vector numbers
	 * @param from where the vector begins
	 * @param width how long it is
	 * @param matrix width × count numbers, row by row
	 * @param at where the matrix begins
	 * @param sums count numbers to add to
	 * @param sumsAt where they begin
	 * @param count how many columns the matrix has
	 */
	void addProduct(float factor, float[] vector, int from, int width, float[] matrix, int at, float[] sums, int sumsAt,
			int count);

	/**
	 * Finds the column of a matrix at the least distance of a vector.
	 * @param vector numbers
	 * @param from where the vector begins
	 * @param width how long it is
	 * @param matrix width × count numbers, row by row
	 * @param at where the matrix begins
	 * @param squares squared lengths of the columns
	 * @param squaresAt where they begin
	 * @param count how many columns, at least 1
	 * @return the first of the nearest columns in the low 32 bits; in the high ones, as
	 * the bits of a float, its squared distance less the vector's squared length
	 */
	long nearest(float[] vector, int from, int width, float[] matrix, int at, float[] squares, int squaresAt,
			int count);

	/**
	 * Finds for each column of one matrix the nearest column of another. Meant for few
	 * rows.
	 * @param points rows × count numbers, row by row
	 * @param count how many columns
	 * @param centroids rows × k numbers, row by row
	 * @param squares squared lengths of the k columns
	 * @param found receives for each column the first of the nearest ones
	 * @param distances receives its squared distance less the column's squared length
	 */
	void nearestOfColumns(float[] points, int count, float[] centroids, float[] squares, int[] found,
			float[] distances);

	/**
	 * The inner product of a vector and float16 numbers.
	 * @param vector the vector
	 * @param halfs float16 numbers
	 * @param from where they begin
	 * @return the inner product
	 */
	float dot(float[] vector, short[] halfs, int from);

}
