package dev.snapvec.internal.rows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * An id as rows keep it: text that is the canonical form of a {@code long} as that
 * number, any other text as UTF-8. Immutable.
 */
public final class RowId {

	/** The longest id a file can hold, in UTF-8 bytes. */
	public static final int MAX_BYTES = 65_535;

	private final long number;

	private final byte @Nullable [] utf8;

	private final int hash;

	private final boolean wellFormed;

	private RowId(long number, byte @Nullable [] utf8, boolean wellFormed) {
		this.number = number;
		this.utf8 = utf8;
		this.hash = (utf8 != null) ? hash(utf8, 0, utf8.length) : hash(number);
		this.wellFormed = wellFormed;
	}

	public static RowId of(String id) {
		if (isCanonicalLong(id)) {
			return new RowId(Long.parseLong(id), null, true);
		}
		byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
		return new RowId(0, utf8, id.equals(new String(utf8, StandardCharsets.UTF_8)));
	}

	private static boolean isCanonicalLong(String id) {
		int length = id.length();
		if (length == 0 || length > 20) {
			return false;
		}
		char first = id.charAt(0);
		if (first != '-' && (first < '0' || first > '9')) {
			return false;
		}
		try {
			return Long.toString(Long.parseLong(id)).equals(id);
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	static RowId ofNumber(long number) {
		return new RowId(number, null, true);
	}

	static RowId ofText(byte[] utf8) {
		return new RowId(0, utf8, true);
	}

	/** The hash of an id that is a number. */
	static int hash(long number) {
		long mixed = (number ^ (number >>> 32)) * 0x9e3779b97f4a7c15L;
		return (int) (mixed ^ (mixed >>> 29) ^ (mixed >>> 47));
	}

	/** The hash of an id that is text. */
	static int hash(byte[] utf8, int from, int to) {
		int hash = 1;
		for (int i = from; i < to; i++) {
			hash = 31 * hash + utf8[i];
		}
		return hash((long) hash);
	}

	/**
	 * @return whether a file can hold this id: at most {@link #MAX_BYTES} long and
	 * without half a surrogate pair
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

	@Override
	public int hashCode() {
		return this.hash;
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
