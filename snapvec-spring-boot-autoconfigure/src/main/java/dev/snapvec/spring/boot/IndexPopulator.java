package dev.snapvec.spring.boot;

import java.util.Set;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;

/**
 * Callback that fills an index when the application starts and no snapshot has restored
 * it. Beans of this type are called in their order, before the web server takes requests
 * or, with {@code populate: before-ready}, before the application is ready. What they put
 * in is saved once all of them are done; if one fails, so does the start, and nothing is
 * saved. An index that follows another process is not filled.
 * <p>
 * Where there are several indexes, a populator says which of them it fills:
 * {@link #indexNames} names them, {@link #populates} decides, and {@link #forIndex} does
 * it for a lambda.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface IndexPopulator {

	/**
	 * Fills an index.
	 * @param index the index, empty unless another populator came first
	 * @param progress is told how far it is, which is logged from time to time and
	 * published as {@link dev.snapvec.spring.boot.event.IndexPopulating}; can be given to
	 * {@link SafeIndex#addAll}
	 * @throws Exception if it cannot be filled
	 */
	void populate(SafeIndex index, ProgressListener progress) throws Exception;

	/**
	 * Returns vectors that an index shall learn from, if it is of a type that learns
	 * ({@code pq} and {@code ivf-pq}; other types do not ask). It learns from what all
	 * its populators return here together, before the first of them is called to fill it.
	 * <p>
	 * The vectors should be like those to be added: some of them, drawn at random, are
	 * best. There must be as many as the index has centroids or lists, and should be many
	 * times more, such as 100 a list. They are not added. By default there are none; if
	 * nobody returns any, the index stays untrained until somebody calls
	 * {@link SafeIndex#fit(float[][])}, which {@link #populate} may do too.
	 * @param index the index, empty
	 * @param progress is told how far it is, as by {@link #populate}
	 * @return vectors of the index's dimension, can be empty
	 * @throws Exception if there are none to be had
	 */
	default float[][] trainingSample(SafeIndex index, ProgressListener progress) throws Exception {
		return new float[0][];
	}

	/**
	 * Names the indexes that this populator fills, and the kinds of tenants' indexes. All
	 * of them must be there when the application starts. By default none is named, and
	 * {@link #populates} decides.
	 * @return the names, can be empty
	 */
	default Set<String> indexNames() {
		return Set.of();
	}

	/**
	 * Tells whether this populator fills an index. By default it fills those that it
	 * {@linkplain #indexNames names}, or the only one that there is: where there are
	 * several, one that fills them all without naming them is refused.
	 * @param indexName the name of an index
	 * @return whether to call it for that index
	 */
	default boolean populates(String indexName) {
		return indexNames().isEmpty() || indexNames().contains(indexName);
	}

	/**
	 * Has a populator fill one index.
	 * @param indexName the name of the index
	 * @param populator fills it
	 * @return a populator of that index
	 */
	static IndexPopulator forIndex(String indexName, IndexPopulator populator) {
		return new IndexPopulator() {

			@Override
			public void populate(SafeIndex index, ProgressListener progress) throws Exception {
				populator.populate(index, progress);
			}

			@Override
			public float[][] trainingSample(SafeIndex index, ProgressListener progress) throws Exception {
				return populator.trainingSample(index, progress);
			}

			@Override
			public Set<String> indexNames() {
				return Set.of(indexName);
			}

		};
	}

}
