package dev.snapvec.internal.quantize;

/**
 * Is told how far training has come, from one thread at a time.
 */
@FunctionalInterface
public interface TrainingProgress {

	/**
	 * @param phase what is being learned
	 * @param done how much of it is
	 * @param total how much there is of it
	 */
	void step(String phase, long done, long total);

}
