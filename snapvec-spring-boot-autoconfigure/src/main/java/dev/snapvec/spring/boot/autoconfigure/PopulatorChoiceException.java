package dev.snapvec.spring.boot.autoconfigure;

/**
 * A populator does not say which index it fills, or names one that there is not.
 */
final class PopulatorChoiceException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	PopulatorChoiceException(String message, String action) {
		super(message);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
