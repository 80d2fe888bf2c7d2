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
 */
record IndexParts(Executor executor, Map<String, String> attributes, @Nullable Fitted fitted) {

	IndexParts {
		attributes = UserAttributes.checked(attributes);
	}

}
