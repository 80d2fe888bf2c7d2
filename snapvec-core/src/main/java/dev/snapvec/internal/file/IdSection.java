package dev.snapvec.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * The section with the ids: two bytes for the length and the UTF-8 text of each.
 */
public final class IdSection {

	/** The least size of an id: its length field. */
	private static final int LEAST_BYTES = 2;

	private IdSection() {
	}

	/**
	 * @param rows number of ids
	 * @return the least number of bytes that they take
	 */
	public static long leastBytes(int rows) {
		return (long) rows * LEAST_BYTES;
	}

	/** Skips all ids; reads only their lengths. */
	static void skip(FileSource source, int rows) throws IOException {
		for (int row = 0; row < rows; row++) {
			require(source, LEAST_BYTES, row);
			int length = source.u16();
			require(source, length, row);
			source.skip(length, "an id");
		}
	}

	public static void read(FileSource source, RowLoader loader) throws IOException {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		byte[] utf8 = new byte[1 << 16];
		for (int row = 0; row < loader.count(); row++) {
			require(source, LEAST_BYTES, row);
			int length = source.u16();
			require(source, length, row);
			source.bytes(utf8, length);
			if (!isAscii(utf8, length) && !isWellFormed(decoder, utf8, length)) {
				throw new MalformedFileException(String.format(Locale.ROOT, "the id of row %d is not UTF-8", row));
			}
			loader.id(row, utf8, length);
		}
	}

	private static void require(FileSource source, int bytes, int row) throws IOException {
		// checked here, so that nothing is boxed unless there is an error
		if (source.remaining() < bytes) {
			source.require(bytes, "the id of row %d", row);
		}
	}

	private static boolean isAscii(byte[] utf8, int length) {
		int all = 0;
		for (int i = 0; i < length; i++) {
			all |= utf8[i];
		}
		return all >= 0;
	}

	private static boolean isWellFormed(CharsetDecoder decoder, byte[] utf8, int length) {
		try {
			decoder.decode(ByteBuffer.wrap(utf8, 0, length));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	public static void write(FileSink sink, RowOrder order) throws IOException {
		for (int i = 0; i < order.size(); i++) {
			byte[] utf8 = order.id(i).getBytes(StandardCharsets.UTF_8);
			sink.u16(utf8.length);
			sink.bytes(utf8, 0, utf8.length);
		}
	}

}
