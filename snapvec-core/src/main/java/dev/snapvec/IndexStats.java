package dev.snapvec;

import java.util.List;
import java.util.Map;

/**
 * Settings and sizes of an index at one moment. Immutable.
 *
 * @param spec type and settings
 * @param size number of live rows
 * @param deadRows number of dead rows: deleted or replaced, with their memory not freed
 * yet
 * @param tailRows number of rows added since the last compaction that are not sorted into
 * inverted lists yet; 0 for types without lists
 * @param heapBytes size of codes, ids and tables in bytes
 * @param bytesPerRow bytes of heap per row, without its id
 * @param fitted whether the index can hold rows: false only before a
 * {@link TrainableIndex} is fitted
 * @param frozen whether the index rejects mutations
 * @param kernel the kernel that scans codes, such as {@code scalar}
 * @param warnings conditions likely to hurt recall or latency, such as a training sample
 * that is too small
 * @since 0.1.0
 */
public record IndexStats(IndexSpec spec, int size, int deadRows, int tailRows, long heapBytes, int bytesPerRow,
		boolean fitted, boolean frozen, String kernel, List<String> warnings) {

	/**
	 * Returns the class of the index.
	 * @return its simple name, such as {@code SnapIndex}
	 */
	public String type() {
		return this.spec.type().indexClass().getSimpleName();
	}

	/**
	 * {@return the dimension of the vectors}
	 */
	public int dimension() {
		return this.spec.dimension();
	}

	/**
	 * Returns the settings by name, without type and dimension.
	 * @return seed, normalized, similarity, correctedScores, and the type's own
	 * parameters; immutable
	 */
	public Map<String, Object> parameters() {
		return this.spec.parameters();
	}

}
