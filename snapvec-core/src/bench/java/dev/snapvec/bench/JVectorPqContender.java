package dev.snapvec.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

import io.github.jbellis.jvector.graph.NodeQueue;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction;
import io.github.jbellis.jvector.quantization.PQVectors;
import io.github.jbellis.jvector.quantization.ProductQuantization;
import io.github.jbellis.jvector.util.BoundedLongHeap;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import org.jspecify.annotations.Nullable;

/**
 * JVector's product quantization, all rows scored by their codes.
 */
final class JVectorPqContender implements Contender {

	private static final int SUBSPACES = 192;

	private static final int CENTROIDS = 256;

	private double fitSeconds;

	private @Nullable PQVectors codes;

	@Override
	public String name() {
		return "jvector-pq192-scan";
	}

	@Override
	public void build(Workload workload, Path directory) {
		RandomAccessVectorValues rows = JVectorRows.copyOf(workload);
		long start = System.nanoTime();
		ProductQuantization quantization = ProductQuantization.compute(rows, SUBSPACES, CENTROIDS, false);
		this.fitSeconds = Clock.secondsSince(start);
		this.codes = quantization.encodeAll(rows, ForkJoinPool.commonPool());
	}

	@Override
	public List<Variant> variants() {
		PQVectors codes = codes();
		return List.of(new Variant(name(), (query) -> search(codes, query)));
	}

	private static int[] search(PQVectors codes, float[] query) {
		ScoreFunction.ApproximateScoreFunction scores = codes.precomputedScoreFunctionFor(JVectorRows.vector(query),
				VectorSimilarityFunction.DOT_PRODUCT);
		NodeQueue best = new NodeQueue(new BoundedLongHeap(Workload.TOP_K), NodeQueue.Order.MIN_HEAP);
		for (int row = 0; row < codes.count(); row++) {
			best.push(row, scores.similarityTo(row));
		}
		int[] rows = new int[best.size()];
		for (int i = rows.length - 1; i >= 0; i--) {
			rows[i] = best.pop();
		}
		return rows;
	}

	@Override
	public double fitSeconds() {
		return this.fitSeconds;
	}

	@Override
	public long codeBytes() {
		return (long) codes().getCompressedSize() * codes().count();
	}

	private PQVectors codes() {
		if (this.codes == null) {
			throw new IllegalStateException("not built");
		}
		return this.codes;
	}

	@Override
	public void close() {
		this.codes = null;
	}

}
