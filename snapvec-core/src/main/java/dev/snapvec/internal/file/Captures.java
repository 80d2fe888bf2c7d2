package dev.snapvec.internal.file;

import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Reaches what a store needs of an index and the API does not show: what it holds at one
 * moment. Whoever makes indexes provides it.
 */
public abstract class Captures {

	private static volatile @Nullable Captures provided;

	/**
	 * What an index holds at one moment, to be saved later. Takes no time to make, and
	 * keeps the rows of that moment in memory. Immutable.
	 */
	public interface Capture {

		/**
		 * @return how often the index had been changed
		 */
		long changes();

		/**
		 * Saves what the index held then, as the index itself would.
		 * @param path the file to make or replace
		 * @param guard runs before the file is replaced
		 */
		void save(Path path, AtomicFile.Guard guard);

	}

	/**
	 * @param index an index
	 * @return how often its rows, its attributes or its training were changed;
	 * compaction, which changes none of these, does not count
	 */
	protected abstract long changesOf(Object index);

	protected abstract Capture captureOf(Object index);

	public static void provide(Captures captures) {
		provided = captures;
	}

	private static Captures provided() {
		return Objects.requireNonNull(provided);
	}

	/**
	 * @param index an index
	 * @return how often it was changed
	 */
	public static long changes(Object index) {
		return provided().changesOf(index);
	}

	/**
	 * @param index an index, fitted if it must be
	 * @return what it holds now
	 */
	public static Capture of(Object index) {
		return provided().captureOf(index);
	}

}
