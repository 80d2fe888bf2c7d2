package dev.snapvec.internal.type;

import java.io.IOException;

import dev.snapvec.IndexSpec;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.IdSection;

/**
 * What the header of an index file says.
 *
 * @param spec the index, with the default scores and searches of its type; attributes of
 * the file may say otherwise
 * @param rows how many rows the file holds
 * @param bytesBeforeIds bytes between the header and the first id
 */
public record FileHeader(IndexSpec spec, int rows, long bytesBeforeIds) {

	/** Reads the header of files of one type. */
	@FunctionalInterface
	public interface Reader {

		/**
		 * @param source the file, read up to the end of its version
		 * @return its header
		 * @throws dev.snapvec.InvalidSpecException if it holds a setting that cannot be
		 * @throws dev.snapvec.internal.file.MalformedFileException if it holds what
		 * cannot be, or more than the file
		 * @throws IOException if reading fails
		 */
		FileHeader read(FileSource source) throws IOException;

	}

	/**
	 * Requires that what the header announces fits into the rest of the file.
	 * @param source the file, read up to the end of the header
	 * @param format how the index is written
	 * @param spec the index
	 * @param rows how many rows the file holds
	 * @param what what it should hold, as a format, for the error
	 * @param values what to put into that
	 * @return the header
	 * @throws dev.snapvec.internal.file.MalformedFileException if it does not fit
	 * @throws IOException if reading fails
	 */
	public static FileHeader requireFits(FileSource source, IndexFormat format, IndexSpec spec, int rows, String what,
			Object... values) throws IOException {
		long bytes = format.bytesBeforeIds(rows, source.version());
		source.require(bytes + IdSection.leastBytes(rows), what, values);
		return new FileHeader(spec, rows, bytes);
	}

}
