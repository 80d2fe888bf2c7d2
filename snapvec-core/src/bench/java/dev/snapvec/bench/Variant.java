package dev.snapvec.bench;

/**
 * A way to search what a contender has built.
 *
 * @param name what it is called in results
 * @param search the search
 */
record Variant(String name, Search search) {
}
