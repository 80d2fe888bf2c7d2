package dev.snapvec.internal.type;

import java.util.List;

import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Training;

/**
 * Trains the quantizer of one spec. Immutable.
 */
public interface Trainer {

	/**
	 * @return minimum number of rows in a sample
	 */
	int leastSample();

	/**
	 * @return dimension of the vectors that are quantized
	 */
	int transformedDimension();

	/**
	 * @param sampleRows number of rows in a sample
	 * @return conditions likely to hurt recall
	 */
	default List<String> warnings(int sampleRows) {
		return List.of();
	}

	/**
	 * @param sample unit vectors, at least {@link #leastSample}
	 * @param training trains the parts
	 * @return the quantizer
	 */
	Quantizer train(float[][] sample, Training training);

}
