package dev.snapvec.internal.file;

import java.nio.charset.StandardCharsets;

/**
 * The kind of an index file, identified by its first four bytes.
 *
 * @param magic these bytes, as ASCII text
 * @param version the newest version, which is written
 * @param firstVersionWithTrailer the first version whose files all have a checksum
 */
public record FileKind(String magic, int version, int firstVersionWithTrailer) {

	boolean is(byte[] magic) {
		return this.magic.equals(new String(magic, StandardCharsets.US_ASCII));
	}

	/** Whether all files of a version have a checksum. */
	boolean alwaysHasTrailer(int version) {
		return version >= this.firstVersionWithTrailer;
	}

}
