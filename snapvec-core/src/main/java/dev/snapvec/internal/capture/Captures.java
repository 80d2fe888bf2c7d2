package dev.snapvec.internal.capture;

import java.nio.file.Path;
import java.util.Objects;

import dev.snapvec.VectorIndex;
import dev.snapvec.internal.file.AtomicFile;
import org.jspecify.annotations.Nullable;

/**
 * Access for the store to what the API of an index does not expose: its state at one
 * moment. Provided by the package of the indexes.
 */
public abstract class Captures {

	private static volatile @Nullable Captures provided;

	/**
	 * The state of an index at one moment, to be saved later. Creating it takes no time,
	 * and retains the rows of that moment in memory. Immutable.
	 */
	public interface Capture {

		/**
		 * @return number of changes of the index until then
		 */
		long changes();

		/**
		 * @return the highest number of its rows, or 0
		 */
		long newestNumber();

		/**
		 * @param number a number
		 * @return whether a row has it
		 */
		boolean holds(long number);

		/**
		 * @param commit the commit of the documents that the state belongs to
		 * @return the same state, which is saved with that commit
		 */
		Capture withCommit(long commit);

		/**
		 * Saves the captured state, as the index itself would.
		 * @param path the file to create or replace
		 * @param guard runs before the file is replaced
		 */
		void save(Path path, AtomicFile.Guard guard);

	}

	/**
	 * @param index an index
	 * @return number of changes of its rows, attributes and training; compactions do not
	 * count
	 */
	protected abstract long changesOf(VectorIndex index);

	protected abstract Capture captureOf(VectorIndex index);

	public static void provide(Captures captures) {
		provided = captures;
	}

	private static Captures provided() {
		return Objects.requireNonNull(provided);
	}

	/**
	 * @param index an index
	 * @return number of its changes
	 */
	public static long changes(VectorIndex index) {
		return provided().changesOf(index);
	}

	/**
	 * @param index an index, fitted if it needs training
	 * @return its present state
	 */
	public static Capture of(VectorIndex index) {
		return provided().captureOf(index);
	}

}
