package dev.snapvec;

import java.util.List;

/**
 * Records the mutations of a {@link SafeIndex}, each after it was validated and before it
 * is applied, so that they can be replayed. A mutation is applied, and its call returns,
 * only after the method of the log has returned; if that throws, the mutation is not
 * applied and its call throws the same exception.
 * <p>
 * The methods are called concurrently by many threads, but never for the same id. So the
 * order of concurrent mutations does not matter: replaying them in the order in which
 * they were recorded gives the same rows, even if the last ones are replayed twice. See
 * docs/adr/0005-write-ahead-log.md.
 *
 * @since 0.1.0
 */
public interface MutationLog {

	/**
	 * The log starts, or another index took the place of the one recorded so far: further
	 * mutations apply to this index. No mutation is in progress.
	 * @param index the index before these mutations
	 */
	void begin(VectorIndex index);

	/**
	 * Rows are put: each replaces the row that has its id, or is added.
	 * @param ids their ids, at least one, no two equal
	 * @param vectors their vectors, one per id; must not be changed
	 */
	void put(List<String> ids, float[][] vectors);

	/**
	 * Rows are deleted.
	 * @param ids their ids, at least one, no two equal, all in the index
	 */
	void delete(List<String> ids);

	/**
	 * An attribute is set. No other mutation is in progress.
	 * @param name its name
	 * @param value its value
	 */
	void attribute(String name, String value);

}
