package dev.snapvec.spring.boot.config;

/**
 * Property keys that messages name.
 * <p>
 * Internal: not for applications.
 */
public final class PropertyKeys {

	public static final String PREFIX = "snapvec";

	public static final String DIRECTORY = "snapvec.directory";

	public static final String IN_MEMORY = "snapvec.in-memory";

	public static final String DEFAULTS = "snapvec.defaults";

	public static final String INDEXES = "snapvec.indexes";

	public static final String TENANTS = "snapvec.tenants";

	private PropertyKeys() {
	}

}
