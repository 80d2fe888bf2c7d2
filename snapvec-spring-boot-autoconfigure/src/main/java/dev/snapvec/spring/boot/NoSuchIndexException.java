package dev.snapvec.spring.boot;

import java.util.List;
import java.util.Locale;

/**
 * Thrown if no index has a requested name.
 *
 * @since 0.1.0
 */
public class NoSuchIndexException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String name;

	/**
	 * Creates an exception that lists the names of all indexes.
	 * @param name the requested name
	 * @param names the names of all indexes
	 */
	public NoSuchIndexException(String name, List<String> names) {
		super(names.isEmpty()
				? String.format(Locale.ROOT, "no index is named '%s': none is configured under snapvec.indexes", name)
				: String.format(Locale.ROOT, "no index is named '%s'; expected one of '%s'", name,
						String.join("', '", names)));
		this.name = name;
	}

	/**
	 * Returns the requested name.
	 * @return the name
	 */
	public String getName() {
		return this.name;
	}

}
