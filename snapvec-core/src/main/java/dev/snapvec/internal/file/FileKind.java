package dev.snapvec.internal.file;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of index files, told apart by their first four bytes.
 */
public enum FileKind {

	/** SnapIndex. */
	SNAP("SNPV", 3, 4),

	/** ResidualSnapIndex. */
	RESIDUAL("SNPR", 1, 2),

	/** PqSnapIndex. */
	PQ("SNPQ", 2, 2),

	/** IvfPqSnapIndex. */
	IVF_PQ("SNPI", 5, 5);

	private final String magic;

	private final int version;

	private final int firstVersionWithTrailer;

	FileKind(String magic, int version, int firstVersionWithTrailer) {
		this.magic = magic;
		this.version = version;
		this.firstVersionWithTrailer = firstVersionWithTrailer;
	}

	static @Nullable FileKind of(byte[] magic) {
		String text = new String(magic, StandardCharsets.US_ASCII);
		for (FileKind kind : values()) {
			if (kind.magic.equals(text)) {
				return kind;
			}
		}
		return null;
	}

	public String magic() {
		return this.magic;
	}

	/**
	 * @return the newest version, which is the one written
	 */
	public int version() {
		return this.version;
	}

	/** Whether every file of that version was written with a checksum. */
	boolean alwaysHasTrailer(int version) {
		return version >= this.firstVersionWithTrailer;
	}

}
