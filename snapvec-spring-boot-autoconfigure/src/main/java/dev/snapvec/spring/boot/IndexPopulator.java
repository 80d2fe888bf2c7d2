package dev.snapvec.spring.boot;

import java.util.Set;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;

/**
 * Callback that fills an index at application startup if it was not restored from a
 * snapshot. Beans of this type are called in order, before the web server accepts
 * requests or, with {@code populate: before-ready}, before the application is ready. The
 * index is saved once all its populators have completed; if one fails, the application
 * fails to start and nothing is saved. An index that follows another process is not
 * populated.
 * <p>
 * If there are several indexes, a populator must declare which of them it fills:
 * {@link #indexNames} lists them, {@link #populates} decides by name, and
 * {@link #forIndex} wraps a lambda.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface IndexPopulator {

	/**
	 * Fills an index.
	 * @param index the index to fill, empty unless another populator ran before
	 * @param progress receives the progress, which is logged periodically and published
	 * as {@link dev.snapvec.spring.boot.event.IndexPopulating}; may be passed to
	 * {@link SafeIndex#addAll}
	 * @throws Exception if the index cannot be filled
	 */
	void populate(SafeIndex index, ProgressListener progress) throws Exception;

	/**
	 * Returns training vectors for an index of a type that is trained ({@code pq} and
	 * {@code ivf-pq}; not called for other types). The index is trained on the vectors of
	 * all its populators together, before the first of them is called to fill it.
	 * <p>
	 * The vectors should be distributed like those to be added; a random sample of those
	 * is best. There must be at least as many vectors as the index has centroids or
	 * lists, and should be many times more, such as 100 per list. They are not added to
	 * the index. By default there are none; if no populator returns any, the index stays
	 * untrained until {@link SafeIndex#fit(float[][])} is called, which {@link #populate}
	 * may do too.
	 * @param index the index, empty
	 * @param progress receives the progress, as in {@link #populate}
	 * @return vectors of the index's dimension; may be empty
	 * @throws Exception if the vectors cannot be provided
	 */
	default float[][] trainingSample(SafeIndex index, ProgressListener progress) throws Exception {
		return new float[0][];
	}

	/**
	 * Returns the names of the indexes that this populator fills, which may include keys
	 * below {@code snapvec.tenants}. All of them must exist at startup. Empty by default:
	 * then {@link #populates} decides.
	 * @return the names; may be empty
	 */
	default Set<String> indexNames() {
		return Set.of();
	}

	/**
	 * Returns whether this populator fills an index. By default it fills those that it
	 * {@linkplain #indexNames names}, or the only index: if there are several, a
	 * populator that fills all of them without naming them is rejected at startup.
	 * @param indexName the name of an index
	 * @return whether to call this populator for that index
	 */
	default boolean populates(String indexName) {
		return indexNames().isEmpty() || indexNames().contains(indexName);
	}

	/**
	 * Restricts a populator to one index.
	 * @param indexName the name of the index
	 * @param populator the populator, such as a lambda
	 * @return a populator of that index only
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
