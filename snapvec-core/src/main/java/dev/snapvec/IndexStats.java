package dev.snapvec;

import java.util.List;
import java.util.Map;

/**
 * An index at one moment.
 *
 * @param type its class, such as {@code SnapIndex}
 * @param dimension length of the vectors
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
 * @param parameters seed, normalized, similarity, correctedScores, and the type's own
 * parameters by name
 * @param warnings what is likely to disappoint, such as too small a training sample
 * @since 0.1.0
 */
public record IndexStats(String type, int dimension, int size, int deadRows, int tailRows, long heapBytes,
		int bytesPerRow, boolean fitted, boolean frozen, String kernel, Map<String, Object> parameters,
		List<String> warnings) {
}
