package dev.snapvec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.snapvec.internal.file.MalformedFileException;
import dev.snapvec.internal.file.UnknownVersionException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a spec that file headers do not hold: how the index scores and searches.
 * Values that are not the default of the type are saved as attributes, with names that
 * begin with {@value #PREFIX}.
 */
final class ReservedAttributes {

	static final String PREFIX = "snapvec.";

	/** Names of attributes by the settings that they hold. */
	private static final Map<String, String> NAMES = Map.of("similarity", PREFIX + "similarity", "correctedScores",
			PREFIX + "corrected-scores", "nprobe", PREFIX + "nprobe", "rerank", PREFIX + "rerank");

	private ReservedAttributes() {
	}

	/**
	 * @param spec the spec of an index
	 * @param inHeader the spec as far as the file's header holds it
	 * @return the attributes that hold the rest
	 */
	static Map<String, String> of(IndexSpec spec, IndexSpec inHeader) {
		Map<String, Object> header = inHeader.parameters();
		Map<String, String> attributes = new LinkedHashMap<>();
		spec.parameters().forEach((setting, value) -> {
			if (!value.equals(header.get(setting))) {
				attributes.put(NAMES.getOrDefault(setting, setting), value.toString());
			}
		});
		return attributes;
	}

	/**
	 * @param inHeader the spec that a file's header holds
	 * @param attributes the attributes of that file
	 * @return the spec of the index
	 * @throws MalformedFileException if an attribute is invalid for the index
	 * @throws UnknownVersionException if there is one that only a newer version knows
	 */
	static IndexSpec read(IndexSpec inHeader, Map<String, String> attributes)
			throws MalformedFileException, UnknownVersionException {
		String similarity = oneOf(attributes, "similarity", Similarity.COSINE.toString(),
				Similarity.DOT_PRODUCT.toString());
		String corrected = oneOf(attributes, "correctedScores", "true", "false");
		IndexSpec scored = inHeader.withScores(
				similarity.equals(Similarity.COSINE.toString()) ? Similarity.COSINE : Similarity.DOT_PRODUCT,
				corrected.equals("true"));
		Integer nprobe = number(attributes, "nprobe");
		Integer rerank = number(attributes, "rerank");
		try {
			return scored.withSearch(nprobe, rerank);
		}
		catch (InvalidSpecException ex) {
			throw new MalformedFileException(String.format(Locale.ROOT, "invalid attribute %s: %s",
					NAMES.getOrDefault(ex.setting(), ex.setting()), ex.getMessage()));
		}
	}

	/**
	 * @param attributes the attributes of a file
	 * @return those that the application set
	 * @throws UnknownVersionException if there are others that only a newer version knows
	 */
	static Map<String, String> without(Map<String, String> attributes) throws UnknownVersionException {
		Map<String, String> others = new LinkedHashMap<>(attributes);
		others.keySet().removeAll(NAMES.values());
		for (String name : others.keySet()) {
			if (name.startsWith(PREFIX)) {
				throw new UnknownVersionException(
						"it has an attribute '" + name + "', which this version does not know");
			}
		}
		return others;
	}

	/** The value of an attribute; the first of the two possible ones if it is absent. */
	private static String oneOf(Map<String, String> attributes, String setting, String first, String second)
			throws MalformedFileException {
		String name = NAMES.getOrDefault(setting, setting);
		String value = attributes.getOrDefault(name, first);
		if (!value.equals(first) && !value.equals(second)) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"its attribute %s must be %s or %s, but was '%s'", name, first, second, value));
		}
		return value;
	}

	private static @Nullable Integer number(Map<String, String> attributes, String setting)
			throws MalformedFileException {
		String name = NAMES.getOrDefault(setting, setting);
		String text = attributes.get(name);
		if (text == null) {
			return null;
		}
		try {
			int number = Integer.parseInt(text);
			if (text.equals(Integer.toString(number))) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// rejected below
		}
		throw new MalformedFileException(String.format(Locale.ROOT,
				"its attribute %s must be a whole number in digits, but was '%s'", name, text));
	}

}
