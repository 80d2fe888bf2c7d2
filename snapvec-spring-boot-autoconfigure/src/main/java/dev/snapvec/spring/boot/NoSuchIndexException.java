package dev.snapvec.spring.boot;

import java.util.List;

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
		super(names.isEmpty() ? "no index is named '%s': none is configured under snapvec.indexes".formatted(name)
				: "no index is named '%s', there are '%s'".formatted(name, String.join("', '", names)));
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
