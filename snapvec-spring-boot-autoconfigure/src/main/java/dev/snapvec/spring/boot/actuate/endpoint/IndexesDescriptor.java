package dev.snapvec.spring.boot.actuate.endpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import dev.snapvec.spring.boot.SnapvecTenants;

/**
 * Summary of all indexes. Immutable.
 *
 * @param indexes the indexes by name
 * @param tenants the indexes of tenants by name below {@code snapvec.tenants}
 * @since 0.1.0
 */
public record IndexesDescriptor(Map<String, Summary> indexes,
		Map<String, Tenants> tenants) implements OperationResponseBody {

	/**
	 * Creates a summary.
	 * @param indexes the indexes by name
	 * @param tenants the indexes of tenants by name below {@code snapvec.tenants}
	 */
	public IndexesDescriptor {
		indexes = Collections.unmodifiableMap(new LinkedHashMap<>(indexes));
		tenants = Collections.unmodifiableMap(new LinkedHashMap<>(tenants));
	}

	/**
	 * Summary of an index.
	 *
	 * @param type class of the index
	 * @param dimension dimension of the vectors
	 * @param rows number of ids in the index
	 * @param frozen whether the index rejects changes
	 * @param dirty whether the index has unsaved changes
	 */
	public record Summary(String type, int dimension, int rows, boolean frozen, boolean dirty) {
	}

	/**
	 * Summary of the indexes of tenants that share a configuration.
	 *
	 * @param open number of open indexes
	 * @param unsaved number of open indexes whose last due save failed
	 * @param opened number of indexes opened since the start
	 * @param closed number of indexes closed since the start
	 * @param failed number of indexes that could not be opened since the start
	 */
	public record Tenants(int open, int unsaved, long opened, long closed, long failed) {

		static Tenants of(SnapvecTenants.Stats stats) {
			return new Tenants(stats.open(), stats.unsaved(), stats.opened(), stats.closed(), stats.failed());
		}

	}

}
