package dev.snapvec;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.snapvec.internal.rows.RowId;

/**
 * The attributes that applications set. Files also hold reserved ones, whose names begin
 * with {@value ReservedAttributes#PREFIX}.
 */
final class UserAttributes {

	private UserAttributes() {
	}

	/**
	 * @return an immutable copy
	 * @throws IllegalArgumentException if a file cannot hold them
	 */
	static Map<String, String> checked(Map<String, String> attributes) {
		Map<String, String> copy = new HashMap<>(attributes);
		copy.forEach(UserAttributes::require);
		// not an immutable map of the JDK, which takes quadratic time for names of equal
		// hash codes
		return Collections.unmodifiableMap(copy);
	}

	/**
	 * @throws IllegalArgumentException if a file cannot hold the attribute
	 */
	static void require(String name, String value) {
		if (name.startsWith(ReservedAttributes.PREFIX)) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"attribute '%s' begins with '%s', which is reserved", name, ReservedAttributes.PREFIX));
		}
		if (!isWellFormed(name) || !isWellFormed(value)) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"attribute '%s' holds an unpaired surrogate, which UTF-8 cannot encode", name));
		}
		int length = name.getBytes(StandardCharsets.UTF_8).length;
		if (length > RowId.MAX_BYTES) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"an attribute's name must be at most %d UTF-8 bytes long, but was %d", RowId.MAX_BYTES, length));
		}
	}

	private static boolean isWellFormed(String text) {
		return StandardCharsets.UTF_8.newEncoder().canEncode(text);
	}

}
