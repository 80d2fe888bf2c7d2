package dev.snapvec;

import java.io.IOException;
import java.nio.file.Path;

import dev.snapvec.internal.file.Attributes;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.MalformedFileException;
import dev.snapvec.internal.file.UnknownVersionException;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowStore;

/**
 * Reads index files and says in the API's terms what is wrong with them.
 */
final class IndexReader {

	private IndexReader() {
	}

	/** Reads something of an opened file. */
	@FunctionalInterface
	interface Reading<T> {

		T read(FileSource source) throws IOException;

	}

	static <T> T open(Path path, Reading<T> reading) {
		try (FileSource source = FileSource.open(path)) {
			return reading.read(source);
		}
		catch (MalformedFileException ex) {
			throw new CorruptIndexException(path, "%s is not a sound index file: %s".formatted(path, ex.getMessage()),
					ex);
		}
		catch (UnknownVersionException ex) {
			throw new UnsupportedVersionException(path, "%s cannot be read: %s".formatted(path, ex.getMessage()), ex);
		}
		catch (IOException ex) {
			throw new IndexIoException(path, "read", ex);
		}
	}

	static VectorIndex load(Path path, LoadOptions options) {
		return open(path, (source) -> {
			source.verify();
			Attributes attributes = Attributes.find(source);
			return switch (source.kind()) {
				case SNAP -> SnapIndex.read(source, attributes, options);
				case RESIDUAL -> ResidualSnapIndex.read(source, attributes, options);
				case PQ -> PqSnapIndex.read(source, attributes, options);
				case IVF_PQ -> IvfPqSnapIndex.read(source, attributes, options);
			};
		});
	}

	/** Works out what the file does not hold of its rows. */
	static RowStore finish(RowLoader loader, Quantizer quantizer, int[] listOffsets) throws IOException {
		RowStore store = loader.finish(listOffsets);
		loader.forEachBlock((row, rows) -> {
			int[] lists = new int[rows];
			for (int i = 0; i < rows && quantizer.layout().partitioned(); i++) {
				lists[i] = store.view().list(row + i);
			}
			quantizer.complete(loader.block(row), lists, rows);
		});
		return store;
	}

}
