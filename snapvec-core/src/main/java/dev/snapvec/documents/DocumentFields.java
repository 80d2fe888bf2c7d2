package dev.snapvec.documents;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a document in Lucene. Immutable.
 *
 * @param keepVectors whether to store the vector as given
 * @param indexedKeys the keys whose values are indexed; filters on other keys read the
 * metadata of every document with the key
 * @param analyzer splits texts into words
 */
record DocumentFields(boolean keepVectors, Predicate<String> indexedKeys, Analyzer analyzer) {

	/** The version of these fields, which commits name. */
	static final int VERSION = 1;

	/** The number of the document, as a point and as a doc value. */
	static final String NUMBER = "number";

	/** The id, stored and as a term. */
	static final String ID = "id";

	/** The text, stored; as UTF-16 bytes where UTF-8 would lose something. */
	static final String TEXT = "text";

	/** The words of the text. */
	static final String WORDS = "words";

	/** The metadata, stored as bytes. */
	static final String METADATA = "metadata";

	/** The vector, as a doc value: {@code float} coordinates, little-endian. */
	static final String VECTOR = "vector";

	/** Has the one term {@link #PRESENT} if there are text and metadata. */
	static final String DOCUMENT = "document";

	static final BytesRef PRESENT = Terms.of(true);

	/** The keys of the metadata. */
	static final String KEYS = "keys";

	/** The keys whose value is a list. */
	static final String LISTS = "lists";

	/** The keys with a value that no field holds, so that it has to be read. */
	static final String UNINDEXED = "unindexed";

	private static final FieldType TERM = fieldType(IndexOptions.DOCS, false);

	private static final FieldType TOKENS = fieldType(IndexOptions.DOCS_AND_FREQS, true);

	DocumentFields {
		analyzer = new SafeAnalyzer(analyzer);
	}

	private static FieldType fieldType(IndexOptions options, boolean words) {
		FieldType type = new FieldType();
		type.setIndexOptions(options);
		type.setTokenized(words);
		type.setOmitNorms(!words);
		type.freeze();
		return type;
	}

	/**
	 * {@return a document as Lucene stores it}
	 * @param number its number
	 * @param document the document
	 */
	Document of(long number, StoredDocument document) {
		Document fields = new Document();
		fields.add(new LongPoint(NUMBER, number));
		fields.add(new NumericDocValuesField(NUMBER, number));
		fields.add(new Field(ID, idTerm(document.id()), TERM));
		fields.add(new StoredField(ID, document.id()));
		String text = document.text();
		Map<String, Object> metadata = document.metadata();
		if (text != null && metadata != null) {
			fields.add(new Field(DOCUMENT, PRESENT, TERM));
			fields.add(Surrogates.arePaired(text) ? new StoredField(TEXT, text) : new StoredField(TEXT, utf16(text)));
			fields.add(new Field(WORDS, text, TOKENS));
			fields.add(new StoredField(METADATA, MetadataBytes.write(metadata)));
			metadata.forEach((key, value) -> addValue(fields, key, value));
		}
		float[] vector = document.vector();
		if (this.keepVectors && vector != null) {
			fields.add(new BinaryDocValuesField(VECTOR, bytes(vector)));
		}
		return fields;
	}

	/** The beginning of a very long id; whoever looks it up has to compare the rest. */
	static BytesRef idTerm(String id) {
		return Terms.beginning(Terms.of(id));
	}

	/** Char by char, because an encoder would replace unpaired surrogates. */
	private static byte[] utf16(String text) {
		ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * text.length());
		bytes.asCharBuffer().put(text);
		return bytes.array();
	}

	/** The text of such bytes. */
	static String text(BytesRef utf16) {
		return ByteBuffer.wrap(utf16.bytes, utf16.offset, utf16.length).asCharBuffer().toString();
	}

	private static BytesRef bytes(float[] vector) {
		ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(vector);
		return new BytesRef(bytes.array());
	}

	static float[] vector(BytesRef bytes) {
		float[] vector = new float[bytes.length / Float.BYTES];
		ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length)
			.order(ByteOrder.LITTLE_ENDIAN)
			.asFloatBuffer()
			.get(vector);
		return vector;
	}

	private void addValue(Document fields, String key, Object raw) {
		BytesRef term = Terms.ofKey(key);
		fields.add(new Field(KEYS, term, TERM));
		if (!this.indexedKeys.test(key)) {
			fields.add(new Field(UNINDEXED, term, TERM));
			return;
		}
		Object value = MetadataValue.of(raw);
		boolean indexed = true;
		if (value instanceof List<?> list) {
			fields.add(new Field(LISTS, term, TERM));
			for (Object element : list) {
				indexed &= addElement(fields, key, element);
			}
		}
		else {
			indexed = addElement(fields, key, value);
		}
		if (!indexed) {
			fields.add(new Field(UNINDEXED, term, TERM));
		}
	}

	/** Adds a value other than a list; false if it cannot be indexed. */
	private static boolean addElement(Document fields, String key, @Nullable Object value) {
		if (value instanceof String text) {
			return addText(fields, key, text);
		}
		if (value instanceof Boolean truth) {
			fields.add(new Field(ValueField.BOOLEAN.name(key), Terms.of(truth), TERM));
		}
		else if (value instanceof Number number) {
			addNumber(fields, key, number);
		}
		else if (value instanceof Instant time) {
			return addTime(fields, ValueField.TIME, key, time);
		}
		// what is not comparable matches nothing, and need not be found
		return true;
	}

	private static boolean addText(Document fields, String key, String text) {
		if (!Surrogates.arePaired(text)) {
			return false;
		}
		BytesRef term = Terms.of(text);
		ValueField field = Terms.isLong(term) ? ValueField.LONG_TEXT : ValueField.TEXT;
		fields.add(new Field(field.name(key), Terms.beginning(term), TERM));
		Instant time = IsoTime.parse(text);
		return time == null || addTime(fields, isoField(text), key, time);
	}

	static ValueField isoField(String time) {
		return (IsoTime.unit(time) == ChronoUnit.SECONDS) ? ValueField.ISO_SECONDS : ValueField.ISO_MILLIS;
	}

	private static boolean addTime(Document fields, ValueField field, String key, Instant time) {
		try {
			fields.add(new LongPoint(field.name(key), time.toEpochMilli()));
			return true;
		}
		catch (ArithmeticException ex) {
			// millions of years away
			return false;
		}
	}

	private static void addNumber(Document fields, String key, Number number) {
		if (number instanceof Long whole) {
			fields.add(new LongPoint(ValueField.WHOLE.name(key), whole));
		}
		else if (number instanceof BigDecimal || !Double.isNaN(number.doubleValue())) {
			ValueField field = DecimalPoint.isShort(number) ? ValueField.SHORT_DECIMAL : ValueField.LONG_DECIMAL;
			fields.add(new DoublePoint(field.name(key), DecimalPoint.of(number)));
		}
	}

}
