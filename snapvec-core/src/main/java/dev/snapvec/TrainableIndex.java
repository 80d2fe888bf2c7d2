package dev.snapvec;

/**
 * An index that must be trained on a sample before vectors can be added.
 *
 * @since 0.1.0
 */
public sealed interface TrainableIndex extends VectorIndex permits TrainedIndex {

	/**
	 * Trains the index on a sample.
	 * @param sample representative vectors of finite numbers, each of the dimension; at
	 * least one per centroid, preferably many
	 * @throws InvalidVectorException if a vector has the wrong dimension, holds NaN or
	 * infinity, or is not a unit vector although the index is normalized
	 * @throws IllegalArgumentException if the sample is too small
	 * @throws IllegalStateException if the index is fitted already or being fitted
	 */
	default void fit(float[][] sample) {
		fit(sample, ProgressListener.NONE);
	}

	/**
	 * Trains the index on a sample. The same sample and seed give the same result,
	 * whatever the number of threads. Of a sample of more than 2^27 numbers, only vectors
	 * spread evenly over it are used: as many as hold that many numbers, or 64 per list
	 * or centroid.
	 * @param sample representative vectors of finite numbers, each of the dimension; at
	 * least one per centroid, preferably many
	 * @param progress receives the progress of each phase, and a warning if the sample is
	 * small
	 * @throws InvalidVectorException if a vector has the wrong dimension, holds NaN or
	 * infinity, or is not a unit vector although the index is normalized
	 * @throws IllegalArgumentException if the sample is too small
	 * @throws IllegalStateException if the index is fitted already or being fitted
	 */
	void fit(float[][] sample, ProgressListener progress);

	/**
	 * {@return whether the index is fitted, so that vectors can be added}
	 */
	boolean isFitted();

}
