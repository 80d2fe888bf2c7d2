package dev.snapvec.spring.boot.autoconfigure;

/**
 * A populator failed, so its index is not complete.
 */
final class PopulationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	private PopulationException(String message, String action, Exception cause) {
		super(message, cause);
		this.action = action;
	}

	static PopulationException sampling(String index, String populator, Exception cause) {
		return new PopulationException(
				"populator '%s' of index '%s' failed to give a training sample: %s".formatted(populator, index, cause),
				"Correct the trainingSample method of bean '%s'.".formatted(populator), cause);
	}

	static PopulationException training(String index, int vectors, Exception cause) {
		return new PopulationException(
				"index '%s' cannot be trained from the %d vectors that its populators gave: %s".formatted(index,
						vectors, cause.getMessage()),
				"""
						Have the trainingSample method of an IndexPopulator return vectors like those to be added, \
						and enough of them, or set fewer centroids or lists under %s.%s."""
					.formatted(SnapvecProperties.INDEXES, index),
				cause);
	}

	static PopulationException untrained(String index, String populator, Exception cause) {
		return new PopulationException(
				"populator '%s' of index '%s' adds before the index is trained: %s".formatted(populator, index,
						cause.getMessage()),
				"""
						Have the trainingSample method of bean '%s' return some of the vectors, or set %s.%s.type to a \
						type that needs no training.""".formatted(populator, SnapvecProperties.INDEXES, index), cause);
	}

	static PopulationException populating(String index, String populator, int rows, Exception cause) {
		return new PopulationException(
				"populator '%s' of index '%s' failed after %d rows, which are not saved: %s".formatted(populator, index,
						rows, cause),
				"Correct what made bean '%s' fail; the next start populates the index from its beginning."
					.formatted(populator),
				cause);
	}

	String action() {
		return this.action;
	}

}
