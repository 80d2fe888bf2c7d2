package dev.snapvec.spring.boot.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Properties of the indexes of tenants, which share a configuration.
 *
 * @since 0.1.0
 */
public class TenantProperties extends IndexProperties {

	/**
	 * Indexes to keep open, beside those in use. When there are more, those that were
	 * used least are saved and closed.
	 */
	private int maximumOpen = 100;

	/**
	 * Time after which an index that is not used is saved and closed; by default there is
	 * none.
	 */
	private @Nullable Duration expireAfterAccess;

	public int getMaximumOpen() {
		return this.maximumOpen;
	}

	public void setMaximumOpen(int maximumOpen) {
		this.maximumOpen = maximumOpen;
	}

	public @Nullable Duration getExpireAfterAccess() {
		return this.expireAfterAccess;
	}

	public void setExpireAfterAccess(@Nullable Duration expireAfterAccess) {
		this.expireAfterAccess = expireAfterAccess;
	}

}
