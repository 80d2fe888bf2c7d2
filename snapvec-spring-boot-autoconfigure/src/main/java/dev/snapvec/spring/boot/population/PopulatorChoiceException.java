package dev.snapvec.spring.boot.population;

/**
 * Thrown if a populator does not declare which index it fills, or names one that does not
 * exist.
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
