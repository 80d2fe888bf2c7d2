package dev.snapvec.spring.boot.population;

import java.util.Locale;
import java.util.Objects;

import dev.snapvec.spring.boot.config.PropertyKeys;

/**
 * A populator failed, so its index is not complete.
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
				String.format(Locale.ROOT, "populator '%s' of index '%s' failed to give a training sample: %s",
						populator, index, cause),
				String.format(Locale.ROOT, "Correct the trainingSample method of bean '%s'.", populator), cause);
	}

	static PopulationException training(String index, int vectors, Exception cause) {
		return new PopulationException(
				String.format(Locale.ROOT,
						"index '%s' cannot be trained from the %d vectors that its populators gave: %s", index, vectors,
						reason(cause)),
				String.format(Locale.ROOT, """
						Have the trainingSample method of an IndexPopulator return vectors like those to be added, \
						and enough of them, or set fewer centroids or lists under %s.%s.""", PropertyKeys.INDEXES,
						index),
				cause);
	}

	static PopulationException untrained(String index, String populator, Exception cause) {
		return new PopulationException(
				String.format(Locale.ROOT, "populator '%s' of index '%s' adds before the index is trained: %s",
						populator, index, reason(cause)),
				String.format(Locale.ROOT, """
						Have the trainingSample method of bean '%s' return some of the vectors, or set %s.%s.type to a \
						type that needs no training.""", populator, PropertyKeys.INDEXES, index), cause);
	}

	static PopulationException populating(String index, String populator, int rows, Exception cause) {
		return new PopulationException(
				String.format(Locale.ROOT, "populator '%s' of index '%s' failed after %d rows, which are not saved: %s",
						populator, index, rows, cause),
				String.format(Locale.ROOT,
						"Correct what made bean '%s' fail; the next start populates the index from its beginning.",
						populator),
				cause);
	}

	public String action() {
		return this.action;
	}

}
