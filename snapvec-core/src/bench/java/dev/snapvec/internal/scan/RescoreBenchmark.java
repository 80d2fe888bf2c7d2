package dev.snapvec.internal.scan;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Float16;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.rows.View;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Scoring a hundred rows again by their float16 vectors: time of a row.
 */
public class RescoreBenchmark extends KernelBenchmark {

	private static final int WANTED = 100;

	private static final int DRAWS = 256;

	/** Few enough for the second-level cache, and too many for the third-level one. */
	@Param({ "1024", "65536" })
	public int rows;

	private Float16Scorer scorer;

	private View view;

	/** Rows to score, ascending as a scan finds them. */
	private int[][] draws;

	private int next;

	private final float[] scores = new float[WANTED];

	@Setup
	public void fill() {
		RowLayout layout = new RowLayout(List.of(CodeSlices.of(2, 4)), Set.of(), DIMENSION, false);
		EncodedRows batch = new EncodedRows(layout, this.rows);
		float[] values = randoms(this.rows * DIMENSION);
		for (int i = 0; i < values.length; i++) {
			batch.float16()[i] = Float16.of(values[i]);
		}
		RowStore store = new RowStore(layout, 0);
		store.put(IntStream.range(0, this.rows).mapToObj((row) -> RowId.of(Integer.toString(row))).toList(),
				List.of(batch));
		this.view = store.view();
		this.scorer = new Float16Scorer(kernel().ops()).of(randoms(DIMENSION), Factors.NONE);
		SplittableRandom random = new SplittableRandom(1);
		this.draws = new int[DRAWS][];
		for (int i = 0; i < DRAWS; i++) {
			this.draws[i] = random.ints(WANTED, 0, this.rows).sorted().toArray();
		}
	}

	@Benchmark
	@OperationsPerInvocation(WANTED)
	public float[] score() {
		this.next = (this.next + 1) % DRAWS;
		this.scorer.score(this.view, this.draws[this.next], WANTED, this.scores);
		return this.scores;
	}

}
