package dev.snapvec;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.View;
import dev.snapvec.internal.scan.SearchPlan;
import dev.snapvec.internal.scan.Searcher;
import dev.snapvec.internal.scan.TopK;

/**
 * Searches for sampled rows of one view, once as usual and once exhaustively. It has a
 * searcher of its own, so that the buffers for scoring all rows are not retained.
 */
final class RecallMeasurement {

	private final Quantizer quantizer;

	private final View view;

	private final boolean fullPrecision;

	private final Searcher searcher = new Searcher();

	RecallMeasurement(Quantizer quantizer, View view) {
		this.quantizer = quantizer;
		this.view = view;
		this.fullPrecision = view.layout().float16() > 0;
	}

	RecallReport run(RecallOptions options, int nprobe, int rerank) {
		int topK = Math.min(options.topK(), this.view.size() - 1);
		int samples = 0;
		double sum = 0;
		double squares = 0;
		double lowest = 1;
		for (int row : sample(options.samples(), options.seed())) {
			EncodedRows encoded = this.view.encoded(row);
			float[] query = this.quantizer.decode(encoded);
			double norm = VectorChecks.norm(query);
			if (encoded.isZero(0) || norm == 0 || topK < 1) {
				continue;
			}
			VectorChecks.divide(query, norm, query);
			int[] reference = nearest(query, row, topK, this.quantizer.lists(),
					this.fullPrecision ? this.view.size() : 0);
			double share = share(nearest(query, row, topK, nprobe, rerank), reference);
			samples++;
			sum += share;
			squares += share * share;
			lowest = Math.min(lowest, share);
		}
		if (samples == 0) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"recall needs at least 2 rows with nonzero vectors; the index holds %d rows", this.view.size()));
		}
		double mean = sum / samples;
		double variance = Math.max(0, squares / samples - mean * mean);
		return new RecallReport(
				this.fullPrecision ? RecallReport.Reference.FULL_PRECISION : RecallReport.Reference.CODES, topK,
				samples, mean, Math.sqrt(variance / samples), lowest, nprobe, rerank);
	}

	/**
	 * Draws live rows, all with the same probability.
	 * <p>
	 * J. S. Vitter, <i>Random Sampling with a Reservoir</i> (1985), algorithm R.
	 */
	private int[] sample(int count, long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		int[] rows = new int[Math.min(count, this.view.size())];
		int seen = 0;
		for (int first = 0; first < this.view.count(); first += Groups.GROUP) {
			for (long word = this.view.liveWord(first / Groups.GROUP); word != 0; word &= word - 1) {
				int place = (seen < rows.length) ? seen : random.nextInt(seen + 1);
				if (place < rows.length) {
					rows[place] = first + Long.numberOfTrailingZeros(word);
				}
				seen++;
			}
		}
		return rows;
	}

	/** The best rows, except the one searched for. */
	private int[] nearest(float[] query, int self, int topK, int nprobe, int rerank) {
		SearchPlan plan = this.searcher.newPlan();
		this.quantizer.prepare(query, nprobe, rerank, plan);
		TopK top = this.searcher.search(this.view, null, topK + 1);
		int[] rows = new int[Math.min(topK, top.size())];
		int found = 0;
		for (int i = 0; i < top.size() && found < rows.length; i++) {
			if (top.row(i) != self) {
				rows[found++] = top.row(i);
			}
		}
		return (found == rows.length) ? rows : Arrays.copyOf(rows, found);
	}

	private static double share(int[] found, int[] reference) {
		int[] sorted = found.clone();
		Arrays.sort(sorted);
		int hits = 0;
		for (int row : reference) {
			hits += (Arrays.binarySearch(sorted, row) >= 0) ? 1 : 0;
		}
		return hits / (double) reference.length;
	}

}
