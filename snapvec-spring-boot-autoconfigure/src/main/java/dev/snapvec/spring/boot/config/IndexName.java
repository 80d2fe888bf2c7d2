package dev.snapvec.spring.boot.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What can name an index: it is also the name of a bean and of a directory.
 * <p>
 * Internal: not for applications.
 */
public final class IndexName {

	/** What a name may consist of, for messages. */
	static final String ALLOWED = "a name is 1 to 100 letters, digits, - and _ (A to Z only), and begins with a letter or digit,"
			+ " as a bean and a directory have it too";

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

	/** Names of devices, which no directory can have there. */
	private static final Pattern WINDOWS = Pattern.compile("(con|prn|aux|nul|(com|lpt)[0-9])",
			Pattern.CASE_INSENSITIVE);

	private IndexName() {
	}

	/**
	 * Tells what is wrong with a name.
	 * @return a reason, or nothing if it can be one
	 */
	public static Optional<String> problem(String name) {
		if (name.length() > 100) {
			return Optional.of(String.format(Locale.ROOT, "%d characters are too long, at most 100 are possible: %s",
					name.length(), ALLOWED));
		}
		if (isReserved(name)) {
			return Optional.of(String.format(Locale.ROOT, "no directory can have this name on Windows: %s", ALLOWED));
		}
		return NAME.matcher(name).matches() ? Optional.empty() : Optional.of(ALLOWED);
	}

	public static boolean isReserved(String name) {
		return WINDOWS.matcher(name).matches();
	}

	/**
	 * Makes names equal that are one to Spring Boot: lower case, letters and digits only.
	 */
	static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

}
