package dev.snapvec.documents;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Text and metadata of a document as the write-ahead log records them, beside id, number
 * and vector: nothing for a document without them, else {@link MetadataBytes} of a map
 * with the text alone, and then of the metadata.
 */
final class DocumentBytes {

	/** Maximum size of text and metadata. */
	static final int MAX_BYTES = 16 << 20;

	private static final String TEXT = "text";

	private DocumentBytes() {
	}

	/**
	 * @throws IllegalArgumentException if the document is too large
	 */
	static byte[] write(StoredDocument document) {
		String text = document.text();
		Map<String, Object> metadata = document.metadata();
		if (text == null || metadata == null) {
			return new byte[0];
		}
		byte[] first = MetadataBytes.write(Map.of(TEXT, text));
		byte[] second = MetadataBytes.write(metadata);
		long size = (long) first.length + second.length;
		if (size > MAX_BYTES) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"document '%s' must have at most %d bytes of text and metadata, but had %d", document.id(),
					MAX_BYTES, size));
		}
		return ByteBuffer.allocate((int) size).put(first).put(second).array();
	}

	/**
	 * @throws IllegalArgumentException if the bytes are damaged
	 */
	static StoredDocument read(String id, byte[] bytes, float @Nullable [] vector) {
		if (bytes.length == 0) {
			return StoredDocument.read(id, null, null, vector);
		}
		ByteBuffer in = ByteBuffer.wrap(bytes);
		if (MetadataBytes.read(in).get(TEXT) instanceof String text) {
			return StoredDocument.read(id, text, MetadataBytes.read(in), vector);
		}
		throw new IllegalArgumentException("the text of document '" + id + "' is missing");
	}

}
