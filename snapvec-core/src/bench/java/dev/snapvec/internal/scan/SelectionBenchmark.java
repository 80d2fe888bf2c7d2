package dev.snapvec.internal.scan;

import dev.snapvec.internal.code.Groups;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/**
 * Finding the rows of a scan that may be among the best: time of a row.
 */
public class SelectionBenchmark extends KernelBenchmark {

	private static final int ROWS = 4096;

	private static final int WANTED = 100;

	private Kernel selecting;

	private Candidates candidates;

	private float[] scores;

	private float[] factors;

	@Setup
	public void fill() {
		this.selecting = kernel();
		this.candidates = new Candidates(this.selecting);
		this.scores = randoms(ROWS);
		this.factors = new float[ROWS];
		for (int i = 0; i < ROWS; i++) {
			this.factors[i] = 1 + this.scores[ROWS - 1 - i] / 10;
		}
	}

	/** No row reaches the threshold, as with most groups of a long scan. */
	@Benchmark
	@OperationsPerInvocation(ROWS)
	public long selectNone() {
		long selected = 0;
		for (int at = 0; at < ROWS; at += Groups.GROUP) {
			selected |= this.selecting.select(this.scores, at, 0, this.factors, at, 2);
		}
		return selected;
	}

	/** The best hundred of a block, of which a scan knows nothing at first. */
	@Benchmark
	@OperationsPerInvocation(ROWS)
	public int selectBest() {
		this.candidates.reset(WANTED);
		for (int at = 0; at < ROWS; at += Groups.GROUP) {
			long selected = this.selecting.select(this.scores, at, 0, this.factors, at, this.candidates.threshold());
			for (; selected != 0; selected &= selected - 1) {
				int row = at + Long.numberOfTrailingZeros(selected);
				float score = this.scores[row] * this.factors[row];
				this.candidates.offer(row, score, score);
			}
		}
		this.candidates.narrow();
		return this.candidates.size();
	}

}
