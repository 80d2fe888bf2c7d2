package dev.snapvec.documents;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.SnapvecException;
import dev.snapvec.StoreLockedException;
import dev.snapvec.UnsupportedVersionException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * Converts failures of Lucene to exceptions of this library.
 *
 * @param directory the directory of the documents
 */
record DocumentErrors(Path directory) {

	/** What may fail. */
	@FunctionalInterface
	interface Call<T> {

		T run() throws IOException;

	}

	/** What may fail, and has no result. */
	@FunctionalInterface
	interface Action {

		void run() throws IOException;

	}

	/**
	 * Runs what may fail, and has no result.
	 * @param attempt what is attempted, as a verb, such as {@code read documents in}
	 */
	void run(String attempt, Action action) {
		named(attempt, () -> {
			action.run();
			return Boolean.TRUE;
		});
	}

	/**
	 * Runs what may fail.
	 * @param attempt what is attempted, as a verb, such as {@code read documents in}
	 */
	<T> T named(String attempt, Call<T> call) {
		try {
			return call.run();
		}
		catch (IOException ex) {
			throw of(attempt, ex);
		}
		catch (AlreadyClosedException ex) {
			throw new IndexIoException(this.directory, attempt, new IOException(ex.getMessage(), ex));
		}
	}

	private SnapvecException of(String attempt, IOException ex) {
		if (ex instanceof LockObtainFailedException) {
			return new StoreLockedException(this.directory,
					String.format(Locale.ROOT, "cannot %s %s: another writer has it open", attempt, this.directory));
		}
		if (ex instanceof IndexFormatTooNewException) {
			return new UnsupportedVersionException(this.directory,
					String.format(Locale.ROOT, "cannot %s %s: they were written by a newer version of Lucene; %s",
							attempt, this.directory, ex.getMessage()),
					ex);
		}
		if (isDamage(ex)) {
			return new CorruptIndexException(this.directory,
					String.format(Locale.ROOT, "the documents in %s are damaged: %s", this.directory, ex), ex);
		}
		return new IndexIoException(this.directory, attempt, ex);
	}

	private static boolean isDamage(IOException ex) {
		return ex instanceof org.apache.lucene.index.CorruptIndexException || ex instanceof IndexFormatTooOldException
				|| ex instanceof IndexNotFoundException || ex instanceof EOFException
				|| ex instanceof FileNotFoundException || ex instanceof NoSuchFileException;
	}

}
