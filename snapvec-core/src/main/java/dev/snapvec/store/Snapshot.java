package dev.snapvec.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A saved generation of an index.
 *
 * @param number counts up from 1 in its directory
 * @param path its file
 * @param bytes the file's size
 * @param written when it was finished
 * @since 0.1.0
 */
public record Snapshot(long number, Path path, long bytes, Instant written) {

	/**
	 * Tells how long ago it was finished.
	 * @return the time since then; zero if the file is dated in the future, as one is
	 * after a clock was set back
	 */
	public Duration age() {
		Duration age = Duration.between(this.written, Instant.now());
		return age.isNegative() ? Duration.ZERO : age;
	}

}
