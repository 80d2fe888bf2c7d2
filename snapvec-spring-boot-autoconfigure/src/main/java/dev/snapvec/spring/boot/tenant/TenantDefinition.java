package dev.snapvec.spring.boot.tenant;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.snapvec.spring.boot.config.IndexName;
import dev.snapvec.spring.boot.definition.IndexDefinition;

/**
 * Indexes of tenants as they are configured: valid, and with everything inherited.
 * <p>
 * Internal: not for applications.
 *
 * @param template what they have in common
 * @param maximumOpen how many are kept open beside those in use
 * @param expireAfterAccess when one that is not used is closed, or null for never
 */
public record TenantDefinition(IndexDefinition template, int maximumOpen, @Nullable Duration expireAfterAccess) {

	/** Where letters are alike, upper and lower case would be one directory. */
	private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,100}");

	/** The index of one tenant. */
	public IndexDefinition of(String tenant) {
		if (!NAME.matcher(tenant).matches() || IndexName.isReserved(tenant)) {
			throw new IllegalArgumentException(String
				.format(Locale.ROOT, "'%s' does not name a tenant of '%s': possible are 1 to 100 lower-case"
						+ " letters, digits, - and _, and no name of a device of Windows, as the name is also that of a"
						+ " directory", tenant, this.template.name()));
		}
		return this.template.forTenant(tenant);
	}

}
