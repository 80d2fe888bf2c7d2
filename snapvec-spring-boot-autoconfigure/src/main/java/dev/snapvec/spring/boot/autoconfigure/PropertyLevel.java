package dev.snapvec.spring.boot.autoconfigure;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.snapvec.spring.boot.config.KnownKeys;
import dev.snapvec.spring.boot.config.PropertyKeys;

/**
 * A level of the property tree, with the keys that are known there.
 * <p>
 * Internal: not for applications.
 *
 * @param owner what has the properties, as messages call it
 * @param prefix the prefix of their keys
 * @param keys their keys
 */
public record PropertyLevel(String owner, String prefix, List<String> keys) {

	/** Returns the level of a property, or null if it is not below {@code snapvec}. */
	public static @Nullable PropertyLevel of(String name) {
		String defaults = PropertyKeys.DEFAULTS + ".";
		if (name.startsWith(defaults)) {
			return new PropertyLevel("an index", defaults, KnownKeys.of(IndexProperties.class, ""));
		}
		PropertyLevel level = ofNamed(name, PropertyKeys.INDEXES + ".", IndexProperties.class);
		if (level == null) {
			level = ofNamed(name, PropertyKeys.TENANTS + ".", TenantProperties.class);
		}
		if (level != null) {
			return level;
		}
		String all = PropertyKeys.PREFIX + ".";
		return name.startsWith(all)
				? new PropertyLevel(PropertyKeys.PREFIX, all, KnownKeys.of(SnapvecProperties.class, "")) : null;
	}

	private static @Nullable PropertyLevel ofNamed(String name, String parent, Class<?> type) {
		int end = name.startsWith(parent) ? name.indexOf('.', parent.length()) : -1;
		return (end > 0) ? new PropertyLevel("an index", name.substring(0, end + 1), KnownKeys.of(type, "")) : null;
	}

	/** Whether a property is known, in any form that Spring Boot accepts. */
	public boolean has(String name) {
		String key = uniform(name.substring(this.prefix.length()));
		return this.keys.stream().anyMatch((known) -> uniform(known).equals(key));
	}

	private static String uniform(String key) {
		return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
	}

	/** Finds the closest known key; the typo may be in the part before other keys. */
	public Optional<String> nearest(String name) {
		String key = name.substring(this.prefix.length());
		int dot = key.indexOf('.');
		return nearestKey(key).or(() -> (dot > 0) ? nearestKey(key.substring(0, dot)) : Optional.empty())
			.map((known) -> this.prefix + known);
	}

	private Optional<String> nearestKey(String key) {
		return this.keys.stream()
			.min(Comparator.comparingInt((other) -> KnownKeys.distance(key, other)))
			.filter((other) -> KnownKeys.distance(key, other) <= Math.max(2, key.length() / 3));
	}

}
