package dev.snapvec;

import java.util.Map;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * The parts of an index beside its spec.
 *
 * @param executor runs the parallel parts of long operations
 * @param attributes its attributes
 * @param fitted its quantizer and rows; null if it is not trained yet
 * @param commit the commit of documents that it was saved with, or 0
 */
record IndexParts(Executor executor, Map<String, String> attributes, @Nullable Fitted fitted, long commit) {

	IndexParts {
		attributes = UserAttributes.checked(attributes);
	}

	/** Those of an index that is not loaded from a file. */
	IndexParts(Executor executor, Map<String, String> attributes, @Nullable Fitted fitted) {
		this(executor, attributes, fitted, 0);
	}

}
