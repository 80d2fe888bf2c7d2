package dev.snapvec.internal.type.pq;

import dev.snapvec.CommonSpec;
import dev.snapvec.ProductSpec;
import dev.snapvec.internal.quantize.Codebooks;
import dev.snapvec.internal.quantize.Training;
import dev.snapvec.internal.quantize.Transform;
import dev.snapvec.internal.type.HeapShare;
import org.jspecify.annotations.Nullable;

/**
 * The training of the parts of a product quantizer.
 *
 * @param common the settings that all types have
 * @param product the product quantizer
 */
public record ProductTraining(CommonSpec common, ProductSpec product) {

	/** The transform of a product quantizer without a trained rotation. */
	static Transform transform(CommonSpec common, ProductSpec product) {
		return product.rht() ? Transform.hadamard(common.dimension(), common.seed())
				: Transform.none(common.dimension());
	}

	/**
	 * @return why the heap is too small to train the rotation, or null if it is not
	 */
	public @Nullable String refusal() {
		if (!this.product.opq()) {
			return null;
		}
		int dimension = this.common.dimension();
		String what = "opq with dimension " + dimension;
		return Training.fitArray(dimension, dimension) ? HeapShare.refusal(Training.rotationBytes(dimension), what)
				: "opq supports a dimension of at most 46340, but it was " + dimension;
	}

	public Transform transform(float[][] sample, Training training) {
		return this.product.opq() ? training.rotation(sample, this.product.subspaces())
				: transform(this.common, this.product);
	}

	/**
	 * @param sample transformed vectors
	 */
	public Codebooks codebooks(float[][] sample, Training training) {
		return training.codebooks(sample, this.product.subspaces(), this.product.centroids());
	}

}
