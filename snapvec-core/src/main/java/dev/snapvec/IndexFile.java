package dev.snapvec;

import java.nio.file.Path;
import java.util.Map;

import dev.snapvec.internal.type.FileHeader;

/**
 * Description of an index file, read without its rows. Immutable.
 *
 * @param path the file
 * @param spec type and settings of the index
 * @param version version of the file format
 * @param rows number of rows
 * @param attributes attributes of the index, immutable
 * @param bytes size of the file in bytes
 * @param checksummed whether the file ends with a checksum, which {@link #verify} checks;
 * some old versions have none
 * @since 0.1.0
 */
public record IndexFile(Path path, IndexSpec spec, int version, int rows, Map<String, String> attributes, long bytes,
		boolean checksummed) {

	/**
	 * Returns the class of the index.
	 * @return its simple name, such as {@code SnapIndex}
	 */
	public String type() {
		return this.spec.type().indexClass().getSimpleName();
	}

	/**
	 * {@return the dimension of the vectors}
	 */
	public int dimension() {
		return this.spec.dimension();
	}

	/**
	 * Returns the settings by name, without type and dimension.
	 * @return seed, normalized, similarity, correctedScores, and the type's own
	 * parameters; immutable
	 */
	public Map<String, Object> parameters() {
		return this.spec.parameters();
	}

	/**
	 * Describes a file from its header and its attributes. The attributes are behind the
	 * ids, so the lengths of all ids are read, but neither ids nor vectors are kept, and
	 * hardly any memory is needed. Rows are not checked.
	 * @param path a file that an index was saved to
	 * @return the description
	 * @throws CorruptIndexException if the file is not an index file or is truncated
	 * @throws UnsupportedVersionException if its format is newer than this library
	 * @throws IndexIoException if it cannot be read
	 */
	public static IndexFile describe(Path path) {
		return IndexReader.open(path, (source) -> {
			FileHeader header = IndexReader.header(source);
			Map<String, String> attributes = IndexReader.attributes(source, header).values();
			return new IndexFile(path, ReservedAttributes.read(header.spec(), attributes), source.version(),
					header.rows(), UserAttributes.checked(ReservedAttributes.without(attributes)), source.size(),
					source.hasChecksum());
		});
	}

	/**
	 * Checks everything that {@link VectorIndex#load(Path)} checks, including the
	 * checksum, but holds only ids and numbers in memory. A file loads if and only if it
	 * passes.
	 * @param path a file that an index was saved to
	 * @return whether the file has a checksum, which then matches
	 * @throws CorruptIndexException if the file is damaged, truncated or not an index
	 * file
	 * @throws UnsupportedVersionException if its format is newer than this library
	 * @throws IndexIoException if it cannot be read
	 */
	public static boolean verify(Path path) {
		return IndexReader.verify(path);
	}

}
