package dev.snapvec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

import dev.snapvec.internal.file.Attributes;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.MalformedFileException;
import dev.snapvec.internal.file.UnknownVersionException;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.DuplicateId;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowStore;
import org.jspecify.annotations.Nullable;

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
			throw new CorruptIndexException(path,
					String.format(Locale.ROOT, "%s is not a sound index file: %s", path, ex.getMessage()), ex);
		}
		catch (UnknownVersionException ex) {
			throw new UnsupportedVersionException(path,
					String.format(Locale.ROOT, "%s cannot be read: %s", path, ex.getMessage()), ex);
		}
		catch (IOException ex) {
			throw new IndexIoException(path, "read", ex);
		}
	}

	static VectorIndex load(Path path, LoadOptions options) {
		return open(path, (source) -> {
			FutureTask<@Nullable Void> verification = verification(source, options);
			VectorIndex index;
			try {
				index = read(source, options);
			}
			catch (IOException | RuntimeException | Error ex) {
				try {
					await(verification);
				}
				catch (MalformedFileException damage) {
					// explains whatever else is wrong
					throw damage;
				}
				catch (IOException | RuntimeException | Error other) {
					ex.addSuppressed(other);
				}
				throw ex;
			}
			await(verification);
			return index;
		});
	}

	private static VectorIndex read(FileSource source, LoadOptions options) throws IOException {
		Attributes attributes = Attributes.find(source);
		return switch (source.kind()) {
			case SNAP -> SnapIndex.read(source, attributes, options);
			case RESIDUAL -> ResidualSnapIndex.read(source, attributes, options);
			case PQ -> PqSnapIndex.read(source, attributes, options);
			case IVF_PQ -> IvfPqSnapIndex.read(source, attributes, options);
		};
	}

	/** Begins to compare the checksum beside what else is done, if there is room. */
	private static FutureTask<@Nullable Void> verification(FileSource source, LoadOptions options) {
		FutureTask<@Nullable Void> verification = new FutureTask<>(() -> {
			source.verify();
			return null;
		});
		try {
			IndexSettings.executor(options).execute(verification);
		}
		catch (RejectedExecutionException ex) {
			// then it is done at the end
		}
		return verification;
	}

	private static void await(FutureTask<@Nullable Void> verification) throws IOException {
		verification.run();
		boolean interrupted = false;
		try {
			while (true) {
				try {
					verification.get();
					return;
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof IOException cause) {
				throw cause;
			}
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw new IllegalStateException("the checksum could not be compared", ex.getCause());
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** Makes ids findable, and works out what the file does not hold of its rows. */
	static RowStore finish(RowLoader loader, Quantizer quantizer, int[] listOffsets) throws IOException {
		loader.run(loader.blocks() + 1, (task) -> {
			if (task == 0) {
				indexIds(loader);
				return;
			}
			int row = (task - 1) * RowBlock.ROWS;
			int rows = Math.min(RowBlock.ROWS, loader.count() - row);
			quantizer.complete(loader.block(row), lists(listOffsets, row, rows), rows);
		});
		return loader.finish(listOffsets);
	}

	private static void indexIds(RowLoader loader) throws MalformedFileException {
		DuplicateId duplicate = loader.indexIds();
		if (duplicate != null) {
			throw new MalformedFileException(String.format(Locale.ROOT, "rows %d and %d have the same id '%s'",
					duplicate.first(), duplicate.second(), duplicate.id()));
		}
	}

	/** The list of each row, 0 where there are none. */
	private static int[] lists(int[] listOffsets, int row, int rows) {
		int[] lists = new int[rows];
		int list = 0;
		for (int i = 0; i < rows && listOffsets.length > 1; i++) {
			while (listOffsets[list + 1] <= row + i) {
				list++;
			}
			lists[i] = list;
		}
		return lists;
	}

}
