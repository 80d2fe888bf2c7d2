package dev.snapvec.spring.boot.config;

import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.springframework.util.StringUtils;

/**
 * Turns reasons into sentences, as failure analyses need them.
 * <p>
 * Internal: not for applications.
 */
public final class Sentence {

	private static final Pattern WORD = Pattern.compile("[a-z]+");

	private Sentence() {
	}

	public static String of(String text) {
		return of(text, (word) -> false);
	}

	/**
	 * Turns a reason into a sentence.
	 * @param text the reason
	 * @param name whether a word is a name, whose case is kept
	 * @return the sentence
	 */
	public static String of(String text, Predicate<String> name) {
		String first = text.split("[ ,:;]", 2)[0];
		boolean word = WORD.matcher(first).matches() && !name.test(first);
		return (word ? StringUtils.capitalize(text) : text) + (text.endsWith(".") ? "" : ".");
	}

}
