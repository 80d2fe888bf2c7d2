package dev.snapvec.spring.boot.actuate.endpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import dev.snapvec.spring.boot.SnapvecTenants;

/**
 * All indexes in short. Immutable.
 *
 * @param indexes the indexes by name
 * @param tenants indexes of tenants, by the name that they are configured under
 * @since 0.1.0
 */
public record IndexesDescriptor(Map<String, Summary> indexes,
		Map<String, Tenants> tenants) implements OperationResponseBody {

	/**
	 * Describes indexes.
	 * @param indexes the indexes by name
	 * @param tenants indexes of tenants, by the name that they are configured under
	 */
	public IndexesDescriptor {
		indexes = Collections.unmodifiableMap(new LinkedHashMap<>(indexes));
		tenants = Collections.unmodifiableMap(new LinkedHashMap<>(tenants));
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

	/**
	 * Indexes of tenants in short, all of those that are alike together.
	 *
	 * @param open how many are open
	 * @param unsaved how many of those could not be saved when they last should have been
	 * @param opened how many were opened since the start
	 * @param closed how many were closed since the start
	 * @param failed how many could not be opened since the start
	 */
	public record Tenants(int open, int unsaved, long opened, long closed, long failed) {

		static Tenants of(SnapvecTenants.Stats stats) {
			return new Tenants(stats.open(), stats.unsaved(), stats.opened(), stats.closed(), stats.failed());
		}

	}

}
