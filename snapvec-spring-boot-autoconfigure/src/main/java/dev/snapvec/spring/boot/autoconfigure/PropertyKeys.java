package dev.snapvec.spring.boot.autoconfigure;

/**
 * Keys of properties that messages name.
 */
final class PropertyKeys {

	static final String PREFIX = "snapvec";

	static final String DIRECTORY = "snapvec.directory";

	static final String IN_MEMORY = "snapvec.in-memory";

	static final String DEFAULTS = "snapvec.defaults";

	static final String INDEXES = "snapvec.indexes";

	static final String TENANTS = "snapvec.tenants";

	private PropertyKeys() {
	}

}
