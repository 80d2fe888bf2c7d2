package dev.snapvec.documents;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.apache.lucene.util.BytesRef;

/** Terms of metadata values and keys. */
final class Terms {

	/** Longer text is found by its beginning. Lucene rejects terms above 32,766 bytes. */
	static final int MAX_BYTES = 1_024;

	private Terms() {
	}

	/** The whole text, which must have its surrogates paired. */
	static BytesRef of(String text) {
		return new BytesRef(text.getBytes(StandardCharsets.UTF_8));
	}

	static boolean isLong(BytesRef term) {
		return term.length > MAX_BYTES;
	}

	/**
	 * The first bytes, also if a character is cut: their order must be that of the text.
	 */
	static BytesRef beginning(BytesRef term) {
		return isLong(term) ? new BytesRef(Arrays.copyOf(term.bytes, MAX_BYTES)) : term;
	}

	static BytesRef of(boolean value) {
		return new BytesRef(new byte[] { (byte) (value ? 1 : 0) });
	}

	/** The term of a key in the fields that list keys. */
	static BytesRef ofKey(String key) {
		return of(Surrogates.escaped(key));
	}

}
