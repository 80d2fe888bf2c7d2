package dev.snapvec.spring.boot;

import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.snapvec.SafeIndex;

/**
 * Indexes of tenants, all alike: one each, which is restored when it is used, or made the
 * first time, and saved and closed when others are used and it is not. Thread-safe.
 * <p>
 * A tenant is named by lower-case letters, digits, hyphens and underscores, at most 100,
 * as its name is also that of a directory.
 *
 * @since 0.1.0
 */
public interface SnapvecTenants {

	/**
	 * Returns the name that they are configured under.
	 * @return the name
	 */
	String name();

	/**
	 * Uses the index of a tenant, which stays open until the action returns. It is not to
	 * be kept: once it is closed, changes of it throw, and searches find what it held.
	 * @param <T> the type of the result
	 * @param tenant names the tenant
	 * @param action uses the index; others may use it at the same time
	 * @return what the action returned
	 * @throws IllegalArgumentException if it is no name of a tenant
	 * @throws IllegalStateException while the application is stopped
	 * @throws dev.snapvec.SnapvecException if the index cannot be restored
	 */
	<T extends @Nullable Object> T call(String tenant, Function<SafeIndex, T> action);

	/**
	 * Uses the index of a tenant as {@link #call} does, without a result.
	 * @param tenant names the tenant
	 * @param action uses the index
	 */
	default void run(String tenant, Consumer<SafeIndex> action) {
		call(tenant, (index) -> {
			action.accept(index);
			return null;
		});
	}

	/**
	 * Tells whether a tenant has an index, open or not.
	 * @param tenant names the tenant
	 * @return whether it was used before
	 * @throws IllegalArgumentException if it is no name of a tenant
	 */
	boolean exists(String tenant);

	/**
	 * Deletes the index of a tenant with all that was ever saved of it. Its files are
	 * gone at once or not at all; what was not saved is gone in any case. Who uses the
	 * tenant next makes a new index.
	 * @param tenant names the tenant
	 * @return whether there was one
	 * @throws IllegalArgumentException if it is no name of a tenant
	 * @throws IllegalStateException if it is in use, or while the application is stopped
	 * @throws dev.snapvec.StoreLockedException if another process has it
	 * @throws dev.snapvec.IndexIoException if its directory cannot be deleted
	 */
	boolean delete(String tenant);

	/**
	 * Tells how many are open, and what became of others.
	 * @return that, as it is now
	 */
	Stats stats();

	/**
	 * Has a handler told of every index that is opened, before it is used.
	 * @param handler the handler
	 */
	void addOpenHandler(Consumer<SafeIndex> handler);

	/**
	 * What became of the indexes of tenants. Immutable.
	 *
	 * @param open how many are open
	 * @param unsaved how many of those could not be saved when they last should have been
	 * @param opened how many were opened since the start
	 * @param closed how many were closed since the start
	 * @param failed how many could not be opened since the start
	 */
	record Stats(int open, int unsaved, long opened, long closed, long failed) {
	}

}
