package dev.snapvec;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Training;
import dev.snapvec.internal.type.IndexFormat;
import dev.snapvec.internal.type.Trainer;

/**
 * An index whose quantizer is trained: until then it has none, and its store is empty.
 */
abstract sealed class TrainedIndex extends QuantizedIndex implements TrainableIndex
		permits PqSnapIndex, IvfPqSnapIndex {

	private final Trainer trainer;

	private final AtomicBoolean fitting = new AtomicBoolean();

	TrainedIndex(IndexSpec spec, IndexFormat format, Trainer trainer, IndexParts parts) {
		super(spec, format, parts);
		this.trainer = trainer;
	}

	@Override
	public void fit(float[][] sample, ProgressListener progress) {
		fit(sample, progress, Runnable::run);
	}

	/**
	 * Trains the quantizer on a sample, with no lock held: the listener may call any
	 * method, and a concurrent call of fit is rejected.
	 * @param publication runs the action that publishes the outcome; if it throws, the
	 * index stays unfitted
	 */
	void fit(float[][] sample, ProgressListener progress, Consumer<Runnable> publication) {
		requireFittable(sample);
		if (!this.fitting.compareAndSet(false, true)) {
			throw fittingAlready();
		}
		try {
			requireUnfitted();
			for (int i = 0; i < sample.length; i++) {
				VectorChecks.require(sample[i], dimension(), "vector " + i + " of the sample");
			}
			float[][] reduced = Training.reduced(sample, this.trainer.transformedDimension(),
					this.trainer.leastSample());
			List<String> warnings = this.trainer.warnings(reduced.length);
			warnings.forEach(progress::warning);
			Quantizer quantizer = this.trainer.train(unitVectors(reduced),
					new Training(spec().common().seed(), workers(), progress::progress));
			Fitted fitted = Fitted.of(quantizer, warnings);
			publication.accept(() -> fitted(fitted));
		}
		finally {
			this.fitting.set(false);
		}
	}

	/** Rejects a sample that is too small, and a second training. */
	void requireFittable(float[][] sample) {
		requireUnfitted();
		if (this.fitting.get()) {
			throw fittingAlready();
		}
		int least = this.trainer.leastSample();
		if (sample.length < least) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"got a sample of %d vectors; expected at least %d, one per centroid", sample.length, least));
		}
	}

	private void requireUnfitted() {
		if (isFitted()) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"the index is fitted already and holds %d rows; build a new index to train again", size()));
		}
	}

	private static IllegalStateException fittingAlready() {
		return new IllegalStateException("the index is being fitted already, by another call of fit");
	}

	private float[][] unitVectors(float[][] sample) {
		CommonSpec common = spec().common();
		float[][] units = new float[sample.length][];
		for (int i = 0; i < sample.length; i++) {
			String what = "vector " + i + " of the sample";
			if (common.normalized()) {
				VectorChecks.requireUnit(sample[i], what);
				units[i] = sample[i];
				continue;
			}
			double norm = VectorChecks.norm(sample[i], common);
			units[i] = (norm > 0) ? VectorChecks.divided(sample[i], norm) : sample[i];
		}
		return units;
	}

	@Override
	public boolean isFitted() {
		return fitted() != null;
	}

}
