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
	 * Reads what a file says of itself, in a time that does not depend on its size. That
	 * its rows are sound is not checked.
	 * @param path a file that an index was saved to
	 * @return its description
	 * @throws CorruptIndexException if the file is not an index or truncated
	 * @throws UnsupportedVersionException if its format is newer than this library
	 * @throws IndexIoException if it cannot be read
	 */
	public static IndexFile describe(Path path) {
		return IndexReader.open(path, (source) -> {
			Map<String, String> attributes = Attributes.find(source).values();
			return switch (source.kind()) {
				case SNAP -> {
					SnapFormat.Header header = SnapFormat.readHeader(source);
					yield of(path, source, attributes, SnapIndex.class, header, SnapIndex.parameters(header));
				}
				case RESIDUAL -> {
					ResidualFormat.Header header = ResidualFormat.readHeader(source);
					yield of(path, source, attributes, ResidualSnapIndex.class, header,
							ResidualSnapIndex.parameters(header, attributes));
				}
				case PQ -> {
					PqFormat.Header header = PqFormat.readHeader(source);
					yield of(path, source, attributes, PqSnapIndex.class, header, PqSnapIndex.parameters(header));
				}
				case IVF_PQ -> {
					IvfPqFormat.Header header = IvfPqFormat.readHeader(source);
					yield of(path, source, attributes, IvfPqSnapIndex.class, header,
							IvfPqSnapIndex.parameters(header, attributes));
				}
			};
		});
	}

	private static IndexFile of(Path path, FileSource source, Map<String, String> attributes,
			Class<? extends VectorIndex> type, IndexHeader header, Map<String, Object> parameters) throws IOException {
		IndexSettings settings = IndexSettings.ofFile(header, attributes, LoadOptions.defaults());
		return new IndexFile(path, type.getSimpleName(), source.version(), header.dimension(), header.rows(),
				settings.withParameters(parameters), settings.attributes(), source.size(), source.hasChecksum());
	}

	/**
	 * Reads a whole file and compares its checksum.
	 * @param path a file that an index was saved to
	 * @return whether it has a checksum, which then is right
	 * @throws CorruptIndexException if the checksum is wrong, or the file is not an index
	 * or truncated
	 * @throws UnsupportedVersionException if its format is newer than this library
	 * @throws IndexIoException if it cannot be read
	 */
	public static boolean verify(Path path) {
		return IndexReader.open(path, (source) -> {
			source.verify();
			return source.hasChecksum();
		});
	}

}
