package dev.snapvec.spring.boot.population;

/**
 * A populator does not say which index it fills, or names one that there is not.
 * <p>
 * Internal: not for applications.
 */
public final class PopulatorChoiceException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	PopulatorChoiceException(String message, String action) {
		super(message);
		this.action = action;
	}

	public String action() {
		return this.action;
	}

}
