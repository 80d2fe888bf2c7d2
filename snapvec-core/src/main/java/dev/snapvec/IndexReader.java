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
 * Reads index files and says in the API's terms what is wrong with them.
 */
final class IndexReader {

	/**
	 * Bytes of a file whose checksum is compared if something else is wrong: damage would
	 * explain it. The holes of a sparse file can be so many that it would never end.
	 */
	private static final long MOST_EXPLAINED = 1L << 30;

	private IndexReader() {
	}

	/** Reads something of an opened file. */
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
		return open(path, (source) -> read(source, options, true));
	}

	/** Checks all that {@link #load} does, and keeps no rows. */
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
			throw new MalformedFileException("its header is wrong: " + ex.getMessage());
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

	/** Begins to compare the checksum beside what else is done, if there is room. */
	private static FutureTask<@Nullable Void> verification(FileSource source, LoadOptions options) {
		FutureTask<@Nullable Void> verification = new FutureTask<>(() -> {
			source.verify();
			return null;
		});
		try {
			options.executor().execute(verification);
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

}
