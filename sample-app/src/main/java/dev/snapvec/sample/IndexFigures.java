package dev.snapvec.sample;

import dev.snapvec.spring.boot.event.IndexPopulating;
import org.jspecify.annotations.Nullable;

/**
 * Figures of an index, from its meters. Null if not known yet.
 *
 * @param name name of the index
 * @param type class of the index
 * @param frozen whether the index rejects changes
 * @param filling progress of its first fill, or null if it is filled
 * @param rows number of rows
 * @param bytes heap memory in bytes
 * @param generation number of changes since the start
 * @param searches number of searches
 * @param p50 median duration of the latest searches in microseconds
 * @param p99 99th percentile of the duration of the latest searches in microseconds
 * @param cacheHits number of searches whose result was cached
 * @param snapshotAge seconds since the index was last saved
 */
record IndexFigures(String name, String type, boolean frozen, @Nullable Filling filling, long rows, long bytes,
		long generation, long searches, @Nullable Double p50, @Nullable Double p99, long cacheHits,
		@Nullable Double snapshotAge) {

	/**
	 * Progress of a first fill.
	 *
	 * @param phase the current phase
	 * @param done the amount of work done
	 * @param total the total amount of work
	 */
	record Filling(String phase, long done, long total) {

		static Filling of(IndexPopulating event) {
			return new Filling(event.phase(), event.done(), event.total());
		}

	}

}
