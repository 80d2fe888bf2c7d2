package dev.snapvec.documents;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import dev.snapvec.documents.FilterTokens.Kind;
import dev.snapvec.documents.FilterTokens.Token;
import org.jspecify.annotations.Nullable;

/**
 * Parser of the text form of filters. Groups are kept on an explicit stack, so that no
 * text can overflow the stack of the thread.
 */
final class FilterParser {

	private final FilterTokens tokens;

	private final Deque<Group> groups = new ArrayDeque<>();

	FilterParser(String text) {
		this.tokens = new FilterTokens(text);
	}

	/** The content of a pair of parentheses, or the whole text. */
	private static final class Group {

		private final List<MetadataFilter> alternatives = new ArrayList<>();

		private final List<MetadataFilter> terms = new ArrayList<>();

		private int negations;

		void add(MetadataFilter filter) {
			MetadataFilter term = filter;
			for (; this.negations > 0; this.negations--) {
				term = new MetadataFilter.Not(term);
			}
			this.terms.add(term);
		}

		void endTerms() {
			this.alternatives.add(MetadataFilter.and(this.terms));
			this.terms.clear();
		}

		MetadataFilter toFilter() {
			endTerms();
			return MetadataFilter.or(this.alternatives);
		}

	}

	MetadataFilter parse() {
		this.groups.push(new Group());
		this.tokens.takeIf("WHERE");
		while (true) {
			Token start = this.tokens.peek();
			try {
				operand();
				if (operators()) {
					return this.groups.pop().toFilter();
				}
			}
			catch (FilterSyntaxException ex) {
				throw ex;
			}
			catch (IllegalArgumentException ex) {
				throw new FilterSyntaxException(String.valueOf(ex.getMessage()), start.position());
			}
		}
	}

	/** Consumes negations and opening parentheses, then a condition. */
	private void operand() {
		while (true) {
			if (this.tokens.takeIf("NOT")) {
				Group group = this.groups.element();
				if (++group.negations > MetadataFilter.MAX_DEPTH) {
					throw new IllegalArgumentException(tooDeep());
				}
			}
			else if (this.tokens.takeIf("(")) {
				this.groups.push(new Group());
				if (this.groups.size() > MetadataFilter.MAX_DEPTH) {
					throw new IllegalArgumentException(tooDeep());
				}
			}
			else {
				this.groups.element().add(condition());
				return;
			}
		}
	}

	private static String tooDeep() {
		return "a filter must have at most " + MetadataFilter.MAX_DEPTH + " levels, but had more";
	}

	/** Consumes closing parentheses, then AND or OR; true at the end of the text. */
	private boolean operators() {
		while (true) {
			Token token = this.tokens.take();
			if (token.is("AND") || token.is("&&")) {
				return false;
			}
			if (token.is("OR") || token.is("||")) {
				this.groups.element().endTerms();
				return false;
			}
			if (token.kind() == Kind.END && this.groups.size() == 1) {
				return true;
			}
			if (!token.is(")") || this.groups.size() == 1) {
				throw token.expected((this.groups.size() == 1) ? "AND, OR or the end" : "AND, OR or )");
			}
			MetadataFilter inner = this.groups.pop().toFilter();
			this.groups.element().add(inner);
		}
	}

	private MetadataFilter condition() {
		Token key = this.tokens.take();
		if (key.is("TRUE")) {
			return MetadataFilter.all();
		}
		if (key.is("FALSE")) {
			return MetadataFilter.not(MetadataFilter.all());
		}
		if (key.kind() != Kind.NAME && key.kind() != Kind.TEXT) {
			throw key.expected("a key, NOT or (");
		}
		return condition(key.text());
	}

	private MetadataFilter condition(String key) {
		Token operator = this.tokens.take();
		if (operator.kind() != Kind.KEYWORD && operator.kind() != Kind.SYMBOL) {
			throw operator.expected("an operator such as == or IN");
		}
		switch (operator.text()) {
			case "==", "=":
				return MetadataFilter.eq(key, value());
			case "!=", "<>":
				return MetadataFilter.ne(key, value());
			case ">":
				return MetadataFilter.gt(key, ordered());
			case ">=":
				return MetadataFilter.gte(key, ordered());
			case "<":
				return MetadataFilter.lt(key, ordered());
			case "<=":
				return MetadataFilter.lte(key, ordered());
			case "IN":
				return MetadataFilter.in(key, values());
			case "NIN":
				return MetadataFilter.notIn(key, values());
			case "NOT":
				this.tokens.require("IN");
				return MetadataFilter.notIn(key, values());
			case "IS":
				boolean negated = this.tokens.takeIf("NOT");
				this.tokens.require("NULL");
				return negated ? MetadataFilter.isNotNull(key) : MetadataFilter.isNull(key);
			case "CONTAINS":
				return MetadataFilter.contains(key, text());
			default:
				throw operator.expected("an operator such as == or IN");
		}
	}

	private String text() {
		Token token = this.tokens.take();
		if (token.kind() != Kind.TEXT) {
			throw token.expected("a text in quotes");
		}
		return token.text();
	}

	private Object ordered() {
		Token token = this.tokens.peek();
		Object value = value();
		if (value == null) {
			throw token.expected("a value");
		}
		return value;
	}

	private @Nullable Object value() {
		if (this.tokens.peek().is("[")) {
			return values();
		}
		return scalar(this.tokens.take());
	}

	private @Nullable Object scalar(Token token) {
		if (token.kind() == Kind.TEXT) {
			return token.text();
		}
		if (token.kind() == Kind.NUMBER) {
			return FilterTokens.number(token);
		}
		if (token.kind() != Kind.KEYWORD) {
			throw token.expected("a value");
		}
		return switch (token.text()) {
			case "TRUE" -> true;
			case "FALSE" -> false;
			case "NULL" -> null;
			case "NAN" -> Double.NaN;
			case "INFINITY" -> Double.POSITIVE_INFINITY;
			case FilterTokens.NEGATIVE_INFINITY -> Double.NEGATIVE_INFINITY;
			case "TIMESTAMP" -> timestamp();
			default -> throw token.expected("a value");
		};
	}

	private Instant timestamp() {
		Token token = this.tokens.peek();
		try {
			return Instant.parse(text());
		}
		catch (DateTimeException ex) {
			throw new FilterSyntaxException(
					"expected a time such as '2026-01-31T12:00:00Z', but was '" + token.text() + "'", token.position());
		}
	}

	/** Consumes a list; a nested list is kept as a value. */
	private List<@Nullable Object> values() {
		this.tokens.require("[");
		Deque<List<@Nullable Object>> lists = new ArrayDeque<>();
		lists.push(new ArrayList<>());
		boolean first = true;
		while (true) {
			if (first && this.tokens.takeIf("]")) {
				// an empty list
			}
			else if (this.tokens.takeIf("[")) {
				lists.push(new ArrayList<>());
				if (lists.size() > MetadataFilter.MAX_DEPTH) {
					throw new IllegalArgumentException(tooDeep());
				}
				first = true;
				continue;
			}
			else {
				lists.element().add(scalar(this.tokens.take()));
				first = false;
				if (this.tokens.takeIf(",")) {
					continue;
				}
				this.tokens.require("]");
			}
			List<@Nullable Object> list = lists.pop();
			while (!lists.isEmpty()) {
				lists.element().add(list);
				first = false;
				if (this.tokens.takeIf(",")) {
					break;
				}
				this.tokens.require("]");
				list = lists.pop();
			}
			if (lists.isEmpty()) {
				return list;
			}
		}
	}

}
