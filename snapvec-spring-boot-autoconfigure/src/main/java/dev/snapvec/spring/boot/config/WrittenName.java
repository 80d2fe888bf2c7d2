package dev.snapvec.spring.boot.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.origin.Origin;

/**
 * A name as it is written at one place of the configuration. Spring Boot would bind it
 * without the characters that a key cannot contain: {@code größe} as {@code gre}.
 * <p>
 * Internal: not for applications.
 *
 * @param parent the key below which it is written
 * @param name the name; for an environment variable everything after the parent
 * @param brackets whether it is written in brackets
 * @param variable whether it is from an environment variable, which has no letter case
 * @param origin where it is written
 */
public record WrittenName(String parent, String name, boolean brackets, boolean variable, Origin origin) {

	/** What YAML converts words such as {@code on} and {@code no} to. */
	private static final Set<String> YAML_VALUES = Set.of("true", "false", "null");

	/**
	 * Finds a name in the key of a property.
	 * @return the name, or null if the key is not below the parent
	 */
	static @Nullable WrittenName ofKey(String parent, String key, Origin origin) {
		List<String> elements = elements(key);
		List<String> parents = elements(parent);
		if (elements.size() <= parents.size()) {
			return null;
		}
		for (int i = 0; i < parents.size(); i++) {
			if (!IndexName.uniform(elements.get(i)).equals(parents.get(i))) {
				return null;
			}
		}
		String name = elements.get(parents.size());
		boolean brackets = name.startsWith("[") && name.endsWith("]");
		return new WrittenName(parent, brackets ? name.substring(1, name.length() - 1) : name, brackets, false, origin);
	}

	/** Finds a name in the name of an environment variable, or returns null. */
	static @Nullable WrittenName ofVariable(String parent, String variable, Origin origin) {
		String prefix = upper(parent.replace('.', '_')) + "_";
		return upper(variable).startsWith(prefix)
				? new WrittenName(parent, variable.substring(prefix.length()), false, true, origin) : null;
	}

	/** Splits a key; text in brackets is one element. */
	private static List<String> elements(String key) {
		List<String> elements = new ArrayList<>();
		int start = 0;
		while (start <= key.length()) {
			int end;
			if (start < key.length() && key.charAt(start) == '[') {
				int bracket = key.indexOf(']', start);
				end = (bracket >= 0) ? bracket + 1 : key.length();
			}
			else {
				end = start;
				while (end < key.length() && key.charAt(end) != '.' && key.charAt(end) != '[') {
					end++;
				}
			}
			elements.add(key.substring(start, end));
			start = (end < key.length() && key.charAt(end) == '[') ? end : end + 1;
		}
		return elements;
	}

	private static String upper(String text) {
		return text.toUpperCase(Locale.ROOT);
	}

	/**
	 * The name in an environment variable, if no other source shows how it is written.
	 */
	private String first() {
		int end = this.name.indexOf('_');
		return ((end > 0) ? this.name.substring(0, end) : this.name).toLowerCase(Locale.ROOT);
	}

	/**
	 * Whether an environment variable refers to a name, with its dashes dropped or as
	 * underscores.
	 */
	boolean means(WrittenName other) {
		String variable = upper(this.name) + "_";
		return IndexName.uniform(first()).equals(other.uniform())
				|| variable.startsWith(upper(other.name.replace('-', '_')) + "_");
	}

	/** The name of the index. */
	public String value() {
		return this.variable ? first() : this.name;
	}

	String uniform() {
		return IndexName.uniform(value());
	}

	/** Numbers are in brackets in every source, so they do not count. */
	boolean isIndexed() {
		return this.brackets && !this.name.chars().allMatch(Character::isDigit);
	}

	public String key() {
		return this.parent + "." + value();
	}

	void requireUsable() {
		if (this.brackets && YAML_VALUES.contains(this.name)) {
			throw invalid(String.format(Locale.ROOT,
					"YAML converts the word that is written there (%s) to a value; put it in quotes", this.origin));
		}
		IndexName.problem(value()).ifPresent((problem) -> {
			throw invalid(String.format(Locale.ROOT, "%s (%s)", problem, this.origin));
		});
	}

	/** Rejects a name that is written in two ways. */
	void requireSame(WrittenName other) {
		if (isIndexed() != other.isIndexed()) {
			WrittenName indexed = isIndexed() ? this : other;
			throw invalid(String.format(Locale.ROOT,
					"it is written with and without brackets, which Spring Boot takes for two names (%s; %s); write '%s' without brackets",
					this.origin, other.origin, indexed.name));
		}
		if (!this.variable && !other.variable && !this.name.equals(other.name)) {
			throw invalid(String.format(Locale.ROOT,
					"'%s' (%s) and '%s' (%s) are the same name to Spring Boot, which compares letters and digits only; write it in one way",
					this.name, this.origin, other.name, other.origin));
		}
	}

	InvalidConfigurationPropertyValueException invalid(String reason) {
		return new InvalidConfigurationPropertyValueException(this.parent, value(), Sentence.of(reason));
	}

}
