package dev.snapvec.bench;

/**
 * Finds the rows nearest to a query, best first. Several threads may search at once.
 */
@FunctionalInterface
interface Search {

	int[] search(float[] query) throws Exception;

}
