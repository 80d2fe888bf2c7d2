package dev.snapvec.internal.type.ivfpq;

import java.util.List;
import java.util.Locale;

import dev.snapvec.IvfPqSpec;
import dev.snapvec.internal.quantize.CoarseCentroids;
import dev.snapvec.internal.quantize.Codebooks;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Training;
import dev.snapvec.internal.quantize.Transform;
import dev.snapvec.internal.type.Trainer;
import dev.snapvec.internal.type.pq.ProductTraining;
import org.jspecify.annotations.Nullable;

/**
 * Trains a rotation if configured, then the coarse centroids, then the codebooks of the
 * residuals.
 */
public record IvfPqTrainer(IvfPqSpec spec) implements Trainer {

	/**
	 * @return why an array cannot hold the coarse centroids, or null if it can
	 */
	public static @Nullable String refusal(IvfPqSpec spec) {
		int length = spec.product().transformedDimension(spec.dimension());
		return Training.fitArray(spec.nlist(), length) ? null
				: String.format(Locale.ROOT, "nlist must be at most %d for centroids of dimension %d, but was %d",
						Integer.MAX_VALUE / length, length, spec.nlist());
	}

	@Override
	public int leastSample() {
		return Math.max(this.spec.nlist(), this.spec.product().centroids());
	}

	@Override
	public int transformedDimension() {
		return this.spec.product().transformedDimension(this.spec.dimension());
	}

	@Override
	public List<String> warnings(int sampleRows) {
		int nlist = this.spec.nlist();
		return Training.isScarce(sampleRows, nlist) ? List.of(String.format(Locale.ROOT,
				"the sample has %d vectors for %d lists; at least %d are recommended (30 per list)", sampleRows, nlist,
				Training.leastRows(nlist))) : List.of();
	}

	@Override
	public Quantizer train(float[][] sample, Training training) {
		ProductTraining product = new ProductTraining(this.spec.common(), this.spec.product());
		Transform transform = product.transform(sample, training);
		float[][] transformed = training.transformed(transform, sample);
		CoarseCentroids coarse = training.coarse(transformed, this.spec.nlist());
		Codebooks codebooks = product.codebooks(training.residuals(transformed, coarse), training);
		return new IvfPqQuantizer(this.spec, transform, coarse, codebooks);
	}

}
