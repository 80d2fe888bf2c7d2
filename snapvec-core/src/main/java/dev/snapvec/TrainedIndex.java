package dev.snapvec;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Training;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.rows.RowStore;
import org.jspecify.annotations.Nullable;

/**
 * An index whose quantizer is learned: until then it has none, and its store is empty.
 */
abstract sealed class TrainedIndex extends QuantizedIndex implements TrainableIndex
		permits PqSnapIndex, IvfPqSnapIndex {

	private static final RowStore EMPTY = new RowStore(new RowLayout(List.of(), Set.of(), 0, false), 1);

	private final AtomicBoolean fitting = new AtomicBoolean();

	private volatile @Nullable Fitted fitted;

	TrainedIndex(IndexSettings settings, @Nullable Fitted fitted) {
		super(settings);
		this.fitted = fitted;
	}

	/** What learning gave, and the rows encoded by it. */
	record Fitted(Quantizer quantizer, RowStore store, List<String> warnings) {
	}

	/** How many rows a sample must have at least. */
	abstract int leastSample();

	/** Length of the vectors that are quantized. */
	abstract int transformedLength();

	/** What is likely to disappoint with a sample of as many rows. */
	abstract List<String> warningsFor(int sampleRows);

	abstract Quantizer learn(float[][] sample, Training training);

	@Override
	public void fit(float[][] sample, ProgressListener progress) {
		fit(sample, progress, Runnable::run);
	}

	/**
	 * Learns from a sample, with no lock held: the listener may call anything, and who
	 * would learn too meanwhile is refused.
	 * @param publication runs what makes the outcome seen; if it throws, nothing was
	 * learned
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
			float[][] reduced = Training.reduced(sample, transformedLength(), leastSample());
			List<String> warnings = warningsFor(reduced.length);
			warnings.forEach(progress::warning);
			Quantizer quantizer = learn(unitVectors(reduced),
					new Training(settings().seed(), workers(), progress::progress));
			Fitted fitted = new Fitted(quantizer, new RowStore(quantizer.layout(), quantizer.lists()), warnings);
			publication.accept(() -> {
				this.fitted = fitted;
				changed();
			});
		}
		finally {
			this.fitting.set(false);
		}
	}

	/** Refuses to learn what there is too little to learn from, or to learn again. */
	void requireFittable(float[][] sample) {
		requireUnfitted();
		if (this.fitting.get()) {
			throw fittingAlready();
		}
		if (sample.length < leastSample()) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"the sample has %d vectors, there must be at least %d, one for each centroid", sample.length,
					leastSample()));
		}
	}

	private void requireUnfitted() {
		if (this.fitted != null) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"the index is fitted and holds %d rows; build a new one to learn anew", size()));
		}
	}

	private static IllegalStateException fittingAlready() {
		return new IllegalStateException("the index is being fitted already, by another call of fit");
	}

	private float[][] unitVectors(float[][] sample) {
		float[][] units = new float[sample.length][];
		for (int i = 0; i < sample.length; i++) {
			String what = "vector " + i + " of the sample";
			if (settings().normalized()) {
				VectorChecks.requireUnit(sample[i], what);
				units[i] = sample[i];
				continue;
			}
			double norm = settings().norm(sample[i]);
			units[i] = (norm > 0) ? VectorChecks.divided(sample[i], norm) : sample[i];
		}
		return units;
	}

	@Override
	public boolean isFitted() {
		return this.fitted != null;
	}

	@Override
	boolean fitted() {
		return isFitted();
	}

	@Override
	Quantizer quantizer() {
		Fitted fitted = this.fitted;
		if (fitted == null) {
			throw new NotFittedException(String.format(Locale.ROOT,
					"%s learns from a sample before it is used: call fit first", getClass().getSimpleName()));
		}
		return fitted.quantizer;
	}

	@Override
	RowStore store() {
		Fitted fitted = this.fitted;
		return (fitted != null) ? fitted.store : EMPTY;
	}

	@Override
	List<String> warnings() {
		Fitted fitted = this.fitted;
		return (fitted != null) ? fitted.warnings : List.of();
	}

}
