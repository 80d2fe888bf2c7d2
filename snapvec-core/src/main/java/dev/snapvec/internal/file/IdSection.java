package dev.snapvec.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

import dev.snapvec.internal.rows.DuplicateId;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * The part of a file that holds the ids: two bytes of length and UTF-8 text each.
 */
final class IdSection {

	/** The least an id takes: its length. */
	static final int LEAST_BYTES = 2;

	private IdSection() {
	}

	static void read(FileSource source, RowLoader loader) throws IOException {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		byte[] utf8 = new byte[1 << 16];
		for (int row = 0; row < loader.count(); row++) {
			source.require(LEAST_BYTES, "the id of row " + row);
			int length = source.u16();
			source.require(length, "the id of row " + row);
			source.bytes(utf8, length);
			String id;
			try {
				id = decoder.decode(ByteBuffer.wrap(utf8, 0, length)).toString();
			}
			catch (CharacterCodingException ex) {
				throw new MalformedFileException("the id of row %d is not UTF-8".formatted(row));
			}
			loader.id(row, id);
		}
		DuplicateId duplicate = loader.indexIds();
		if (duplicate != null) {
			throw new MalformedFileException("rows %d and %d have the same id '%s'".formatted(duplicate.first(),
					duplicate.second(), duplicate.id()));
		}
	}

	static void write(FileSink sink, RowOrder order) throws IOException {
		for (int i = 0; i < order.size(); i++) {
			byte[] utf8 = order.id(i).getBytes(StandardCharsets.UTF_8);
			sink.u16(utf8.length);
			sink.bytes(utf8, 0, utf8.length);
		}
	}

}
