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
 * The file format of one spec: everything between magic and version, which come before,
 * and ids, attributes and checksum, which come behind and which all types share.
 * Immutable. See docs/formats.md.
 */
public interface IndexFormat {

	/**
	 * @return magic and version
	 */
	FileKind kind();

	/**
	 * @return the spec as far as the header holds it, with the default scores and
	 * searches
	 */
	IndexSpec inHeader();

	/**
	 * @param rows number of rows
	 * @param version the version of the file
	 * @return bytes between the header and the first id
	 */
	long bytesBeforeIds(int rows, int version);

	/**
	 * Reads the trained parameters, if any, and creates the quantizer.
	 * @param source the file, read up to the end of its header
	 * @return the quantizer
	 * @throws dev.snapvec.internal.file.MalformedFileException if the file violates its
	 * format
	 * @throws IOException if the parameters need more heap than the JVM has, or reading
	 * fails
	 */
	Quantizer readQuantizer(FileSource source) throws IOException;

	/**
	 * Reads all parts of the rows except their ids.
	 * @param source the file, read up to the end of the trained parameters
	 * @param loader receives the rows
	 * @return start of each list and end of the last one, or a single 0 for types without
	 * lists
	 * @throws dev.snapvec.internal.file.MalformedFileException if the file violates its
	 * format
	 * @throws IOException if reading fails
	 */
	int[] readRows(FileSource source, RowLoader loader) throws IOException;

	/**
	 * Writes the header, the trained parameters, and all parts of the rows except their
	 * ids.
	 * @param sink the file, written up to the end of its version
	 * @param quantizer the index's quantizer
	 * @param order the rows
	 * @throws IOException if writing fails
	 */
	void write(FileSink sink, Quantizer quantizer, RowOrder order) throws IOException;

}
