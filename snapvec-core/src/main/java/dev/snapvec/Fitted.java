package dev.snapvec;

import java.util.List;

import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.RowStore;

/**
 * A quantizer and the rows that it encoded.
 *
 * @param quantizer turns vectors into codes
 * @param store the rows
 * @param warnings conditions of its training that are likely to hurt recall
 */
record Fitted(Quantizer quantizer, RowStore store, List<String> warnings) {

	/** With no rows yet. */
	static Fitted of(Quantizer quantizer, List<String> warnings) {
		return new Fitted(quantizer, new RowStore(quantizer.layout(), quantizer.lists()), warnings);
	}

}
