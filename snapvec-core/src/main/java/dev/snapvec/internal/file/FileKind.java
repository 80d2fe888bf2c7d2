package dev.snapvec.internal.file;

import java.nio.charset.StandardCharsets;

/**
 * A kind of index file, told apart by its first four bytes.
 *
 * @param magic those bytes, as ASCII text
 * @param version the newest version, which is the one written
 * @param firstVersionWithTrailer from which version on every file was written with a
 * checksum
 */
public record FileKind(String magic, int version, int firstVersionWithTrailer) {

	boolean is(byte[] magic) {
		return this.magic.equals(new String(magic, StandardCharsets.US_ASCII));
	}

	/** Whether every file of that version was written with a checksum. */
	boolean alwaysHasTrailer(int version) {
		return version >= this.firstVersionWithTrailer;
	}

}
