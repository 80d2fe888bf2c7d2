package dev.snapvec.internal.number;

import java.util.List;
import java.util.Locale;

/**
 * Rows to be numbered.
 *
 * @param ids their ids, no two equal
 * @param vectors their vectors, one per id; must not be changed
 * @param payloads what the log keeps of each beside its vector, one per id; must not be
 * changed
 */
public record NumberedRows(List<String> ids, float[][] vectors, byte[][] payloads) {

	public NumberedRows {
		ids = List.copyOf(ids);
		if (ids.size() != payloads.length) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"got %d ids but %d payloads; expected one payload per id", ids.size(), payloads.length));
		}
	}

}
