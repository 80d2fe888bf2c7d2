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
import dev.snapvec.internal.type.FileHeader;
import org.jspecify.annotations.Nullable;

/**
 * Reads index files, and translates what is wrong with them into exceptions of the API.
 *
 * @see <a href="https://github.com/">docs/adr/0004-errors-of-files.md</a>
 */
final class IndexReader {

	/**
	 * Largest file, in bytes, whose checksum is checked after something else was found
	 * wrong, because damage would explain it. A sparse file can have holes of a size that
	 * takes forever to read.
	 */
	private static final long MOST_EXPLAINED = 1L << 30;

	private IndexReader() {
	}

	/** Reads from an opened file. */
	@FunctionalInterface
	interface Reading<T> {

		T read(FileSource source) throws IOException;

	}

	static <T> T open(Path path, Reading<T> reading) {
		try (FileSource source = FileSource.open(path, TypeRegistry.KINDS)) {
			return reading.read(source);
		}
		catch (MalformedFileException ex) {
			throw new CorruptIndexException(path,
					String.format(Locale.ROOT, "%s is not a valid index file: %s", path, ex.getMessage()), ex);
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
		return open(path, (source) -> read(source, options, true));
	}

	/** Checks everything that {@link #load} checks, and keeps no rows. */
	static boolean verify(Path path) {
		return open(path, (source) -> {
			read(source, LoadOptions.defaults(), false);
			return source.hasChecksum();
		});
	}

	/** Reads the header of a file of any type. */
	static FileHeader header(FileSource source) throws IOException {
		try {
			return TypeRegistry.of(source.kind()).header().read(source);
		}
		catch (InvalidSpecException ex) {
			throw new MalformedFileException("invalid header: " + ex.getMessage());
		}
	}

	static Attributes attributes(FileSource source, FileHeader header) throws IOException {
		return Attributes.find(source, header.bytesBeforeIds(), header.rows());
	}

	private static VectorIndex read(FileSource source, LoadOptions options, boolean keepRows) throws IOException {
		FileHeader header;
		Attributes attributes;
		try {
			header = header(source);
			Loading.requireHeapForIds(header.rows());
			attributes = attributes(source, header);
		}
		catch (MalformedFileException ex) {
			if (source.size() <= MOST_EXPLAINED) {
				source.verify();
			}
			throw ex;
		}
		FutureTask<@Nullable Void> verification = verification(source, options);
		VectorIndex index;
		try {
			index = new Loading(source, header, options, keepRows).read(attributes.values());
		}
		catch (IOException | RuntimeException | Error ex) {
			if (source.size() > MOST_EXPLAINED) {
				source.abandon();
			}
			try {
				await(verification);
			}
			catch (MalformedFileException damage) {
				throw damage;
			}
			catch (IOException | RuntimeException | Error other) {
				ex.addSuppressed(other);
			}
			throw ex;
		}
		await(verification);
		return index;
	}

	/** Starts to check the checksum in parallel, if the executor accepts that. */
	private static FutureTask<@Nullable Void> verification(FileSource source, LoadOptions options) {
		FutureTask<@Nullable Void> verification = new FutureTask<>(() -> {
			source.verify();
			return null;
		});
		try {
			options.executor().execute(verification);
		}
		catch (RejectedExecutionException ex) {
			// then it is checked at the end
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
			throw new IllegalStateException("the checksum could not be checked", ex.getCause());
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
