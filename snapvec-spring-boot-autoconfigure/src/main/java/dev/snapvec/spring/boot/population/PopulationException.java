package dev.snapvec.spring.boot.population;

import java.util.Locale;
import java.util.Objects;

import dev.snapvec.spring.boot.config.PropertyKeys;

/**
 * Thrown if a populator failed, so that its index is not complete.
 * <p>
 * Internal: not for applications.
 */
public final class PopulationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	private PopulationException(String message, String action, Exception cause) {
		super(message, cause);
		this.action = action;
	}

	private static String reason(Exception cause) {
		return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
	}

	static PopulationException sampling(String index, String populator, Exception cause) {
		return new PopulationException(
				String.format(Locale.ROOT, "populator '%s' of index '%s' failed to return a training sample: %s",
						populator, index, cause),
				String.format(Locale.ROOT, "Correct the trainingSample method of bean '%s'.", populator), cause);
	}

	static PopulationException training(String index, int vectors, Exception cause) {
		return new PopulationException(
				String.format(Locale.ROOT,
						"index '%s' cannot be trained on the %d vectors that its populators returned: %s", index,
						vectors, reason(cause)),
				String.format(Locale.ROOT, """
						Return enough vectors like those to be added from the trainingSample method of an \
						IndexPopulator, or set fewer centroids or lists under %s.%s.""", PropertyKeys.INDEXES, index),
				cause);
	}

	static PopulationException untrained(String index, String populator, Exception cause) {
		return new PopulationException(
				String.format(Locale.ROOT, "populator '%s' of index '%s' adds rows before the index is trained: %s",
						populator, index, reason(cause)),
				String.format(Locale.ROOT, """
						Return some of the vectors from the trainingSample method of bean '%s', or set %s.%s.type to a \
						type that needs no training.""", populator, PropertyKeys.INDEXES, index), cause);
	}

	static PopulationException populating(String index, String populator, int rows, Exception cause) {
		return new PopulationException(
				String.format(Locale.ROOT, "populator '%s' of index '%s' failed after %d rows, which are not saved: %s",
						populator, index, rows, cause),
				String.format(Locale.ROOT,
						"Correct what made bean '%s' fail; the next start populates the index from the beginning.",
						populator),
				cause);
	}

	public String action() {
		return this.action;
	}

}
