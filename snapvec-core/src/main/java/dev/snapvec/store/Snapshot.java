package dev.snapvec.store;

import java.nio.file.Path;
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
}
