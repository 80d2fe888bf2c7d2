package dev.snapvec.documents;

import java.util.HexFormat;

/**
 * Text with unpaired surrogates, which UTF-8 and therefore Lucene cannot hold.
 */
final class Surrogates {

	private static final HexFormat HEX = HexFormat.of();

	private Surrogates() {
	}

	/**
	 * {@return whether every surrogate of a text is part of a pair}
	 */
	static boolean arePaired(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				if (!isPair(text, i)) {
					return false;
				}
				i++;
			}
		}
		return true;
	}

	private static boolean isPair(String text, int index) {
		return index + 1 < text.length() && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
	}

	/**
	 * {@return a text without unpaired surrogates, different for every text}
	 */
	static String escaped(String text) {
		if (text.indexOf('\\') < 0 && arePaired(text)) {
			return text;
		}
		StringBuilder escaped = new StringBuilder();
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\\') {
				escaped.append("\\\\");
			}
			else if (!Character.isSurrogate(c)) {
				escaped.append(c);
			}
			else if (isPair(text, i)) {
				escaped.append(c).append(text.charAt(++i));
			}
			else {
				escaped.append('\\').append(HEX.toHexDigits(c));
			}
		}
		return escaped.toString();
	}

}
