package dev.snapvec.spring.boot.actuate.endpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * All indexes in short. Immutable.
 *
 * @param indexes the indexes by name
 * @since 0.1.0
 */
public record IndexesDescriptor(Map<String, Summary> indexes) implements OperationResponseBody {

	/**
	 * Describes indexes.
	 * @param indexes the indexes by name
	 */
	public IndexesDescriptor {
		indexes = Collections.unmodifiableMap(new LinkedHashMap<>(indexes));
	}

	/**
	 * An index in short.
	 *
	 * @param type its class
	 * @param dimension length of the vectors
	 * @param rows how many ids it holds
	 * @param frozen whether it refuses changes
	 * @param dirty whether it holds what no snapshot does
	 */
	public record Summary(String type, int dimension, int rows, boolean frozen, boolean dirty) {
	}

}
