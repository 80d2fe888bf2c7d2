package dev.snapvec.internal.file;

import java.io.IOException;
import java.util.Locale;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;
import dev.snapvec.internal.rows.View;

/**
 * The numbers of the rows: a block between the ids and the attributes, which Python
 * ignores. A file of an index without numbers has no such block. <pre>
 * "SNUM"
 * i64 commit of the documents that the file belongs to, or 0
 * i64 highest number ever given
 * i64 number[n]              0 for a row without
 * "SNUM"
 * </pre> Like the attributes, it is located by its start.
 */
public final class NumberSection {

	private static final int TAG = 'S' | 'N' << 8 | 'U' << 16 | 'M' << 24;

	private static final int TAG_BYTES = 4;

	private NumberSection() {
	}

	/**
	 * @param source the file, read up to the end of its ids
	 * @return whether it has numbers
	 * @throws IOException if reading fails
	 */
	public static boolean isNext(FileSource source) throws IOException {
		return source.remaining() >= TAG_BYTES && source.nextInt() == TAG;
	}

	/** Skips the numbers, if there are any. */
	static void skip(FileSource source, int rows) throws IOException {
		if (isNext(source)) {
			source.u32();
			source.skip((rows + 2L) * Long.BYTES, "its numbers");
			requireEnd(source);
		}
	}

	private static void requireEnd(FileSource source) throws IOException {
		if (source.remaining() < TAG_BYTES || source.u32() != TAG) {
			throw new MalformedFileException("its numbers do not end with SNUM");
		}
	}

	/**
	 * Reads the numbers.
	 * @param source the file, read up to the tag
	 * @param loader receives them
	 * @return the commit of the documents, or 0 for none
	 * @throws MalformedFileException if the file violates its format
	 * @throws IOException if reading fails
	 */
	public static long read(FileSource source, RowLoader loader) throws IOException {
		source.u32();
		source.require((loader.count() + 2L) * Long.BYTES + TAG_BYTES, "its numbers");
		long commit = atLeastZero("commit", source.i64());
		long highest = atLeastZero("highest number", source.i64());
		if (highest > View.MOST_NUMBER) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"its highest number must be at most %d, but was %d", View.MOST_NUMBER, highest));
		}
		loader.numbered(highest);
		long[] numbers = new long[Math.min(Groups.BLOCK, loader.count())];
		for (int row = 0; row < loader.count(); row += Groups.BLOCK) {
			int rows = Math.min(Groups.BLOCK, loader.count() - row);
			for (int i = 0; i < rows; i++) {
				numbers[i] = source.i64();
				if (numbers[i] < 0 || numbers[i] > highest) {
					throw new MalformedFileException(String.format(Locale.ROOT,
							"the number of row %d must be between 0 and %d, but was %d", row + i, highest, numbers[i]));
				}
			}
			loader.numbers(row, numbers, rows);
		}
		requireEnd(source);
		return commit;
	}

	private static long atLeastZero(String what, long value) throws MalformedFileException {
		if (value < 0) {
			throw new MalformedFileException(
					String.format(Locale.ROOT, "its %s must be at least 0, but was %d", what, value));
		}
		return value;
	}

	/**
	 * Writes the numbers, if there are any.
	 * @param sink the file, written up to the end of its ids
	 * @param order the rows
	 * @param commit the commit of the documents that the file belongs to, or 0
	 * @throws IOException if writing fails
	 */
	public static void write(FileSink sink, RowOrder order, long commit) throws IOException {
		if (order.newestNumber() == 0 && commit == 0) {
			return;
		}
		sink.u32(TAG);
		sink.i64(commit);
		sink.i64(order.newestNumber());
		for (int i = 0; i < order.size(); i++) {
			sink.i64(order.number(i));
		}
		sink.u32(TAG);
	}

}
