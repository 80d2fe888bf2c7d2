package dev.snapvec.sample;

import dev.snapvec.spring.boot.event.IndexPopulating;
import org.jspecify.annotations.Nullable;

/**
 * An index in figures, as its meters have them. What is not known yet is null.
 *
 * @param name its name
 * @param type its class
 * @param frozen whether it refuses changes
 * @param filling how far its first fill is, or null if it is filled
 * @param rows rows in it
 * @param bytes memory that it takes
 * @param generation how often it changed since the start
 * @param searches how often it was searched
 * @param p50 microseconds that half of the latest searches took at most
 * @param p99 microseconds that 99 of 100 of the latest searches took at most
 * @param cacheHits searches that were answered from its cache
 * @param snapshotAge seconds since it was last saved
 */
record IndexFigures(String name, String type, boolean frozen, @Nullable Filling filling, long rows, long bytes,
		long generation, long searches, @Nullable Double p50, @Nullable Double p99, long cacheHits,
		@Nullable Double snapshotAge) {

	/**
	 * How far a first fill is.
	 *
	 * @param phase what is being done
	 * @param done how much of it is done
	 * @param total how much there is to do
	 */
	record Filling(String phase, long done, long total) {

		static Filling of(IndexPopulating event) {
			return new Filling(event.phase(), event.done(), event.total());
		}

	}

}
