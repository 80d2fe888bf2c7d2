package dev.snapvec;

import java.util.List;
import java.util.Map;

/**
 * An index at one moment.
 *
 * @param spec what it is
 * @param size live rows
 * @param deadRows deleted rows whose memory is not given back yet
 * @param tailRows rows added since the index was last compacted that are not sorted into
 * lists yet; 0 for types without lists
 * @param heapBytes bytes of codes, ids and tables
 * @param bytesPerRow bytes of a row's code and of what is kept beside it, without its id
 * @param fitted whether the index can hold rows: false only before a trainable one has
 * learned
 * @param frozen whether mutations are refused
 * @param kernel what scans codes, such as {@code scalar}
 * @param warnings what is likely to disappoint, such as too small a training sample
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
	 * Returns the dimension.
	 * @return coordinates of a vector
	 */
	public int dimension() {
		return this.spec.dimension();
	}

	/**
	 * Returns the settings by name.
	 * @return seed, normalized, similarity, correctedScores, and the type's own
	 * parameters; immutable
	 */
	public Map<String, Object> parameters() {
		return this.spec.parameters();
	}

}
