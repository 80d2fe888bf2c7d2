package dev.snapvec.spring.boot.autoconfigure;

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

import dev.snapvec.spring.boot.config.Sentence;

/**
 * Why a property is rejected, as a sentence that names properties by their keys.
 */
final class Reason {

	/** The engine's names of the properties, with their keys. */
	private static final Map<String, String> KEYS = Arrays
		.stream(BeanUtils.getPropertyDescriptors(IndexProperties.class))
		.map(PropertyDescriptor::getName)
		.collect(Collectors.toMap(Function.identity(), DataObjectPropertyName::toDashedForm));

	private static final Pattern NAME = Pattern.compile("\\b[a-z]+(?:[A-Z][a-z]+)+\\b");

	private Reason() {
	}

	static String of(String text) {
		String named = NAME.matcher(text).replaceAll((name) -> KEYS.getOrDefault(name.group(), name.group()));
		return Sentence.of(named, KEYS::containsKey);
	}

}
