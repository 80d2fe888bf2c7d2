package dev.snapvec.documents;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.jar.Attributes;

import dev.snapvec.UnsupportedLibraryException;
import org.apache.lucene.util.Version;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a supported version of Lucene is on the class path, before any other of its
 * classes is used.
 */
final class LuceneVersion {

	/** The dependency to add. */
	static final String LIBRARY = "org.apache.lucene:lucene-core:9.12.3";

	private static final int MAJOR = 9;

	/** The oldest that reads and writes the same files. */
	private static final int MINOR = 12;

	private static final String UNKNOWN = "an unknown version";

	private LuceneVersion() {
	}

	/**
	 * @throws UnsupportedLibraryException if Lucene is missing or has another major
	 * version
	 */
	static void require() {
		String found = found();
		if (found == null || !isSupported(found)) {
			throw new UnsupportedLibraryException(
					"documents need Lucene " + MAJOR + "." + MINOR + " or a later " + MAJOR + ".x, but found "
							+ ((found != null) ? found : "none on the class path") + "; add the dependency " + LIBRARY,
					LIBRARY, found);
		}
	}

	private static @Nullable String found() {
		try {
			return Version.LATEST.toString();
		}
		catch (NoClassDefFoundError ex) {
			return null;
		}
		catch (LinkageError ex) {
			// compiled for a newer Java
			return ofJar();
		}
	}

	private static String ofJar() {
		URL version = LuceneVersion.class.getResource("/org/apache/lucene/util/Version.class");
		try {
			if (version != null && version.openConnection() instanceof JarURLConnection jar) {
				Attributes attributes = jar.getMainAttributes();
				String found = (attributes != null) ? attributes.getValue(Attributes.Name.SPECIFICATION_VERSION) : null;
				return (found != null) ? found : UNKNOWN;
			}
			return UNKNOWN;
		}
		catch (IOException ex) {
			return UNKNOWN;
		}
	}

	private static boolean isSupported(String version) {
		String[] parts = version.split("\\.", 3);
		try {
			return parts.length > 1 && Integer.parseInt(parts[0]) == MAJOR && Integer.parseInt(parts[1]) >= MINOR;
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

}
