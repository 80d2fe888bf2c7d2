package dev.snapvec.spring.boot.autoconfigure;

/**
 * A populator failed, so its index is not complete.
 */
class PopulationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	PopulationException(String index, String populator, int rows, Exception cause) {
		super("populator '%s' of index '%s' failed after %d rows, which are not saved: %s".formatted(populator, index,
				rows, cause), cause);
	}

}
