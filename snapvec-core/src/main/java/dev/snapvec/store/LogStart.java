package dev.snapvec.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

import dev.snapvec.internal.file.AtomicFile;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a new segment: its header, and records copied from the segment
 * before it, renumbered.
 *
 * @param header the header
 * @param source the segment to copy records from, or null for none
 * @param from the number of its records to skip
 * @param to the number of its records
 */
record LogStart(LogHeader header, @Nullable Path source, long from, long to) implements AtomicFile.Bytes {

	static LogStart empty(LogHeader header) {
		return new LogStart(header, null, 0, 0);
	}

	/** The number of records copied. */
	long records() {
		return this.to - this.from;
	}

	@Override
	public void writeTo(WritableByteChannel channel) throws IOException {
		write(channel, ByteBuffer.wrap(this.header.toBytes()));
		if (this.source == null || records() == 0) {
			return;
		}
		try (LogReader reader = new LogReader(this.source)) {
			long at = LogHeader.BYTES;
			for (long number = 1; number <= this.to; number++) {
				LogRecord record = reader.record(at, number, number);
				if (record == null) {
					throw new IOException(this.source + " changed while it was read");
				}
				if (number > this.from) {
					ByteBuffer bytes = ByteBuffer.wrap(record.content().array()).order(ByteOrder.LITTLE_ENDIAN);
					LogRecord.seal(bytes, number - this.from, 0);
					write(channel, bytes);
				}
				at += record.bytes();
			}
		}
	}

	private static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			channel.write(bytes);
		}
	}

}
