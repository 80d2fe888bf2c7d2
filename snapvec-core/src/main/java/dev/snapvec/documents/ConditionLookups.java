package dev.snapvec.documents;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import dev.snapvec.documents.MetadataFilter.Operator;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The lookups for comparisons of one key with values other than lists. Confined to one
 * thread.
 */
final class ConditionLookups {

	/** More times of a list are decided by reading all documents with a time. */
	private static final int MANY_TIMES = 1_000;

	private static final long SECOND = 1_000;

	private static final long FIRST_MILLIS = Long.MIN_VALUE + SECOND;

	private static final long LAST_MILLIS = Long.MAX_VALUE - SECOND;

	private final String key;

	private final List<Lookup> certain = new ArrayList<>();

	private final List<Lookup> undecided = new ArrayList<>();

	ConditionLookups(String key) {
		this.key = key;
		this.undecided.add(Lookup.term(DocumentFields.UNINDEXED, Terms.ofKey(key)));
	}

	FilterNode.Any toNode() {
		return new FilterNode.Any(List.copyOf(this.certain), List.copyOf(this.undecided));
	}

	private String field(ValueField field) {
		return field.name(this.key);
	}

	/** Adds what a comparison matches. */
	void add(Operator operator, Object value) {
		if (value instanceof Number number) {
			addNumber(operator, number);
		}
		else if (value instanceof String text) {
			addText(operator, text);
		}
		else if (value instanceof Boolean expected) {
			addBoolean(operator, expected);
		}
		else if (value instanceof Instant time) {
			addTime(operator, time);
		}
	}

	/** Adds what equals one of many values. */
	void addAll(List<Object> values) {
		List<Long> numbers = new ArrayList<>();
		List<BytesRef> texts = new ArrayList<>();
		List<Double> decimals = new ArrayList<>();
		int times = 0;
		for (Object value : values) {
			if (value instanceof Long number) {
				numbers.add(number);
			}
			else if (value instanceof Number number && !isNaN(number) && DecimalPoint.isShort(number)) {
				decimals.add(DecimalPoint.of(number));
			}
			else if (value instanceof String text && Surrogates.arePaired(text) && !Terms.isLong(Terms.of(text))) {
				texts.add(Terms.of(text));
			}
			else if (!(value instanceof Instant)) {
				add(Operator.EQ, value);
			}
			boolean time = value instanceof Instant || (value instanceof String text && IsoTime.parse(text) != null);
			if (time && ++times <= MANY_TIMES) {
				addTimeOf(value);
			}
		}
		if (times > MANY_TIMES) {
			allTimes();
		}
		if (!numbers.isEmpty()) {
			this.certain.add(Lookup.points(LongPoint.newSetQuery(field(ValueField.WHOLE), numbers)));
		}
		if (!decimals.isEmpty()) {
			this.certain.add(Lookup.points(DoublePoint.newSetQuery(field(ValueField.SHORT_DECIMAL), decimals)));
		}
		if (!texts.isEmpty()) {
			this.certain.add(Lookup.terms(field(ValueField.TEXT), texts));
		}
	}

	private void addTimeOf(Object value) {
		if (value instanceof Instant time) {
			addTime(Operator.EQ, time);
		}
		else {
			addTimeOfText(Operator.EQ, (String) value);
		}
	}

	/** Adds text that contains some text. */
	void addContaining(String part) {
		if (Surrogates.arePaired(part)) {
			this.certain.add(Lookup.termsContaining(field(ValueField.TEXT), Terms.of(part)));
		}
		else {
			// which may be half of a pair
			this.undecided.add(every(ValueField.TEXT));
		}
		this.undecided.add(every(ValueField.LONG_TEXT));
	}

	private Lookup every(ValueField field) {
		return Lookup.termRange(field(field), null, true, null, true);
	}

	private void addBoolean(Operator operator, boolean expected) {
		for (boolean value : new boolean[] { false, true }) {
			if (operator.accepts(Boolean.compare(value, expected))) {
				this.certain.add(Lookup.term(field(ValueField.BOOLEAN), Terms.of(value)));
			}
		}
	}

	private void addText(Operator operator, String text) {
		addTimeOfText(operator, text);
		if (!Surrogates.arePaired(text)) {
			if (operator != Operator.EQ) {
				this.undecided.add(every(ValueField.TEXT));
				this.undecided.add(every(ValueField.LONG_TEXT));
			}
			return;
		}
		BytesRef term = Terms.of(text);
		BytesRef beginning = Terms.beginning(term);
		if (!Terms.isLong(term)) {
			addTerms(operator, ValueField.TEXT, term);
		}
		else if (operator != Operator.EQ) {
			// one that equals the beginning is less than the whole
			addTerms(isGreater(operator) ? Operator.GT : Operator.LTE, ValueField.TEXT, beginning);
		}
		if (operator != Operator.EQ) {
			addTerms(strict(operator), ValueField.LONG_TEXT, beginning);
		}
		if (operator != Operator.EQ || Terms.isLong(term)) {
			this.undecided.add(Lookup.term(field(ValueField.LONG_TEXT), beginning));
		}
	}

	private static boolean isGreater(Operator operator) {
		return operator == Operator.GT || operator == Operator.GTE;
	}

	private static Operator strict(Operator operator) {
		return switch (operator) {
			case GTE -> Operator.GT;
			case LTE -> Operator.LT;
			default -> operator;
		};
	}

	private void addTerms(Operator operator, ValueField field, BytesRef term) {
		String name = field(field);
		this.certain.add(switch (operator) {
			case EQ -> Lookup.term(name, term);
			case GT -> Lookup.termRange(name, term, false, null, true);
			case GTE -> Lookup.termRange(name, term, true, null, true);
			case LT -> Lookup.termRange(name, null, true, term, false);
			case LTE -> Lookup.termRange(name, null, true, term, true);
		});
	}

	/** Compares times with a text that is a time: its unit counts. */
	private void addTimeOfText(Operator operator, String text) {
		Instant time = IsoTime.parse(text);
		if (time == null) {
			return;
		}
		Long millis = millis(time);
		if (millis == null) {
			undecided(List.of(ValueField.TIME));
			return;
		}
		long length = (DocumentFields.isoField(text) == ValueField.ISO_SECONDS) ? SECOND : 1;
		addRange(operator, ValueField.TIME, millis, millis + length - 1);
	}

	private void addTime(Operator operator, Instant time) {
		Long millis = millis(time);
		if (millis == null) {
			undecided(List.of(ValueField.TIME, ValueField.ISO_SECONDS, ValueField.ISO_MILLIS));
			return;
		}
		long second = Math.floorDiv(millis, SECOND) * SECOND;
		addRange(operator, ValueField.TIME, millis, millis);
		addRange(operator, ValueField.ISO_SECONDS, second, second);
		addRange(operator, ValueField.ISO_MILLIS, millis, millis);
	}

	/** Null if it is millions of years away. */
	private static @Nullable Long millis(Instant time) {
		try {
			long millis = time.toEpochMilli();
			// so that the ends of its second are in range too
			return (millis > FIRST_MILLIS && millis < LAST_MILLIS) ? millis : null;
		}
		catch (ArithmeticException ex) {
			return null;
		}
	}

	private void allTimes() {
		undecided(List.of(ValueField.TIME, ValueField.ISO_SECONDS, ValueField.ISO_MILLIS));
	}

	private void undecided(List<ValueField> fields) {
		fields.forEach((field) -> this.undecided.add(Lookup.points(field(field), Long.MIN_VALUE, Long.MAX_VALUE)));
	}

	/** Values that are equal to, less than or greater than a range of equal values. */
	private void addRange(Operator operator, ValueField field, long first, long last) {
		switch (operator) {
			case EQ -> addPoints(field, first, last);
			case GT -> addAfter(field, last);
			case GTE -> addPoints(field, first, Long.MAX_VALUE);
			case LT -> addBefore(field, first);
			case LTE -> addPoints(field, Long.MIN_VALUE, last);
		}
	}

	private void addAfter(ValueField field, long value) {
		if (value < Long.MAX_VALUE) {
			addPoints(field, value + 1, Long.MAX_VALUE);
		}
	}

	private void addBefore(ValueField field, long value) {
		if (value > Long.MIN_VALUE) {
			addPoints(field, Long.MIN_VALUE, value - 1);
		}
	}

	private void addPoints(ValueField field, long first, long last) {
		this.certain.add(Lookup.points(field(field), first, last));
	}

	private static boolean isNaN(Number number) {
		return number instanceof Double value && value.isNaN();
	}

	private void addNumber(Operator operator, Number number) {
		if (isNaN(number)) {
			return;
		}
		if (number instanceof Long whole) {
			addRange(operator, ValueField.WHOLE, whole, whole);
		}
		else if (operator != Operator.EQ) {
			addWholeNumbers(operator, number);
		}
		addDecimals(operator, number);
	}

	/** Whole numbers on one side of a number that is not one of them. */
	private void addWholeNumbers(Operator operator, Number number) {
		boolean greater = isGreater(operator);
		if (!isBetween(number, Long.MIN_VALUE, Long.MAX_VALUE)) {
			if (greater == isBetween(number, null, Long.MIN_VALUE)) {
				addPoints(ValueField.WHOLE, Long.MIN_VALUE, Long.MAX_VALUE);
			}
			return;
		}
		long floor = floor((BigDecimal) number);
		if (greater) {
			addAfter(ValueField.WHOLE, floor);
		}
		else {
			addPoints(ValueField.WHOLE, Long.MIN_VALUE, floor);
		}
	}

	private static boolean isBetween(Number number, @Nullable Long lower, Long upper) {
		return (lower == null || order(number, lower) > 0) && order(number, upper) < 0;
	}

	private static int order(Number left, Number right) {
		OptionalInt order = MetadataValue.compare(left, right);
		return order.orElseThrow();
	}

	/** Of a number in the range of a {@code long}. */
	private static long floor(BigDecimal number) {
		// digits before the point; scaling a tiny number would take memory for its zeros
		if ((long) number.precision() - number.scale() <= 0) {
			return (number.signum() < 0) ? -1 : 0;
		}
		return number.setScale(0, RoundingMode.FLOOR).longValueExact();
	}

	private void addDecimals(Operator operator, Number number) {
		double point = DecimalPoint.of(number);
		boolean exact = DecimalPoint.isShort(number);
		if (operator == Operator.EQ) {
			if (exact && !(number instanceof Long)) {
				this.certain.add(Lookup.points(field(ValueField.SHORT_DECIMAL), point, point));
			}
			else if (!exact && !(number instanceof Long)) {
				this.undecided.add(Lookup.points(field(ValueField.LONG_DECIMAL), point, point));
			}
			return;
		}
		boolean greater = isGreater(operator);
		for (ValueField field : List.of(ValueField.SHORT_DECIMAL, ValueField.LONG_DECIMAL)) {
			if (greater && point < Double.POSITIVE_INFINITY) {
				this.certain.add(Lookup.points(field(field), Math.nextUp(point), Double.POSITIVE_INFINITY));
			}
			else if (!greater && point > Double.NEGATIVE_INFINITY) {
				this.certain.add(Lookup.points(field(field), Double.NEGATIVE_INFINITY, Math.nextDown(point)));
			}
		}
		Lookup same = Lookup.points(field(ValueField.SHORT_DECIMAL), point, point);
		if (!exact) {
			this.undecided.add(same);
		}
		else if (strict(operator) != operator) {
			this.certain.add(same);
		}
		this.undecided.add(Lookup.points(field(ValueField.LONG_DECIMAL), point, point));
	}

}
