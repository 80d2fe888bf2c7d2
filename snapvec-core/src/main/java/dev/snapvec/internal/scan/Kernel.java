package dev.snapvec.internal.scan;

import dev.snapvec.internal.rows.Plane;

/**
 * Sums up what a query's tables give for the codes of whole groups of rows.
 */
interface Kernel {

	/** As statistics show it. */
	String name();

	/**
	 * @param plane how the codes lie
	 * @param codes the codes of a block, in groups
	 * @param group the first group
	 * @param groups how many groups
	 * @param tables the query's tables for this plane, as {@link ScoreTables} lays them
	 * out
	 * @param scores receives a sum for each row of the groups
	 */
	void score(Plane plane, byte[] codes, int group, int groups, float[] tables, float[] scores);

}
