package dev.snapvec;

/**
 * An index that learns from a sample of vectors before it can hold any.
 *
 * @since 0.1.0
 */
public sealed interface TrainableIndex extends VectorIndex permits TrainedIndex {

	/**
	 * Learns from a sample.
	 * @param sample vectors like those to be added: finite, each of the dimension, at
	 * least as many as there are centroids to learn, better many times more
	 * @throws InvalidVectorException if a vector has the wrong length, holds NaN or
	 * infinity, or is not of length 1 where that was promised
	 * @throws IllegalArgumentException if the sample is too small
	 * @throws IllegalStateException if the index has learned already
	 */
	default void fit(float[][] sample) {
		fit(sample, ProgressListener.NONE);
	}

	/**
	 * Learns from a sample. The same sample and seed give the same result whatever the
	 * number of threads. Of a sample of more than 2^27 numbers, vectors spread evenly
	 * over it are used: as many as hold that many numbers, or 64 a list or centroid.
	 * @param sample vectors like those to be added: finite, each of the dimension, at
	 * least as many as there are centroids to learn, better many times more
	 * @param progress is told of each phase, and warned of a sample that is small
	 * @throws InvalidVectorException if a vector has the wrong length, holds NaN or
	 * infinity, or is not of length 1 where that was promised
	 * @throws IllegalArgumentException if the sample is too small
	 * @throws IllegalStateException if the index has learned already
	 */
	void fit(float[][] sample, ProgressListener progress);

	/**
	 * Tells whether the index has learned.
	 * @return whether vectors can be added
	 */
	boolean isFitted();

}
