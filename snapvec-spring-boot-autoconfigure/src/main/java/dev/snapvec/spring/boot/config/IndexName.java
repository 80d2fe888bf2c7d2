package dev.snapvec.spring.boot.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Valid names of indexes, which are also names of beans and of directories.
 * <p>
 * Internal: not for applications.
 */
public final class IndexName {

	/** What a name may consist of, for messages. */
	static final String ALLOWED = "a name must be 1 to 100 letters, digits, - and _ (A to Z only) and begin with a letter or digit,"
			+ " because a bean and a directory have it too";

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

	/** Names of devices, which no directory can have on Windows. */
	private static final Pattern WINDOWS = Pattern.compile("(con|prn|aux|nul|(com|lpt)[0-9])",
			Pattern.CASE_INSENSITIVE);

	private IndexName() {
	}

	/**
	 * Checks a name.
	 * @return what is wrong with it, or empty if it is valid
	 */
	public static Optional<String> problem(String name) {
		if (name.length() > 100) {
			return Optional.of(String.format(Locale.ROOT, "it must be at most 100 characters long, but was %d: %s",
					name.length(), ALLOWED));
		}
		if (isReserved(name)) {
			return Optional.of(String.format(Locale.ROOT,
					"it must not be the name of a Windows device, which no directory can have: %s", ALLOWED));
		}
		return NAME.matcher(name).matches() ? Optional.empty() : Optional.of(ALLOWED);
	}

	public static boolean isReserved(String name) {
		return WINDOWS.matcher(name).matches();
	}

	/**
	 * Maps names to the same text that are the same to Spring Boot: lower case, letters
	 * and digits only.
	 */
	static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

}
