package dev.snapvec.documents;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/** Splits the text of a filter into tokens. Not thread-safe. */
final class FilterTokens {

	static final int MAX_LENGTH = 1 << 20;

	private static final int MAX_DIGITS = 1_000;

	static final String NEGATIVE_INFINITY = "-Infinity";

	private static final Set<String> SYMBOLS = Set.of("==", "!=", "<>", ">=", "<=", "&&", "||");

	private final String text;

	private int next;

	private Token token;

	FilterTokens(String text) {
		if (text.length() > MAX_LENGTH) {
			throw new FilterSyntaxException(
					"the text must have at most " + MAX_LENGTH + " characters, but had " + text.length(), MAX_LENGTH);
		}
		this.text = text;
		this.token = read();
	}

	enum Kind {

		KEYWORD, NAME, TEXT, NUMBER, SYMBOL, END

	}

	/**
	 * One token.
	 *
	 * @param kind its kind
	 * @param text keywords in upper case, text without quotes and escapes, else as
	 * written
	 * @param position index of its first character
	 */
	record Token(Kind kind, String text, int position) {

		boolean is(String expected) {
			return (this.kind == Kind.KEYWORD || this.kind == Kind.SYMBOL) && this.text.equals(expected);
		}

		FilterSyntaxException expected(String expected) {
			String found = switch (this.kind) {
				case END -> "the end";
				case TEXT -> "a text";
				default -> "'" + this.text + "'";
			};
			return new FilterSyntaxException("expected " + expected + ", but found " + found, this.position);
		}

	}

	/** The next token, without consuming it. */
	Token peek() {
		return this.token;
	}

	Token take() {
		Token taken = this.token;
		this.token = read();
		return taken;
	}

	/** Consumes the next token if it is this keyword or symbol. */
	boolean takeIf(String expected) {
		boolean found = this.token.is(expected);
		if (found) {
			take();
		}
		return found;
	}

	void require(String expected) {
		if (!takeIf(expected)) {
			throw this.token.expected(expected);
		}
	}

	private Token read() {
		while (this.next < this.text.length() && Character.isWhitespace(this.text.charAt(this.next))) {
			this.next++;
		}
		int start = this.next;
		if (start == this.text.length()) {
			return new Token(Kind.END, "", start);
		}
		char c = this.text.charAt(start);
		if (c == '\'' || c == '"') {
			return quoted(c);
		}
		if (isDigit(c) || ((c == '-' || c == '+') && start + 1 < this.text.length()
				&& (isDigit(this.text.charAt(start + 1)) || this.text.charAt(start + 1) == '.'))) {
			return number();
		}
		if (Character.isLetter(c) || c == '_') {
			return name();
		}
		if (this.text.startsWith(NEGATIVE_INFINITY, start)) {
			this.next += NEGATIVE_INFINITY.length();
			return new Token(Kind.KEYWORD, NEGATIVE_INFINITY, start);
		}
		int length = (start + 2 <= this.text.length() && SYMBOLS.contains(this.text.substring(start, start + 2))) ? 2
				: 1;
		this.next = start + length;
		return new Token(Kind.SYMBOL, this.text.substring(start, this.next), start);
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	private Token name() {
		int start = this.next++;
		while (this.next < this.text.length() && isOfName(this.text.charAt(this.next))) {
			this.next++;
		}
		String name = this.text.substring(start, this.next);
		String upper = name.toUpperCase(Locale.ROOT);
		boolean keyword = FilterText.KEYWORDS.contains(upper);
		return new Token(keyword ? Kind.KEYWORD : Kind.NAME, keyword ? upper : name, start);
	}

	private static boolean isOfName(char c) {
		return Character.isLetterOrDigit(c) || c == '_' || c == '.';
	}

	private Token number() {
		int start = this.next++;
		while (this.next < this.text.length() && isOfNumber(this.text.charAt(this.next), this.next)) {
			this.next++;
		}
		String number = this.text.substring(start, this.next);
		if (number.length() > MAX_DIGITS) {
			throw new FilterSyntaxException(
					"a number must have at most " + MAX_DIGITS + " digits, but had " + number.length(), start);
		}
		return new Token(Kind.NUMBER, number, start);
	}

	private boolean isOfNumber(char c, int index) {
		boolean sign = c == '-' || c == '+';
		return sign ? "eE".indexOf(this.text.charAt(index - 1)) >= 0 : Character.isLetterOrDigit(c) || c == '.';
	}

	/**
	 * The value of a token that is a number, including {@code 1L} as Spring AI writes it.
	 */
	static BigDecimal number(Token token) {
		String number = token.text();
		boolean suffix = number.endsWith("L") || number.endsWith("l");
		try {
			return new BigDecimal(suffix ? number.substring(0, number.length() - 1) : number);
		}
		catch (NumberFormatException ex) {
			throw token.expected("a number");
		}
	}

	private Token quoted(char quote) {
		int start = this.next++;
		StringBuilder value = new StringBuilder();
		while (this.next < this.text.length()) {
			char c = this.text.charAt(this.next++);
			if (c == quote) {
				return new Token(Kind.TEXT, value.toString(), start);
			}
			if (c == '\\') {
				if (this.next == this.text.length()) {
					break;
				}
				c = unescaped(this.text.charAt(this.next++));
			}
			value.append(c);
		}
		throw new FilterSyntaxException("a text that starts at " + start + " must end with " + quote,
				this.text.length());
	}

	private static char unescaped(char c) {
		return switch (c) {
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			default -> c;
		};
	}

}
