package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import org.jspecify.annotations.Nullable;

/**
 * A WAL segment as a link of a chain: what it continues, and its valid prefix. Immutable.
 *
 * @param number its number
 * @param path its file
 * @param header its header
 * @param end end of the valid prefix, in bytes
 * @param records number of valid records
 * @param mutations number of complete mutations in them
 * @param bytes size of the file in bytes
 * @param damage the damage behind the valid prefix, or null if there is none but a torn
 * tail
 */
record LogLink(long number, Path path, LogHeader header, long end, long records, long mutations, long bytes,
		@Nullable String damage) {

	/**
	 * Reads a segment.
	 * @return the segment, or null if its writer ended before the header was written
	 * @throws CorruptIndexException if its header is invalid
	 */
	static @Nullable LogLink read(long number, Path path) {
		try (LogReader reader = new LogReader(path)) {
			LogHeader header = reader.header();
			if (header == null) {
				return null;
			}
			LogReader.Sound sound = reader.check();
			return new LogLink(number, path, header, sound.end(), sound.records(), sound.mutations(), reader.size(),
					sound.damage());
		}
		catch (IOException ex) {
			throw new IndexIoException(path, "read", ex);
		}
	}

	/** Whether there are no records. */
	boolean isEmpty() {
		return this.records == 0 && this.damage == null;
	}

	/** The segment cut to a number of records. */
	LogLink upTo(long most) {
		if (most == this.records) {
			return new LogLink(this.number, this.path, this.header, this.end, most, this.mutations, this.bytes, null);
		}
		long at = LogHeader.BYTES;
		long before = 0;
		boolean more = false;
		try (LogReader reader = new LogReader(this.path)) {
			for (long next = 1; next <= most; next++) {
				LogRecord record = reader.record(at, next, next);
				if (record == null) {
					throw new IOException("it changed while it was read");
				}
				at += record.bytes();
				more = record.more();
				before += more ? 0 : 1;
			}
		}
		catch (IOException ex) {
			throw new IndexIoException(this.path, "read", ex);
		}
		if (more) {
			throw damaged(String.format(Locale.ROOT,
					"the next log continues it in the middle of a mutation, after record %d", most));
		}
		return new LogLink(this.number, this.path, this.header, at, most, before, this.bytes, null);
	}

	CorruptIndexException damaged(String what) {
		return damaged(this.path, what);
	}

	/** The segment itself is valid, but what it continues from is not there. */
	CorruptIndexException unconnected(String why) {
		return new CorruptIndexException(this.path,
				String.format(Locale.ROOT, "%s cannot be replayed: %s", this.path, why), null);
	}

	static CorruptIndexException damaged(Path path, String what) {
		return new CorruptIndexException(path, String.format(Locale.ROOT, "%s is damaged: %s", path, what), null);
	}

}
