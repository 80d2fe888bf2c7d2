package dev.snapvec.spring.boot;

import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.snapvec.SafeIndex;

/**
 * Indexes of tenants, one per tenant, with a common configuration. The index of a tenant
 * is created on first use, restored on later use, and saved and closed when others are
 * used instead. Thread-safe.
 * <p>
 * The name of a tenant consists of 1 to 100 lower-case letters, digits, hyphens and
 * underscores, because it is also the name of a directory.
 *
 * @since 0.1.0
 */
public interface SnapvecTenants {

	/**
	 * Returns the name below {@code snapvec.tenants} that configures these indexes.
	 * @return the name
	 */
	String name();

	/**
	 * Runs an action with the index of a tenant, which stays open until the action
	 * returns. Do not keep the index: once it is closed, it rejects changes, and searches
	 * return what it contained then.
	 * @param <T> the type of the result
	 * @param tenant the name of the tenant
	 * @param action the action; other threads may use the index concurrently
	 * @return the result of the action
	 * @throws IllegalArgumentException if the name is not valid
	 * @throws IllegalStateException while the application is stopped
	 * @throws dev.snapvec.SnapvecException if the index cannot be restored
	 */
	<T extends @Nullable Object> T call(String tenant, Function<SafeIndex, T> action);

	/**
	 * Runs an action with the index of a tenant, as {@link #call} does, without a result.
	 * @param tenant the name of the tenant
	 * @param action the action
	 */
	default void run(String tenant, Consumer<SafeIndex> action) {
		call(tenant, (index) -> {
			action.accept(index);
			return null;
		});
	}

	/**
	 * Returns whether a tenant has an index, open or closed.
	 * @param tenant the name of the tenant
	 * @return whether the tenant has an index
	 * @throws IllegalArgumentException if the name is not valid
	 */
	boolean exists(String tenant);

	/**
	 * Deletes the index of a tenant and everything that was saved of it. Its files are
	 * removed atomically, all or none; unsaved changes are lost in any case. The next use
	 * of the tenant creates a new index.
	 * @param tenant the name of the tenant
	 * @return whether there was an index
	 * @throws IllegalArgumentException if the name is not valid
	 * @throws IllegalStateException if the index is in use, or while the application is
	 * stopped
	 * @throws dev.snapvec.StoreLockedException if another process owns its directory
	 * @throws dev.snapvec.IndexIoException if its directory cannot be deleted
	 */
	boolean delete(String tenant);

	/**
	 * Returns how many indexes are open, and how many were opened and closed.
	 * @return the current statistics
	 */
	Stats stats();

	/**
	 * Registers a handler, which is called each time an index is opened from now on: once
	 * it is restored or populated, and before an action receives it. A tenant that is
	 * opened again has another handle. The handler runs on the thread that opens the
	 * index, while others that want the tenant wait. If it throws, the index is closed,
	 * and {@link #call} throws the same. It must not call this object for the same
	 * tenant.
	 * @param handler the handler
	 */
	void addOpenHandler(Consumer<SafeIndex> handler);

	/**
	 * Statistics of the indexes of tenants. Immutable.
	 *
	 * @param open number of open indexes
	 * @param unsaved number of open indexes whose last due save failed
	 * @param opened number of indexes opened since the start
	 * @param closed number of indexes closed since the start
	 * @param failed number of indexes that could not be opened since the start
	 */
	record Stats(int open, int unsaved, long opened, long closed, long failed) {
	}

}
