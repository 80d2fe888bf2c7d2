package dev.snapvec.spring.boot;

import java.util.List;
import java.util.Locale;

/**
 * No index has the name that was asked for.
 *
 * @since 0.1.0
 */
public class NoSuchIndexException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String name;

	/**
	 * Says which names there are.
	 * @param name the name that was asked for
	 * @param names the names of all indexes
	 */
	public NoSuchIndexException(String name, List<String> names) {
		super(names.isEmpty()
				? String.format(Locale.ROOT, "no index is named '%s': none is configured under snapvec.indexes", name)
				: String.format(Locale.ROOT, "no index is named '%s', there are '%s'", name,
						String.join("', '", names)));
		this.name = name;
	}

	/**
	 * Returns the name that was asked for.
	 * @return the name
	 */
	public String getName() {
		return this.name;
	}

}
