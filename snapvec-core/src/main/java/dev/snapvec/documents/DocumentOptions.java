package dev.snapvec.documents;

import java.util.Collection;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What to keep of documents besides text and metadata, and what to index. Immutable.
 *
 * @since 0.1.0
 */
public final class DocumentOptions {

	private static final DocumentOptions DEFAULTS = new DocumentOptions(true, null);

	private final boolean keepVectors;

	private final @Nullable Set<String> indexedKeys;

	private DocumentOptions(boolean keepVectors, @Nullable Set<String> indexedKeys) {
		this.keepVectors = keepVectors;
		this.indexedKeys = indexedKeys;
	}

	/**
	 * Returns the default options: vectors are kept, and all keys are indexed.
	 * @return the options
	 */
	public static DocumentOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Sets whether vectors are kept as they are given, in files: four bytes per
	 * coordinate. They can be read again then, exactly; otherwise only their codes are
	 * left. Applies to documents added from now on.
	 * @param keepVectors whether to keep them
	 * @return options
	 */
	public DocumentOptions keepVectors(boolean keepVectors) {
		return new DocumentOptions(keepVectors, this.indexedKeys);
	}

	/**
	 * Sets the metadata keys whose values are indexed. A filter on another key reads the
	 * metadata of all documents with that key. Applies to documents added from now on.
	 * @param keys the keys
	 * @return options
	 */
	public DocumentOptions indexedKeys(Collection<String> keys) {
		return new DocumentOptions(this.keepVectors, Set.copyOf(keys));
	}

	/**
	 * {@return whether vectors are kept}
	 */
	public boolean keepsVectors() {
		return this.keepVectors;
	}

	/**
	 * {@return whether the values of a key are indexed}
	 * @param key a metadata key
	 */
	public boolean isIndexed(String key) {
		return this.indexedKeys == null || this.indexedKeys.contains(key);
	}

}
