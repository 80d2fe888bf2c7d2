package dev.snapvec.bench;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An index of any library, that is built once and searched in one way or several.
 */
interface Contender extends AutoCloseable {

	/**
	 * Returns the name of what is built.
	 * @return a name without search options
	 */
	String name();

	/**
	 * Builds the index. Vectors that it keeps must be copies: what it holds is measured.
	 * @param workload the rows
	 * @param directory an empty directory for its files
	 */
	void build(Workload workload, Path directory) throws Exception;

	/**
	 * Returns the ways to search it.
	 * @return a way for each result
	 */
	List<Variant> variants();

	/**
	 * Returns how long learning took within the time to build.
	 * @return the seconds, 0 if it does not learn
	 */
	default double fitSeconds() {
		return 0;
	}

	/**
	 * Returns how much heap the index says it uses.
	 * @return the bytes, or a negative number if only a measurement can tell
	 */
	default long heapBytes() {
		return -1;
	}

	/**
	 * Returns how much memory searches need beside the heap.
	 * @return the bytes, such as those of mapped files
	 */
	default long mappedBytes() {
		return 0;
	}

	/**
	 * Returns the size of what a scan of all rows reads.
	 * @return the bytes of codes, 0 if there are none
	 */
	default long codeBytes() {
		return 0;
	}

	/**
	 * Returns what scans codes.
	 * @return the name, or {@code null} if it has none
	 */
	default @Nullable String kernel() {
		return null;
	}

	/**
	 * Saves the index and loads it again.
	 * @param directory a directory for its files
	 * @return the size and time
	 */
	default Stored store(Path directory) throws Exception {
		return Stored.NOT;
	}

	@Override
	void close() throws Exception;

}
