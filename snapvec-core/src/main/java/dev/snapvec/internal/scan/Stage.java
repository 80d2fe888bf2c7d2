package dev.snapvec.internal.scan;

/**
 * What groups of rows are scored by.
 *
 * @param planes how many planes are read
 * @param scaled whether scores are multiplied by the row's scale
 * @param normed whether scores are multiplied by the row's norm
 * @param estimatesSuffice whether it does not matter by how much estimates are off
 */
record Stage(int planes, boolean scaled, boolean normed, boolean estimatesSuffice) {

	static final Stage NONE = new Stage(0, false, false, false);

}
