package dev.snapvec.internal.type;

import java.io.IOException;

import dev.snapvec.IndexSpec;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.IdSection;

/**
 * The header of an index file.
 *
 * @param spec the spec, with the default scores and searches of its type; attributes of
 * the file may override these
 * @param rows number of rows in the file
 * @param bytesBeforeIds bytes between the header and the first id
 */
public record FileHeader(IndexSpec spec, int rows, long bytesBeforeIds) {

	/** Reads the header of files of one type. */
	@FunctionalInterface
	public interface Reader {

		/**
		 * @param source the file, read up to the end of its version
		 * @return its header
		 * @throws dev.snapvec.InvalidSpecException if it holds an invalid setting
		 * @throws dev.snapvec.internal.file.MalformedFileException if it violates the
		 * format, or announces more than the file holds
		 * @throws IOException if reading fails
		 */
		FileHeader read(FileSource source) throws IOException;

	}

	/**
	 * Checks that what the header announces fits into the rest of the file.
	 * @param source the file, read up to the end of the header
	 * @param format the format of the file
	 * @param spec the spec
	 * @param rows number of rows in the file
	 * @param what what the header announces, as a format string, for the error
	 * @param values the arguments of the format string
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
