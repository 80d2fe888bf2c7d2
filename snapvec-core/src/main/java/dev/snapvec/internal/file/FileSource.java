package dev.snapvec.internal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

import dev.snapvec.internal.code.Groups;

/**
 * Reads an index file from its header to its checksum, little-endian. Nothing is read,
 * and nothing must be allocated, beyond the rest of the file: call {@link #require}
 * first. Not thread-safe, except {@link #section}, {@link #verify} and {@link #abandon}.
 * See docs/adr/0003-files-without-checksum.md.
 */
public final class FileSource implements Closeable {

	private static final int BUFFER = 1 << 17;

	private static final int HEADER = 8;

	private final FileChannel channel;

	private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

	/** Arrays for {@link #section}. */
	private final Queue<byte[]> unused = new ConcurrentLinkedQueue<>();

	private final long size;

	/**
	 * Start of the checksum's trailer, or end of the file. For a file that may lack a
	 * checksum it is known only after its ids were read, because ids may look like a
	 * trailer.
	 */
	private long end;

	private boolean trailer;

	/** Whether the whole content has been read. */
	private boolean ended;

	private volatile boolean abandoned;

	private final FileKind kind;

	private final int version;

	/** Position in the file behind the buffer's content. */
	private long position;

	private FileSource(FileChannel channel, List<FileKind> kinds) throws IOException {
		this.channel = channel;
		long size = channel.size();
		this.size = size;
		if (size < HEADER) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"it has %d bytes, but an index file has at least a header of %d", size, HEADER));
		}
		byte[] magic = readAt(0, 4).array();
		FileKind kind = kinds.stream().filter((one) -> one.is(magic)).findFirst().orElse(null);
		if (kind == null) {
			throw new MalformedFileException(
					String.format(Locale.ROOT, "it begins with %s, but an index file begins with one of %s",
							printable(magic), kinds.stream().map(FileKind::magic).collect(Collectors.joining(", "))));
		}
		this.kind = kind;
		long version = readAt(4, 4).getInt() & 0xffffffffL;
		if (version < 1 || version > kind.version()) {
			throw new UnknownVersionException(kind, version);
		}
		this.version = (int) version;
		this.trailer = kind.alwaysHasTrailer(this.version);
		if (this.trailer && !endsLikeTrailer()) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"it is truncated: %s version %d ends with a checksum, but this file of %d bytes does not",
					kind.magic(), this.version, size));
		}
		this.end = this.trailer ? size - Trailer.BYTES : size;
		this.position = HEADER;
		this.buffer.limit(0);
	}

	/**
	 * Opens a file and reads its magic and version.
	 * @param path the file
	 * @param kinds the kinds of files that can be read
	 * @return the file, positioned behind its version
	 * @throws MalformedFileException if it is not an index file, or truncated
	 * @throws UnknownVersionException if its version cannot be read
	 * @throws IOException if reading fails
	 */
	public static FileSource open(Path path, List<FileKind> kinds) throws IOException {
		FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
		try {
			return new FileSource(channel, kinds);
		}
		catch (IOException | RuntimeException | Error ex) {
			channel.close();
			throw ex;
		}
	}

	private boolean endsLikeTrailer() throws IOException {
		return this.size >= HEADER + Trailer.BYTES && Trailer.isAt(readAt(this.size - Trailer.BYTES, Trailer.BYTES));
	}

	private static String printable(byte[] magic) {
		StringBuilder hex = new StringBuilder("bytes");
		for (byte b : magic) {
			hex.append(String.format(Locale.ROOT, " %02x", b));
		}
		boolean ascii = true;
		for (byte b : magic) {
			ascii &= b > 0x20 && b < 0x7f;
		}
		return ascii ? hex + " (" + new String(magic, StandardCharsets.US_ASCII) + ")" : hex.toString();
	}

	private ByteBuffer readAt(long at, int bytes) throws IOException {
		ByteBuffer target = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
		readAt(at, target);
		return target.flip();
	}

	/** Reads until a buffer is full. */
	private void readAt(long at, ByteBuffer target) throws IOException {
		for (long next = at; target.hasRemaining();) {
			int read = this.channel.read(target, next);
			if (read < 0) {
				throw new MalformedFileException("it was truncated while it was read");
			}
			next += read;
		}
	}

	public FileKind kind() {
		return this.kind;
	}

	public int version() {
		return this.version;
	}

	/**
	 * @return size of the whole file in bytes
	 */
	public long size() {
		return this.size;
	}

	/**
	 * @return whether the file ends with a checksum
	 */
	public boolean hasChecksum() {
		return this.trailer;
	}

	/**
	 * Ends the content here. Only a checksum may follow. An id at the end of a file
	 * without a checksum may look like a checksum; but if it would match except for one
	 * bit, it is one, and that bit is in the length of an id.
	 * @throws MalformedFileException if anything else follows
	 */
	void endHere() throws IOException {
		if (!this.trailer && endsLikeTrailer()) {
			if (remaining() == Trailer.BYTES) {
				this.trailer = true;
				this.end = this.size - Trailer.BYTES;
			}
			else if (remaining() == 0 && Trailer.isOneBitOff(storedChecksum(), checksum(), this.size - Trailer.BYTES)) {
				verify();
			}
		}
		if (remaining() != 0) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"%d bytes follow the last id, which are neither numbers, attributes nor a checksum", remaining()));
		}
		this.ended = true;
	}

	/**
	 * Reads the whole file once and verifies its checksum, if it has one. Until the
	 * content has been read, the last bytes are taken for a checksum if they look like
	 * one.
	 * @throws MalformedFileException if the checksum does not match
	 * @throws IOException if reading fails
	 */
	public void verify() throws IOException {
		if (!this.trailer && (this.ended || !endsLikeTrailer())) {
			return;
		}
		int stored = storedChecksum();
		int computed = checksum();
		if (stored != computed && !this.abandoned) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"its checksum does not match: stored %08x, computed %08x", stored, computed));
		}
	}

	/** Ends {@link #verify} soon, because its outcome is not needed any more. */
	public void abandon() {
		this.abandoned = true;
	}

	private int storedChecksum() throws IOException {
		return Trailer.checksum(readAt(this.size - Trailer.BYTES, Trailer.BYTES));
	}

	/** The checksum of everything before the trailer. */
	private int checksum() throws IOException {
		long end = this.size - Trailer.BYTES;
		CRC32 crc = new CRC32();
		ByteBuffer chunk = ByteBuffer.allocate(BUFFER);
		for (long at = 0; at < end && !this.abandoned; at += chunk.limit()) {
			chunk.clear().limit((int) Math.min(BUFFER, end - at));
			readAt(at, chunk);
			crc.update(chunk.flip());
		}
		return (int) crc.getValue();
	}

	/**
	 * @return number of bytes left before the checksum
	 */
	public long remaining() {
		return this.end - this.position + this.buffer.remaining();
	}

	/**
	 * @param bytes the least number of bytes that the next part takes
	 * @param part its name, as a format string
	 * @param values the arguments of the format string
	 * @throws MalformedFileException if fewer are left
	 */
	public void require(long bytes, String part, Object... values) throws IOException {
		if (bytes > remaining()) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"it is truncated or its header is invalid: %s must take %d bytes, but %d are left",
					String.format(Locale.ROOT, part, values), bytes, remaining()));
		}
	}

	/** Position of the next byte in the file. */
	long position() {
		return this.position - this.buffer.remaining();
	}

	/** Continues at another position within the file. */
	void position(long position) {
		this.buffer.limit(0);
		this.position = position;
	}

	private void fill(int bytes) throws IOException {
		if (this.buffer.remaining() >= bytes) {
			return;
		}
		require(bytes, "a number");
		this.buffer.compact();
		this.buffer.limit((int) Math.min(BUFFER, this.buffer.position() + this.end - this.position));
		int more = this.buffer.remaining();
		readAt(this.position, this.buffer);
		this.position += more;
		this.buffer.flip();
	}

	/**
	 * @return the next two bytes as an unsigned number
	 */
	public int u16() throws IOException {
		fill(Short.BYTES);
		return this.buffer.getShort() & 0xffff;
	}

	/**
	 * @return the next four bytes as an unsigned number
	 */
	public long u32() throws IOException {
		fill(Integer.BYTES);
		return this.buffer.getInt() & 0xffffffffL;
	}

	/** The next four bytes, without consuming them. */
	int nextInt() throws IOException {
		fill(Integer.BYTES);
		return this.buffer.getInt(this.buffer.position());
	}

	/**
	 * @param part name of the number, for the error
	 * @param least lowest valid value
	 * @param most highest valid value
	 * @return the next four bytes as an unsigned number
	 * @throws MalformedFileException if it is out of range
	 */
	public int u32(String part, long least, long most) throws IOException {
		long value = u32();
		if (value < least || value > most) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"its header says %s %d, but it must be %d to %d", part, value, least, most));
		}
		return (int) value;
	}

	/**
	 * @param part its name, for the error
	 * @return the next four bytes as a number of the header, at least 0
	 * @throws MalformedFileException if it is larger than an int
	 */
	public int number(String part) throws IOException {
		return u32(part, 0, Integer.MAX_VALUE);
	}

	/**
	 * @return the next four bytes as a number of rows
	 * @throws MalformedFileException if it exceeds the maximum of an index
	 */
	public int rowCount() throws IOException {
		return u32("row count", 0, Groups.MOST_ROWS);
	}

	public long i64() throws IOException {
		fill(Long.BYTES);
		return this.buffer.getLong();
	}

	/**
	 * @param bytes receives the next bytes
	 * @param count number of bytes
	 */
	public void bytes(byte[] bytes, int count) throws IOException {
		require(count, "the next part");
		int done = 0;
		while (done < count) {
			fill(1);
			int some = Math.min(count - done, this.buffer.remaining());
			this.buffer.get(bytes, done, some);
			done += some;
		}
	}

	/**
	 * @param floats receives the next float32 numbers
	 * @param from position of the first
	 * @param count number of floats
	 */
	public void floats(float[] floats, int from, int count) throws IOException {
		int done = 0;
		while (done < count) {
			fill(Float.BYTES);
			int some = Math.min(count - done, this.buffer.remaining() / Float.BYTES);
			this.buffer.asFloatBuffer().get(floats, from + done, some);
			this.buffer.position(this.buffer.position() + some * Float.BYTES);
			done += some;
		}
	}

	/** Reads bytes of a section. */
	@FunctionalInterface
	public interface SectionReader {

		/**
		 * @param bytes the bytes, at the start of an array that may be longer
		 * @throws IOException if they violate the format
		 */
		void read(byte[] bytes) throws IOException;

	}

	/**
	 * Reads a skipped section. Safe for concurrent use.
	 * @param at position of its first byte in the file
	 * @param count number of bytes
	 * @param reader receives the bytes, at the start of an array that is reused
	 */
	public void section(long at, int count, SectionReader reader) throws IOException {
		byte[] bytes = this.unused.poll();
		if (bytes == null || bytes.length < count) {
			bytes = new byte[count];
		}
		ByteBuffer target = ByteBuffer.wrap(bytes);
		while (target.position() < count) {
			// the JDK caches as much off-heap memory as one read takes
			target.limit(Math.min(count, target.position() + BUFFER));
			readAt(at + target.position(), target);
		}
		reader.read(bytes);
		this.unused.add(bytes);
	}

	/**
	 * Skips a section.
	 * @param bytes number of bytes
	 * @param part its name, for the error
	 * @return position of its first byte in the file
	 */
	public long skip(long bytes, String part) throws IOException {
		require(bytes, part);
		long at = position();
		long buffered = Math.min(bytes, this.buffer.remaining());
		this.buffer.position(this.buffer.position() + (int) buffered);
		this.position += bytes - buffered;
		return at;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
