package dev.snapvec.bench;

/**
 * How fast a variant searches, and what it finds.
 *
 * @param recall part of the true rows that was found
 * @param p50Micros median time of a search, the median over passes
 * @param p99Micros time that 99 of 100 searches take at most, the median over passes
 * @param queriesPerSecondOfOne searches a second by one thread
 * @param queriesPerSecond the same by several threads at once
 * @param allocatedBytes heap allocated by a search
 */
record Timing(double recall, double p50Micros, double p99Micros, double queriesPerSecondOfOne, double queriesPerSecond,
		long allocatedBytes) {
}
