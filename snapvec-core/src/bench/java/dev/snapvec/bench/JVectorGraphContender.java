package dev.snapvec.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import org.jspecify.annotations.Nullable;

/**
 * JVector's graph over float vectors.
 */
final class JVectorGraphContender implements Contender {

	private static final int M = 32;

	private static final int BEAM_WIDTH = 100;

	private static final float OVERFLOW = 1.2f;

	private static final float ALPHA = 1.2f;

	private @Nullable RandomAccessVectorValues rows;

	private @Nullable ImmutableGraphIndex graph;

	@Override
	public String name() {
		return "jvector-graph";
	}

	@Override
	public void build(Workload workload, Path directory) throws IOException {
		RandomAccessVectorValues rows = JVectorRows.copyOf(workload);
		try (GraphIndexBuilder builder = new GraphIndexBuilder(rows, VectorSimilarityFunction.DOT_PRODUCT, M,
				BEAM_WIDTH, OVERFLOW, ALPHA, true)) {
			this.graph = builder.build(rows);
		}
		this.rows = rows;
	}

	@Override
	public List<Variant> variants() {
		RandomAccessVectorValues rows = this.rows;
		ImmutableGraphIndex graph = this.graph;
		if (rows == null || graph == null) {
			throw new IllegalStateException("not built");
		}
		ThreadLocal<GraphSearcher> searchers = ThreadLocal.withInitial(() -> new GraphSearcher(graph));
		return Stream.of(50, 100).map((ef) -> new Variant("jvector-graph-ef" + ef, (query) -> {
			VectorFloat<?> vector = JVectorRows.vector(query);
			DefaultSearchScoreProvider scores = DefaultSearchScoreProvider.exact(vector,
					VectorSimilarityFunction.DOT_PRODUCT, rows);
			return Arrays.stream(searchers.get().search(scores, Workload.TOP_K, ef, 0, 0, Bits.ALL).getNodes())
				.mapToInt((found) -> found.node)
				.toArray();
		})).toList();
	}

	@Override
	public void close() {
		this.graph = null;
		this.rows = null;
	}

}
