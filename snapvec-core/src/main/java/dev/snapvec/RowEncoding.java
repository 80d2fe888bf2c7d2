package dev.snapvec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.snapvec.internal.quantize.Progress;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.task.Workers;

/**
 * Turns ids and vectors into rows: validates and normalizes them, and encodes in
 * parallel. It acquires no lock and does not access the rows of the index.
 *
 * @param spec the settings that vectors must match
 * @param workers run the encoding in parallel
 */
record RowEncoding(CommonSpec spec, Workers workers) {

	/** Rows encoded by one task. */
	private static final int BATCH = 512;

	static List<RowId> rowIds(List<String> ids) {
		List<RowId> rowIds = new ArrayList<>(ids.size());
		Set<RowId> distinct = new HashSet<>((int) Math.min(ids.size() * 2L, Integer.MAX_VALUE));
		for (String id : ids) {
			RowId rowId = RowId.of(id);
			if (!rowId.isStorable()) {
				throw new InvalidIdException((rowId.length() > RowId.MAX_BYTES)
						? String.format(Locale.ROOT, "id '%s…' must be at most %d UTF-8 bytes long, but was %d",
								id.substring(0, 40), RowId.MAX_BYTES, rowId.length())
						: String.format(Locale.ROOT, "id '%s' holds an unpaired surrogate, which UTF-8 cannot encode",
								id));
			}
			if (!distinct.add(rowId)) {
				throw new InvalidIdException(String.format(Locale.ROOT, "id '%s' is given twice", id));
			}
			rowIds.add(rowId);
		}
		return rowIds;
	}

	List<EncodedRows> encode(Quantizer quantizer, List<String> ids, float[][] vectors, ProgressListener progress) {
		for (int i = 0; i < vectors.length; i++) {
			VectorChecks.require(vectors[i], this.spec.dimension(), "the vector of id '" + ids.get(i) + "'");
		}
		int batches = (vectors.length + BATCH - 1) / BATCH;
		EncodedRows[] rows = new EncodedRows[batches];
		Progress encoded = new Progress(progress::progress, "encode", vectors.length);
		this.workers.run(batches, (batch) -> {
			int from = batch * BATCH;
			int to = Math.min(from + BATCH, vectors.length);
			rows[batch] = encode(quantizer, ids.subList(from, to), Arrays.copyOfRange(vectors, from, to));
			encoded.add(to - from);
		});
		return Arrays.asList(rows);
	}

	private EncodedRows encode(Quantizer quantizer, List<String> ids, float[][] vectors) {
		EncodedRows rows = new EncodedRows(quantizer.layout(), vectors.length);
		float[] norms = new float[vectors.length];
		for (int i = 0; i < vectors.length; i++) {
			if (this.spec.normalized()) {
				VectorChecks.requireUnit(vectors[i], "the vector of id '" + ids.get(i) + "'");
				norms[i] = 1;
				continue;
			}
			double norm = VectorChecks.norm(vectors[i], this.spec);
			if (norm > 0) {
				vectors[i] = VectorChecks.divided(vectors[i], norm);
			}
			norms[i] = VectorChecks.stored(norm);
		}
		quantizer.encode(vectors, rows);
		rows.norms(norms);
		return rows;
	}

}
