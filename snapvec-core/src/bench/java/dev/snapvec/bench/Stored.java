package dev.snapvec.bench;

/**
 * What an index is on disk.
 *
 * @param bytes size of its files
 * @param loadMillis how long it takes to load them; NaN if that was not tried
 */
record Stored(long bytes, double loadMillis) {

	/** Not on disk. */
	static final Stored NOT = new Stored(-1, Double.NaN);

}
