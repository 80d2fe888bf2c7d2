package dev.snapvec.documents;

/**
 * The fields in which Lucene looks up metadata values: one per key and kind of value, so
 * that a key may have values of several kinds. Values of a list are in the same fields.
 */
enum ValueField {

	/** Text of at most {@link Terms#MAX_BYTES}, as terms. */
	TEXT('t'),

	/** The beginning of longer text, as terms. */
	LONG_TEXT('T'),

	/** Booleans, as terms. */
	BOOLEAN('b'),

	/** Whole numbers in the range of a {@code long}, as points. */
	WHOLE('l'),

	/**
	 * Other numbers of which no two have the same nearest {@code double}, and the
	 * infinities, as points.
	 */
	SHORT_DECIMAL('d'),

	/** The nearest {@code double} of all other numbers, as points. */
	LONG_DECIMAL('D'),

	/** Points in time in milliseconds, as points. */
	TIME('i'),

	/** Text that is a time without a fraction, in milliseconds, as points. */
	ISO_SECONDS('s'),

	/** Text that is a time with a fraction, in milliseconds, as points. */
	ISO_MILLIS('f');

	private final char prefix;

	ValueField(char prefix) {
		this.prefix = prefix;
	}

	/**
	 * {@return the name of the field for the values of a key}
	 */
	String name(String key) {
		return this.prefix + ":" + Surrogates.escaped(key);
	}

}
