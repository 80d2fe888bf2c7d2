package dev.snapvec;

import java.util.Locale;

/**
 * Thrown if a setting of an index is out of range, or contradicts another setting. The
 * message names the setting, the value found and the values expected.
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
	 * Returns the invalid setting, so that a caller can report where it was set.
	 * @return its name, as in {@link IndexSpec#parameters()}
	 */
	public String setting() {
		return this.setting;
	}

}
