package dev.snapvec.internal.file;

import java.io.IOException;

import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * The part of a file that holds the norm of each row, unless all vectors are unit
 * vectors.
 *
 * @param normalized whether they are
 */
public record NormSection(boolean normalized) {

	public long bytes(int rows) {
		return this.normalized ? 0 : (long) rows * Float.BYTES;
	}

	public void read(FileSource source, RowLoader loader) throws IOException {
		if (!this.normalized) {
			FloatSection.read(source, loader, FloatColumn.NORM, Float.MAX_VALUE);
		}
	}

	public void write(FileSink sink, RowOrder order) throws IOException {
		if (!this.normalized) {
			FloatSection.write(sink, order, FloatColumn.NORM);
		}
	}

}
