package dev.snapvec.internal.file;

import java.io.IOException;

import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * The section with the norm of each row, which is absent if all vectors are unit vectors.
 *
 * @param normalized whether all vectors are unit vectors
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
