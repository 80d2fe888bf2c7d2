package dev.snapvec.internal.quantize;

/**
 * Receives the progress of training, from one thread at a time.
 */
@FunctionalInterface
public interface TrainingProgress {

	/**
	 * @param phase the phase of training
	 * @param done units of work that are done in this phase
	 * @param total units of work of the whole phase
	 */
	void step(String phase, long done, long total);

}
