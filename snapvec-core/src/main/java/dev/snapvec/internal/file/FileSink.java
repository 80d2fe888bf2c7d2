package dev.snapvec.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Writes an index file, little-endian, with its checksum at the end. Not thread-safe.
 */
public final class FileSink {

	private static final int BUFFER = 1 << 17;

	private final WritableByteChannel channel;

	private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

	private final CRC32 crc = new CRC32();

	FileSink(WritableByteChannel channel) {
		this.channel = channel;
	}

	private void room(int bytes) throws IOException {
		if (this.buffer.remaining() < bytes) {
			flush();
		}
	}

	private void flush() throws IOException {
		this.buffer.flip();
		this.crc.update(this.buffer.duplicate());
		drain();
	}

	private void drain() throws IOException {
		while (this.buffer.hasRemaining()) {
			this.channel.write(this.buffer);
		}
		this.buffer.clear();
	}

	/** Writes magic and version. */
	public void header(FileKind kind) throws IOException {
		byte[] magic = kind.magic().getBytes(StandardCharsets.US_ASCII);
		bytes(magic, 0, magic.length);
		u32(kind.version());
	}

	public void u16(int value) throws IOException {
		room(Short.BYTES);
		this.buffer.putShort((short) value);
	}

	public void u32(long value) throws IOException {
		room(Integer.BYTES);
		this.buffer.putInt((int) value);
	}

	public void i64(long value) throws IOException {
		room(Long.BYTES);
		this.buffer.putLong(value);
	}

	public void bytes(byte[] bytes, int from, int count) throws IOException {
		int done = 0;
		while (done < count) {
			room(1);
			int some = Math.min(count - done, this.buffer.remaining());
			this.buffer.put(bytes, from + done, some);
			done += some;
		}
	}

	public void floats(float[] floats, int count) throws IOException {
		for (int i = 0; i < count; i++) {
			room(Float.BYTES);
			this.buffer.putFloat(floats[i]);
		}
	}

	public void shorts(short[] shorts, int count) throws IOException {
		for (int i = 0; i < count; i++) {
			room(Short.BYTES);
			this.buffer.putShort(shorts[i]);
		}
	}

	/** Writes the checksum of everything written so far. */
	void finish() throws IOException {
		flush();
		Trailer.put(this.buffer, (int) this.crc.getValue());
		this.buffer.flip();
		drain();
	}

}
