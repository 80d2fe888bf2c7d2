package dev.snapvec.internal.type.pq;

import dev.snapvec.PqSpec;
import dev.snapvec.internal.quantize.Codebooks;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Training;
import dev.snapvec.internal.quantize.Transform;
import dev.snapvec.internal.type.Trainer;

/**
 * Trains a rotation if configured, then the codebooks.
 */
public record PqTrainer(PqSpec spec) implements Trainer {

	@Override
	public int leastSample() {
		return this.spec.product().centroids();
	}

	@Override
	public int transformedDimension() {
		return this.spec.product().transformedDimension(this.spec.dimension());
	}

	@Override
	public Quantizer train(float[][] sample, Training training) {
		ProductTraining product = new ProductTraining(this.spec.common(), this.spec.product());
		Transform transform = product.transform(sample, training);
		Codebooks codebooks = product.codebooks(training.transformed(transform, sample), training);
		return new PqQuantizer(this.spec, transform, codebooks);
	}

}
