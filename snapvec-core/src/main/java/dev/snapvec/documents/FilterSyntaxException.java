package dev.snapvec.documents;

/**
 * Thrown if the text of a filter cannot be parsed. The message names what was found, what
 * was expected, and the position.
 *
 * @since 0.1.0
 */
public final class FilterSyntaxException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final int position;

	FilterSyntaxException(String message, int position) {
		super("filter at position " + position + ": " + message);
		this.position = position;
	}

	/**
	 * Returns the position of the error.
	 * @return the index of a character, from 0; the length of the text if it ends too
	 * early
	 */
	public int position() {
		return this.position;
	}

}
