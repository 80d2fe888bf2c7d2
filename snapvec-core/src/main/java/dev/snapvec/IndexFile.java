package dev.snapvec;

import java.nio.file.Path;
import java.util.Map;

import dev.snapvec.internal.type.FileHeader;

/**
 * What an index file says of itself, read without its rows.
 *
 * @param path the file
 * @param spec the index that it loads as
 * @param version the version of its format
 * @param rows how many rows it holds
 * @param attributes what is noted of the index
 * @param bytes the file's size
 * @param checksummed whether it ends with a checksum, which {@link #verify} compares;
 * some old versions have none
 * @since 0.1.0
 */
public record IndexFile(Path path, IndexSpec spec, int version, int rows, Map<String, String> attributes, long bytes,
		boolean checksummed) {

	/**
	 * Returns the class it loads as.
	 * @return its simple name, such as {@code SnapIndex}
	 */
	public String type() {
		return this.spec.type().indexClass().getSimpleName();
	}

	/**
	 * Returns the dimension.
	 * @return coordinates of a vector
	 */
	public int dimension() {
		return this.spec.dimension();
	}

	/**
	 * Returns the settings by name.
	 * @return seed, normalized, similarity, correctedScores, and the type's own
	 * parameters; immutable
	 */
	public Map<String, Object> parameters() {
		return this.spec.parameters();
	}

	/**
	 * Reads what a file says of itself: its header, and of its ids the lengths, behind
	 * which its attributes are. That takes time for the ids, but not for the vectors, and
	 * next to no memory. That its rows are sound is not checked.
	 * @param path a file that an index was saved to
	 * @return its description
	 * @throws CorruptIndexException if the file is not an index or truncated
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
	 * Checks all that {@link VectorIndex#load(Path)} does, the checksum included, but
	 * holds only the ids in memory: a file that passes loads, and one that does not pass
	 * does not load.
	 * @param path a file that an index was saved to
	 * @return whether it has a checksum, which then is right
	 * @throws CorruptIndexException if the file is damaged, truncated or not an index
	 * @throws UnsupportedVersionException if its format is newer than this library
	 * @throws IndexIoException if it cannot be read
	 */
	public static boolean verify(Path path) {
		return IndexReader.verify(path);
	}

}
