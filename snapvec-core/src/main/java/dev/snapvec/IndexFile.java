package dev.snapvec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import dev.snapvec.internal.file.Attributes;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.IndexHeader;
import dev.snapvec.internal.file.IvfPqFormat;
import dev.snapvec.internal.file.PqFormat;
import dev.snapvec.internal.file.ResidualFormat;
import dev.snapvec.internal.file.SnapFormat;

/**
 * What an index file says of itself, read without its rows.
 *
 * @param path the file
 * @param type the class it loads as, such as {@code SnapIndex}
 * @param version the version of its format
 * @param dimension length of the vectors
 * @param rows how many rows it holds
 * @param parameters seed, normalized, similarity, correctedScores, and the type's own
 * parameters by name
 * @param attributes what is noted of the index
 * @param bytes the file's size
 * @param checksummed whether it ends with a checksum, which {@link #verify} compares;
 * some old versions have none
 * @since 0.1.0
 */
public record IndexFile(Path path, String type, int version, int dimension, int rows, Map<String, Object> parameters,
		Map<String, String> attributes, long bytes, boolean checksummed) {

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
			IndexHeader header = IndexHeader.read(source);
			Map<String, String> attributes = Attributes.find(source, header).values();
			if (header instanceof SnapFormat.Header snap) {
				return of(path, source, attributes, SnapIndex.class, header, SnapIndex.parameters(snap, attributes));
			}
			if (header instanceof ResidualFormat.Header residual) {
				return of(path, source, attributes, ResidualSnapIndex.class, header,
						ResidualSnapIndex.parameters(residual, attributes));
			}
			if (header instanceof PqFormat.Header pq) {
				return of(path, source, attributes, PqSnapIndex.class, header, PqSnapIndex.parameters(pq, attributes));
			}
			return of(path, source, attributes, IvfPqSnapIndex.class, header,
					IvfPqSnapIndex.parameters((IvfPqFormat.Header) header, attributes));
		});
	}

	private static IndexFile of(Path path, FileSource source, Map<String, String> attributes,
			Class<? extends VectorIndex> type, IndexHeader header, Map<String, Object> parameters) throws IOException {
		IndexSettings settings = IndexSettings.ofFile(header, attributes, LoadOptions.defaults());
		return new IndexFile(path, type.getSimpleName(), source.version(), header.dimension(), header.rows(),
				settings.withParameters(parameters), settings.attributes(), source.size(), source.hasChecksum());
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
