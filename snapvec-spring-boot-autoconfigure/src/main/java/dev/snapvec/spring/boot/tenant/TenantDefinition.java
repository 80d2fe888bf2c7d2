package dev.snapvec.spring.boot.tenant;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.snapvec.spring.boot.config.IndexName;
import dev.snapvec.spring.boot.definition.IndexDefinition;

/**
 * Indexes of tenants as they are configured: validated, with all inherited settings.
 * <p>
 * Internal: not for applications.
 *
 * @param template the settings they have in common
 * @param maximumOpen maximum number of open indexes beside those in use
 * @param expireAfterAccess time after which an index that is not used is closed; null for
 * never
 */
public record TenantDefinition(IndexDefinition template, int maximumOpen, @Nullable Duration expireAfterAccess) {

	/** Lower case only: some file systems do not distinguish letter case. */
	private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,100}");

	/** Returns the definition of the index of one tenant. */
	public IndexDefinition of(String tenant) {
		if (!NAME.matcher(tenant).matches() || IndexName.isReserved(tenant)) {
			throw new IllegalArgumentException(String
				.format(Locale.ROOT, "the name of a tenant of '%2$s' must be 1 to 100 lower-case"
						+ " letters, digits, - and _ and not that of a Windows device, because a directory has it too,"
						+ " but was '%1$s'", tenant, this.template.name()));
		}
		return this.template.forTenant(tenant);
	}

}
