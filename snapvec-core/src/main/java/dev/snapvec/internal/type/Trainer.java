package dev.snapvec.internal.type;

import java.util.List;

import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Training;

/**
 * How the quantizer of an index of one spec is learned. Immutable.
 */
public interface Trainer {

	/**
	 * @return how many rows a sample must have at least
	 */
	int leastSample();

	/**
	 * @return coordinates of the vectors that are quantized
	 */
	int transformedDimension();

	/**
	 * @param sampleRows rows of a sample
	 * @return conditions likely to hurt recall
	 */
	default List<String> warnings(int sampleRows) {
		return List.of();
	}

	/**
	 * @param sample unit vectors, at least as many as needed
	 * @param training learns the parts
	 * @return the quantizer
	 */
	Quantizer train(float[][] sample, Training training);

}
