package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.snapvec.IndexIoException;
import org.jspecify.annotations.Nullable;

/**
 * The name of a snapshot or a WAL segment, set aside or not. Its number is written in at
 * least ten ASCII digits, but may be found in digits of any script: names were once
 * formatted with the default locale.
 *
 * @param path the file
 * @param kind snapshot or segment
 * @param number its number, or -1 if it is invalid
 * @param suffix the suffix of a file that was set aside, or empty
 */
record StoreName(Path path, Kind kind, long number, String suffix) {

	/** The number after it still has 18 digits, the most that a number may have. */
	static final long LAST_NUMBER = 999_999_999_999_999_998L;

	private static final int MOST_DIGITS = 18;

	/** Replaces bytes of a name that cannot be decoded in the process's encoding. */
	private static final char UNDECODABLE = '\uFFFD';

	private static final String NUMBER = "(\\d{10,}|[\\p{Nd}\uFFFD]*[\\p{Nd}\uFFFD&&[^0-9]][\\p{Nd}\uFFFD]*)";

	private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

	/** The kind of a file, by its name. */
	enum Kind {

		SNAPSHOT("snapshot", "snapvec"),

		LOG("mutations", "snaplog");

		private final String prefix;

		private final String extension;

		private final Pattern pattern;

		private final Pattern temporary;

		Kind(String prefix, String extension) {
			this.prefix = prefix;
			this.extension = extension;
			String name = prefix + "-" + NUMBER + "\\." + extension;
			this.pattern = Pattern.compile(name + "(|\\.corrupt.*)");
			this.temporary = Pattern.compile("\\." + name + "(\\.corrupt(-\\d+)?)?\\." + UUID + "\\.(snapvec-)?tmp");
		}

		String name(long number) {
			return String.format(Locale.ROOT, "%s-%010d.%s", this.prefix, number, this.extension);
		}

	}

	/** Null if the name is not one of a store. */
	static @Nullable StoreName of(Path path) {
		String name = path.getFileName().toString();
		for (Kind kind : Kind.values()) {
			Matcher matcher = kind.pattern.matcher(name);
			if (matcher.matches()) {
				return new StoreName(path, kind, number(matcher.group(1)), matcher.group(2));
			}
		}
		return null;
	}

	/** Whether it is a temporary file, which an interrupted writer did not rename. */
	static boolean isTemporary(Path path) {
		String name = path.getFileName().toString();
		return Kind.SNAPSHOT.temporary.matcher(name).matches() || Kind.LOG.temporary.matcher(name).matches();
	}

	private static long number(String digits) {
		long number = 0;
		int significant = 0;
		for (int digit : digits.codePoints().map((codePoint) -> Character.digit(codePoint, 10)).toArray()) {
			significant += (significant > 0 || digit != 0) ? 1 : 0;
			if (digit < 0 || significant > MOST_DIGITS) {
				return -1;
			}
			number = number * 10 + digit;
		}
		return (number > 0 && number <= LAST_NUMBER) ? number : -1;
	}

	/**
	 * @throws IndexIoException if its number is invalid
	 */
	void requireUsable() {
		if (this.number < 0) {
			String name = this.path.getFileName().toString();
			String found = (name.indexOf(UNDECODABLE) < 0)
					? String.format(Locale.ROOT, "its number must be from 1 to %d; rename it, or move it elsewhere",
							LAST_NUMBER)
					: String.format(Locale.ROOT, "its name cannot be decoded as %s; start the process in a UTF-8"
							+ " locale, such as LC_ALL=C.UTF-8", System.getProperty("sun.jnu.encoding"));
			throw new IndexIoException(this.path, "use", new IOException(found));
		}
	}

	boolean isSetAside() {
		return !this.suffix.isEmpty();
	}

	/** The path under which restoring looks for the file. */
	Path expected() {
		return this.path.resolveSibling(this.kind.name(this.number) + this.suffix);
	}

	boolean isAsExpected() {
		return this.number > 0 && this.path.equals(expected());
	}

}
