package dev.snapvec.documents;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A document: an id, a text with metadata, and its vector. Immutable; vector and metadata
 * are copied. A document may lack both text and metadata: then it is a vector of an index
 * whose document was not added yet.
 *
 * @since 0.1.0
 */
public final class StoredDocument {

	private final String id;

	private final @Nullable String text;

	private final @Nullable Map<String, Object> metadata;

	private final float @Nullable [] vector;

	private StoredDocument(String id, @Nullable String text, @Nullable Map<String, Object> metadata,
			float @Nullable [] vector) {
		this.id = Objects.requireNonNull(id, "id");
		this.text = text;
		this.metadata = metadata;
		this.vector = vector;
	}

	/**
	 * Creates a document.
	 * @param id its id
	 * @param text its text, which may be empty
	 * @param metadata its metadata: text, numbers, booleans, dates, UUIDs, enums (stored
	 * as their names), and lists and maps of these; keys with a null value are dropped
	 * @param vector its vector, of the index's dimension
	 * @return the document
	 * @throws IllegalArgumentException if a key or value of the metadata cannot be
	 * stored; the message names it
	 */
	public static StoredDocument of(String id, String text, Map<String, ? extends @Nullable Object> metadata,
			float[] vector) {
		return new StoredDocument(id, Objects.requireNonNull(text, "text"), Metadata.copy(id, metadata),
				vector.clone());
	}

	/**
	 * Creates a document for a vector that the index holds already.
	 * @param id its id
	 * @param text its text, which may be empty
	 * @param metadata its metadata, as above
	 * @return the document, without vector
	 * @throws IllegalArgumentException if a key or value of the metadata cannot be stored
	 * @see DocumentIndex#attachAll
	 */
	public static StoredDocument of(String id, String text, Map<String, ? extends @Nullable Object> metadata) {
		return new StoredDocument(id, Objects.requireNonNull(text, "text"), Metadata.copy(id, metadata), null);
	}

	/**
	 * Creates a document without text and metadata.
	 * @param id its id
	 * @param vector its vector, of the index's dimension
	 * @return the document
	 */
	public static StoredDocument of(String id, float[] vector) {
		return new StoredDocument(id, null, null, vector.clone());
	}

	/**
	 * Creates a document that was read.
	 * @param metadata immutable, or null as the text is
	 * @param vector null if it is not kept; not copied
	 */
	static StoredDocument read(String id, @Nullable String text, @Nullable Map<String, Object> metadata,
			float @Nullable [] vector) {
		return new StoredDocument(id, text, metadata, vector);
	}

	/** The same document with other metadata. */
	StoredDocument withMetadata(Map<String, ? extends @Nullable Object> metadata) {
		return new StoredDocument(this.id, this.text, Metadata.copy(this.id, metadata), this.vector);
	}

	/** The same document with the vector of another one. */
	StoredDocument withVectorOf(StoredDocument other) {
		return new StoredDocument(this.id, this.text, this.metadata, other.vector);
	}

	/** The vector itself, which must not be changed. */
	float[] sharedVector() {
		if (this.vector == null) {
			throw new IllegalArgumentException("document '" + this.id + "' must have a vector");
		}
		return this.vector;
	}

	StoredDocument withoutVector() {
		return (this.vector != null) ? new StoredDocument(this.id, this.text, this.metadata, null) : this;
	}

	/** Approximate size in bytes. */
	long size() {
		long size = this.id.length() + ((this.vector != null) ? (long) Float.BYTES * this.vector.length : 0);
		if (this.text != null) {
			size += this.text.length();
		}
		return (this.metadata != null) ? size + 64L * this.metadata.size() : size;
	}

	/**
	 * {@return the id}
	 */
	public String id() {
		return this.id;
	}

	/**
	 * {@return the text, or null for a vector without document}
	 */
	public @Nullable String text() {
		return this.text;
	}

	/**
	 * {@return the metadata: an immutable map in the order that was given, or null for a
	 * vector without document}
	 */
	public @Nullable Map<String, Object> metadata() {
		return this.metadata;
	}

	/**
	 * {@return a copy of the vector, or null if it is not known}
	 */
	public float @Nullable [] vector() {
		return (this.vector != null) ? this.vector.clone() : null;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof StoredDocument that && this.id.equals(that.id) && Objects.equals(this.text, that.text)
				&& Objects.equals(this.metadata, that.metadata) && Arrays.equals(this.vector, that.vector);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.id, this.text, this.metadata, Arrays.hashCode(this.vector));
	}

	/** Only the id, so that texts and metadata do not leak into logs. */
	@Override
	public String toString() {
		return "StoredDocument[" + this.id + "]";
	}

}
