package dev.snapvec.internal.file;

import java.io.IOException;
import java.util.Locale;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * A section with one float32 per row.
 */
public final class FloatSection {

	private FloatSection() {
	}

	/**
	 * Reads the numbers of all rows.
	 * @param most highest valid value
	 */
	public static void read(FileSource source, RowLoader loader, FloatColumn column, float most) throws IOException {
		float[] batch = new float[Math.min(Groups.BLOCK, loader.count())];
		for (int row = 0; row < loader.count(); row += Groups.BLOCK) {
			int rows = Math.min(Groups.BLOCK, loader.count() - row);
			source.floats(batch, 0, rows);
			for (int i = 0; i < rows; i++) {
				if (!(batch[i] >= 0 && batch[i] <= most)) {
					throw new MalformedFileException(
							String.format(Locale.ROOT, "the %s of row %d must be between 0 and %s, but was %s",
									column.name().toLowerCase(Locale.ROOT), row + i, most, batch[i]));
				}
			}
			loader.floats(column, row, batch, rows);
		}
	}

	public static void write(FileSink sink, RowOrder order, FloatColumn column) throws IOException {
		order.forEachFloats(column, (floats, count) -> sink.floats(floats, count));
	}

}
