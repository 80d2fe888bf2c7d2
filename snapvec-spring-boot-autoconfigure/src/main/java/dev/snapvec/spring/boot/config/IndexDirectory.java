package dev.snapvec.spring.boot.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The directory of all indexes as it is configured. Shell variables and URLs are rejected
 * rather than used as the name of a directory.
 * <p>
 * Internal: not for applications.
 */
public final class IndexDirectory {

	/** At least two letters: one is a Windows drive. */
	private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

	private static final Pattern VARIABLE = Pattern.compile("\\$[A-Za-z_].*|%[A-Za-z_]+%.*");

	private IndexDirectory() {
	}

	/**
	 * Converts it to a path, in which {@code ~} is the home directory of the user.
	 * @throws InvalidConfigurationPropertyValueException if it is not a path
	 */
	public static Path of(String configured) {
		String directory = configured.strip();
		require(!directory.isEmpty(), configured, "it must not be empty");
		require(!directory.contains("${"), configured,
				"it must not contain an unresolved placeholder: no property or environment variable has that name");
		require(!VARIABLE.matcher(directory).matches(), configured,
				"shell variables are not expanded; write ${NAME} for an environment variable");
		require(!URL.matcher(directory).matches(), configured, "it must be a path, not a URL");
		try {
			return Path.of(expand(directory));
		}
		catch (InvalidPathException ex) {
			throw invalid(configured, "it must be a valid path: " + ex.getReason());
		}
	}

	private static String expand(String directory) {
		if (!directory.startsWith("~")) {
			return directory;
		}
		String rest = directory.substring(1);
		require(rest.isEmpty() || rest.startsWith("/") || rest.startsWith("\\"), directory,
				"only ~ and paths that begin with ~/ refer to the home directory; for a directory of this name write ./"
						+ directory);
		return System.getProperty("user.home") + rest;
	}

	private static void require(boolean valid, String value, String reason) {
		if (!valid) {
			throw invalid(value, reason);
		}
	}

	private static InvalidConfigurationPropertyValueException invalid(String value, String reason) {
		return new InvalidConfigurationPropertyValueException(PropertyKeys.DIRECTORY, value, Sentence.of(reason));
	}

}
