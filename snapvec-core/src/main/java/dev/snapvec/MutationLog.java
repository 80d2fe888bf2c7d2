package dev.snapvec;

import java.util.List;

/**
 * Records what changes a {@link SafeIndex}, each mutation after it was checked and before
 * it is applied, so that it can be done again. A mutation is applied, and its call
 * returns, only once the method here returned; if the method throws, the mutation is not
 * applied and its call throws the same.
 * <p>
 * The methods are called by many threads at once, but never for the same id. So the order
 * of what overlaps does not matter: recorded mutations that are done again in the order
 * in which they were recorded give the same rows. Doing the last ones twice does too.
 *
 * @since 0.1.0
 */
public interface MutationLog {

	/**
	 * Mutations from now on are of another index. No mutation is under way.
	 * @param index the index as they find it
	 */
	void begin(VectorIndex index);

	/**
	 * Rows are added, each in place of the one that has its id, if any.
	 * @param ids their ids, at least one, no two equal
	 * @param vectors their vectors, one an id; not to be changed
	 */
	void put(List<String> ids, float[][] vectors);

	/**
	 * Rows are deleted.
	 * @param ids their ids, at least one, no two equal, all in the index
	 */
	void delete(List<String> ids);

	/**
	 * Something is noted of the index. No other mutation is under way.
	 * @param name its name
	 * @param value its value
	 */
	void attribute(String name, String value);

}
