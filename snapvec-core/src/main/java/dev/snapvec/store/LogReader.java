package dev.snapvec.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one WAL segment. Not thread-safe.
 */
final class LogReader implements Closeable {

	private static final int WINDOW = 1 << 20;

	/** Contents up to this many bytes are read without further checks. */
	private static final int SHORT = 1 << 10;

	private static final int MOST_IN_MEMORY = 1 << 26;

	private final Path path;

	private final FileChannel channel;

	private final long size;

	/** CRCs of what follows an invalid record, computed when first needed. */
	private @Nullable PartCrcs crcs;

	LogReader(Path path) throws IOException {
		this.path = path;
		this.channel = FileChannel.open(path, StandardOpenOption.READ);
		this.size = this.channel.size();
	}

	/**
	 * The valid prefix of a segment.
	 *
	 * @param end its end, in bytes
	 * @param records number of valid records
	 * @param mutations number of complete mutations in them
	 * @param damage the damage behind it, or null if there is none but a torn tail
	 */
	record Sound(long end, long records, long mutations, @Nullable String damage) {
	}

	long size() {
		return this.size;
	}

	private ByteBuffer read(long at, int bytes) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
		while (buffer.hasRemaining()) {
			if (this.channel.read(buffer, at + buffer.position()) < 0) {
				throw new IOException("it was truncated while it was read");
			}
		}
		return buffer.flip();
	}

	/**
	 * @return the header, or null if the writer ended before it was written
	 * @throws CorruptIndexException if the header is invalid
	 */
	@Nullable LogHeader header() throws IOException {
		if (this.size < LogHeader.BYTES) {
			return null;
		}
		ByteBuffer bytes = read(0, LogHeader.BYTES);
		if (LogHeader.hasMagic(bytes) && LogHeader.version(bytes) > LogHeader.VERSION) {
			throw new UnsupportedVersionException(this.path,
					String.format(Locale.ROOT,
							"%s cannot be read: it is a log of version %d; readable are versions 1 to %d", this.path,
							LogHeader.version(bytes), LogHeader.VERSION),
					null);
		}
		if (LogHeader.hasMagic(bytes) && LogHeader.isSound(bytes)) {
			return LogHeader.of(bytes);
		}
		if (hasOnlyZeros(LogHeader.BYTES)) {
			return null;
		}
		throw new CorruptIndexException(this.path,
				String.format(Locale.ROOT,
						"%s is damaged: its first %d bytes are not a log header, but %d bytes of records follow",
						this.path, LogHeader.BYTES, this.size - LogHeader.BYTES),
				null);
	}

	/**
	 * Whether only zeros follow a position. Records are written after the header is on
	 * disk, and a crash can leave a file longer, by zeros, without the data.
	 */
	private boolean hasOnlyZeros(long from) throws IOException {
		for (long at = from; at < this.size; at += WINDOW) {
			byte[] window = read(at, (int) Math.min(WINDOW, this.size - at)).array();
			for (byte each : window) {
				if (each != 0) {
					return false;
				}
			}
		}
		return true;
	}

	/** Checks all records. */
	Sound check() throws IOException {
		long end = LogHeader.BYTES;
		long records = 0;
		long mutations = 0;
		long at = end;
		long number = 1;
		while (at < this.size) {
			LogRecord record = record(at, number, number);
			if (record == null) {
				return new Sound(end, records, mutations, damage(at, number));
			}
			at += record.bytes();
			if (!record.more()) {
				end = at;
				records = number;
				mutations++;
			}
			number++;
		}
		return new Sound(end, records, mutations, null);
	}

	/** The record at a position, if there is a valid one whose number is in a range. */
	@Nullable LogRecord record(long at, long least, long most) throws IOException {
		if (at + LogRecord.FRAME > this.size) {
			return null;
		}
		ByteBuffer frame = read(at, LogRecord.FRAME);
		return isRecord(frame, at, least, most) ? record(at, frame.getInt(0)) : null;
	}

	private @Nullable LogRecord record(long at, int content) throws IOException {
		ByteBuffer record = read(at, LogRecord.FRAME + content);
		return LogRecord.isSound(record) ? LogRecord.of(record) : null;
	}

	private boolean isRecord(ByteBuffer frame, long at, long least, long most) {
		int offset = frame.position();
		int content = frame.getInt(offset);
		long number = frame.getLong(offset + 8);
		return number >= least && number <= most && content >= 0 && content <= LogRecord.LONGEST
				&& content <= this.size - at - LogRecord.FRAME;
	}

	/** The damage that records behind an invalid record reveal. */
	private @Nullable String damage(long unsound, long number) throws IOException {
		long most = number + (this.size - unsound) / LogRecord.FRAME;
		long last = 0;
		boolean wasForced = false;
		long at = unsound + 1;
		while (at + LogRecord.FRAME <= this.size) {
			ByteBuffer window = read(at, (int) Math.min(WINDOW, this.size - at));
			long next = at + window.limit() - LogRecord.FRAME + 1;
			while (window.remaining() >= LogRecord.FRAME) {
				long place = at + window.position();
				LogRecord record = isRecord(window, place, Math.max(number, last) + 1, most)
						&& mayBeSound(window, place, unsound) ? record(place, window.getInt(window.position())) : null;
				if (record == null) {
					window.position(window.position() + 1);
					continue;
				}
				last = record.number();
				wasForced |= record.forced() >= number;
				next = place + record.bytes();
				if (record.bytes() > window.remaining()) {
					break;
				}
				window.position(window.position() + record.bytes());
				next = Math.max(next, at + window.limit() - LogRecord.FRAME + 1);
			}
			at = next;
		}
		return wasForced ? String.format(Locale.ROOT,
				"record %d, at byte %d, is damaged though it was on disk once; records up to %d follow it,"
						+ " which cannot be applied without it",
				number, unsound, last) : null;
	}

	/** Copies everything up to an end. */
	void copyTo(WritableByteChannel target, long end) throws IOException {
		for (long at = 0; at < end; at += WINDOW) {
			ByteBuffer window = read(at, (int) Math.min(WINDOW, end - at));
			while (window.hasRemaining()) {
				target.write(window);
			}
		}
	}

	/**
	 * Any eight bytes can look like the start of a record whose content is all the rest
	 * of the file. Reading each candidate would take time quadratic in the size of the
	 * file.
	 */
	private boolean mayBeSound(ByteBuffer frame, long at, long unsound) throws IOException {
		int content = frame.getInt(frame.position());
		if (content <= SHORT) {
			return true;
		}
		if (this.crcs == null) {
			this.crcs = new PartCrcs(bytes(unsound), unsound, this.size);
		}
		return this.crcs.of(at + LogRecord.CHECKED_FROM, at + LogRecord.FRAME + content) == frame
			.getInt(frame.position() + 4);
	}

	/** The bytes from a position on, held in memory if they are few. */
	private PartCrcs.Bytes bytes(long from) throws IOException {
		if (this.size - from > MOST_IN_MEMORY) {
			return (at, count) -> read(at, count).array();
		}
		byte[] all = read(from, (int) (this.size - from)).array();
		return (at, count) -> Arrays.copyOfRange(all, (int) (at - from), (int) (at - from) + count);
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
