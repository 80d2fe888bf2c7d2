package dev.snapvec.internal.rows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * An id in its stored form: text that is the canonical decimal form of a {@code long} as
 * that number, any other text as UTF-8. Immutable.
 */
public final class RowId {

	/** Maximum length of an id in a file, in UTF-8 bytes. */
	public static final int MAX_BYTES = 65_535;

	private static final int MOST_DIGITS = 19;

	private final long number;

	private final byte @Nullable [] utf8;

	private final long hash;

	private final boolean wellFormed;

	private RowId(long number, byte @Nullable [] utf8, boolean wellFormed) {
		this.number = number;
		this.utf8 = utf8;
		this.hash = (utf8 != null) ? IdHash.of(utf8, 0, utf8.length) : IdHash.of(number);
		this.wellFormed = wellFormed;
	}

	public static RowId of(String id) {
		byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
		RowId number = number(utf8, utf8.length);
		return (number != null) ? number : new RowId(0, utf8, id.equals(new String(utf8, StandardCharsets.UTF_8)));
	}

	/** The id with a number of bytes of well-formed UTF-8. */
	static RowId ofUtf8(byte[] utf8, int length) {
		RowId number = number(utf8, length);
		return (number != null) ? number : ofText(Arrays.copyOf(utf8, length));
	}

	/** Null unless the text is the canonical form of a {@code long}. */
	private static @Nullable RowId number(byte[] utf8, int length) {
		boolean negative = length > 0 && utf8[0] == '-';
		int first = negative ? 1 : 0;
		if (length == first || length - first > MOST_DIGITS || (utf8[first] == '0' && length > 1)) {
			return null;
		}
		long number = 0;
		for (int i = first; i < length; i++) {
			int digit = utf8[i] - '0';
			if (digit < 0 || digit > 9) {
				return null;
			}
			number = 10 * number + digit;
		}
		number = negative ? -number : number;
		// beyond the range the sign is wrong, because numbers of this many digits wrap
		// around only once
		return (number != 0 && (number < 0) != negative) ? null : ofNumber(number);
	}

	static RowId ofNumber(long number) {
		return new RowId(number, null, true);
	}

	static RowId ofText(byte[] utf8) {
		return new RowId(0, utf8, true);
	}

	/**
	 * @return whether a file can hold this id: at most {@link #MAX_BYTES} bytes long and
	 * without unpaired surrogates
	 */
	public boolean isStorable() {
		return this.wellFormed && (this.utf8 == null || this.utf8.length <= MAX_BYTES);
	}

	/**
	 * @return the id's length as UTF-8, in bytes
	 */
	public int length() {
		return (this.utf8 != null) ? this.utf8.length : Long.toString(this.number).length();
	}

	long number() {
		return this.number;
	}

	byte @Nullable [] utf8() {
		return this.utf8;
	}

	/** A hash that differs between processes. */
	long hash() {
		return this.hash;
	}

	@Override
	public int hashCode() {
		return Long.hashCode(this.hash);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof RowId that && this.hash == that.hash && this.number == that.number
				&& this.wellFormed == that.wellFormed && Arrays.equals(this.utf8, that.utf8);
	}

	@Override
	public String toString() {
		return (this.utf8 != null) ? new String(this.utf8, StandardCharsets.UTF_8) : Long.toString(this.number);
	}

}
