package dev.snapvec.documents;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

import org.apache.lucene.document.Document;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads what {@link DocumentFields} wrote. */
final class FieldsReader {

	private static final Set<String> ID = Set.of(DocumentFields.ID);

	private static final Set<String> METADATA = Set.of(DocumentFields.METADATA);

	private FieldsReader() {
	}

	/** Reads a document; the vector is null if it is not kept. */
	static StoredDocument read(LeafReader leaf, int doc) throws IOException {
		Document fields = leaf.storedFields().document(doc);
		String id = required(fields.get(DocumentFields.ID), DocumentFields.ID);
		float[] vector = vector(leaf, doc);
		if (fields.getField(DocumentFields.METADATA) == null) {
			return StoredDocument.read(id, null, null, vector);
		}
		return StoredDocument.read(id, text(fields), metadata(fields), vector);
	}

	static String id(LeafReader leaf, int doc) throws IOException {
		return required(leaf.storedFields().document(doc, ID).get(DocumentFields.ID), DocumentFields.ID);
	}

	static Map<String, Object> metadata(StoredFields stored, int doc) throws IOException {
		return metadata(stored.document(doc, METADATA));
	}

	static float @Nullable [] vector(LeafReader leaf, int doc) throws IOException {
		BinaryDocValues vectors = leaf.getBinaryDocValues(DocumentFields.VECTOR);
		return (vectors != null && vectors.advanceExact(doc)) ? DocumentFields.vector(vectors.binaryValue()) : null;
	}

	static long number(@Nullable NumericDocValues numbers, int doc) throws IOException {
		if (numbers == null || !numbers.advanceExact(doc)) {
			throw missing(DocumentFields.NUMBER);
		}
		return numbers.longValue();
	}

	private static String text(Document fields) throws IOException {
		BytesRef wide = fields.getBinaryValue(DocumentFields.TEXT);
		return (wide != null) ? DocumentFields.text(wide)
				: required(fields.get(DocumentFields.TEXT), DocumentFields.TEXT);
	}

	private static Map<String, Object> metadata(Document fields) throws IOException {
		BytesRef bytes = required(fields.getBinaryValue(DocumentFields.METADATA), DocumentFields.METADATA);
		try {
			return MetadataBytes.read(ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length));
		}
		catch (IllegalArgumentException ex) {
			throw new CorruptIndexException(String.valueOf(ex.getMessage()), DocumentFields.METADATA, ex);
		}
	}

	private static <T> T required(@Nullable T value, String field) throws IOException {
		if (value == null) {
			throw missing(field);
		}
		return value;
	}

	private static IOException missing(String field) {
		return new CorruptIndexException("a document has no such field", field);
	}

}
