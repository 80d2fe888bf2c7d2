package dev.snapvec;

import java.util.Map;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * What an index is made of beside its spec.
 *
 * @param executor runs the parallel parts of long operations
 * @param attributes what is noted of it
 * @param fitted its quantizer and rows; null if it is to be trained
 */
record IndexParts(Executor executor, Map<String, String> attributes, @Nullable Fitted fitted) {

	IndexParts {
		attributes = UserAttributes.checked(attributes);
	}

}
