package dev.snapvec;

import java.util.Locale;

/**
 * A setting of an index has a value that it cannot have, or that does not go with
 * another. The message names the setting, the value found and what is expected.
 *
 * @since 0.1.0
 */
public final class InvalidSpecException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String setting;

	InvalidSpecException(String setting, String message, Object... arguments) {
		super(String.format(Locale.ROOT, message, arguments));
		this.setting = setting;
	}

	/**
	 * Returns which setting is at fault, so that a caller can say where it was set.
	 * @return its name, as in {@link IndexSpec#parameters()}
	 */
	public String setting() {
		return this.setting;
	}

}
