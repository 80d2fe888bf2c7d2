package dev.snapvec.internal.scan;

/**
 * What groups of rows are scored by.
 *
 * @param planes how many planes are read
 * @param scaled whether scores are multiplied by the row's scale
 * @param normed whether scores are multiplied by the row's norm
 * @param zeroed whether rows of norm 0 score 0, where neither factor sees to it
 * @param estimatesSuffice whether it does not matter by how much estimates are off
 */
record Stage(int planes, boolean scaled, boolean normed, boolean zeroed, boolean estimatesSuffice) {

	static final Stage NONE = new Stage(0, false, false, false, false);

}
