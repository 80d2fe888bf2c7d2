package dev.snapvec.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A saved index file of a store. Immutable.
 *
 * @param number its snapshot number, which counts up from 1 in its directory
 * @param path its file
 * @param bytes size of the file in bytes
 * @param written when it was completed
 * @since 0.1.0
 */
public record Snapshot(long number, Path path, long bytes, Instant written) {

	/**
	 * Returns the time since the snapshot was completed.
	 * @return its age; zero if the file is dated in the future, for example after a clock
	 * was set back
	 */
	public Duration age() {
		Duration age = Duration.between(this.written, Instant.now());
		return age.isNegative() ? Duration.ZERO : age;
	}

}
