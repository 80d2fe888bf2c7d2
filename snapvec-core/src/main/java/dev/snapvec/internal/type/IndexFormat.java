package dev.snapvec.internal.type;

import java.io.IOException;

import dev.snapvec.IndexSpec;
import dev.snapvec.internal.file.FileKind;
import dev.snapvec.internal.file.FileSink;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * How an index of one spec lies in a file, between magic and version before it and ids,
 * attributes and checksum behind it, which all types share. Immutable.
 */
public interface IndexFormat {

	/**
	 * @return magic and version
	 */
	FileKind kind();

	/**
	 * @return the spec as far as the header tells it: with the default scores and
	 * searches
	 */
	IndexSpec inHeader();

	/**
	 * @param rows how many rows
	 * @param version the version of the file
	 * @return bytes between the header and the first id
	 */
	long bytesBeforeIds(int rows, int version);

	/**
	 * Reads what was learned, if anything was, and makes the quantizer.
	 * @param source the file, read up to the end of its header
	 * @return the quantizer
	 * @throws dev.snapvec.internal.file.MalformedFileException if the file holds what
	 * cannot be
	 * @throws IOException if it takes more memory than there is, or reading fails
	 */
	Quantizer readQuantizer(FileSource source) throws IOException;

	/**
	 * Reads everything of the rows but their ids.
	 * @param source the file, read up to the end of what was learned
	 * @param loader receives the rows
	 * @return where each list begins and where the last one ends, or a single 0 where
	 * there are no lists
	 * @throws dev.snapvec.internal.file.MalformedFileException if the file holds what
	 * cannot be
	 * @throws IOException if reading fails
	 */
	int[] readRows(FileSource source, RowLoader loader) throws IOException;

	/**
	 * Writes header, what was learned, and everything of the rows but their ids.
	 * @param sink the file, written up to the end of its version
	 * @param quantizer the index's quantizer
	 * @param order the rows
	 * @throws IOException if writing fails
	 */
	void write(FileSink sink, Quantizer quantizer, RowOrder order) throws IOException;

}
