package dev.snapvec.internal.scan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.snapvec.TestSpecs;
import dev.snapvec.TestVectors;
import dev.snapvec.internal.quantize.CoarseCentroids;
import dev.snapvec.internal.quantize.Codebooks;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Transform;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.rows.View;
import dev.snapvec.internal.type.ivfpq.IvfPqQuantizer;
import dev.snapvec.internal.type.pq.PqQuantizer;
import dev.snapvec.internal.type.residual.ResidualQuantizer;
import dev.snapvec.internal.type.snap.SnapQuantizer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SearcherPoolTests {

	private static final int DIMENSION = 8;

	private static final int ROWS = 50_000;

	private final SearcherPool pool = new SearcherPool();

	@Test
	void whatASearchForVeryManyRowsTookIsGivenBack() throws Exception {
		Quantizer quantizer = new SnapQuantizer(TestSpecs.snap(DIMENSION, 4, false));
		View view = view(quantizer);
		Searcher searcher = this.pool.take();
		search(searcher, quantizer, view, ROWS);
		assertThat(new ReachableMemory(searcher).bytesOfArrays()).isGreaterThan(20L * ROWS);
		this.pool.giveBack(searcher);
		assertThat(this.pool.take()).isSameAs(searcher);
		assertThat(new ReachableMemory(searcher).bytesOfArrays()).isLessThan(100_000);
		assertThat(search(searcher, quantizer, view, 10)).hasSize(10);
		this.pool.giveBack(searcher);
		assertThat(search(this.pool.take(), quantizer, view, ROWS)).hasSize(ROWS);
	}

	@Test
	void whatOrdinarySearchesNeedIsKept() throws Exception {
		Quantizer quantizer = new ResidualQuantizer(TestSpecs.residual(DIMENSION, 4, 4));
		View view = view(quantizer);
		Searcher searcher = this.pool.take();
		search(searcher, quantizer, view, 1000);
		long bytes = new ReachableMemory(searcher).bytesOfArrays();
		this.pool.giveBack(searcher);
		assertThat(new ReachableMemory(searcher).bytesOfArrays()).isEqualTo(bytes);
	}

	@Test
	void anIdleSearcherKeepsNoRowsReachable() throws Exception {
		Quantizer quantizer = new ResidualQuantizer(TestSpecs.residual(DIMENSION, 4, 4));
		Searcher searcher = this.pool.take();
		search(searcher, quantizer, view(quantizer), 10);
		this.pool.giveBack(searcher);
		ReachableMemory idle = new ReachableMemory(searcher);
		assertThat(idle.holds(SearchPlan.class)).isTrue();
		assertThat(idle.holds(View.class)).isFalse();
		assertThat(idle.holds(RowBlock.class)).isFalse();
		assertThat(idle.holds(Quantizer.class)).isFalse();
	}

	@Test
	void twoForEachProcessorAreKept() {
		int most = 2 * Runtime.getRuntime().availableProcessors();
		List<Searcher> taken = IntStream.range(0, most + 10).mapToObj((i) -> this.pool.take()).toList();
		taken.forEach(this.pool::giveBack);
		Set<Searcher> kept = Collections.newSetFromMap(new IdentityHashMap<>());
		for (int i = 0; i < most + 10; i++) {
			kept.add(this.pool.take());
		}
		kept.retainAll(new HashSet<>(taken));
		assertThat(kept).hasSize(most);
	}

	/** What docs/sizing.md says of searches for ten hits. */
	@Test
	void searchersTakeNoMoreThanTheDocumentSays() throws Exception {
		for (Kernel kernel : KernelTests.kernels()) {
			for (int bits = 2; bits <= 4; bits++) {
				assertTakes(kernel, new SnapQuantizer(TestSpecs.snap(384, bits, false)), 0, 512 * 900);
				assertTakes(kernel, new ResidualQuantizer(TestSpecs.residual(384, bits, bits)), 0, 512 * 2000);
				assertTakes(kernel, new ResidualQuantizer(TestSpecs.residual(384, bits, bits)), 100, 512 * 2000);
			}
			for (int centroids : new int[] { 16, 256 }) {
				Codebooks codebooks = new Codebooks(192, centroids, 2, new float[384 * centroids]);
				assertTakes(kernel, new PqQuantizer(TestSpecs.pq(384, 192, centroids), Transform.none(384), codebooks),
						0, 192 * 2500);
				assertTakes(kernel,
						new IvfPqQuantizer(TestSpecs.ivfPq(64, 384, 192, centroids, true), Transform.none(384),
								new CoarseCentroids(64, 384, new float[64 * 384]), codebooks),
						100, 192 * 2500 + 64 * 60);
			}
		}
	}

	private static void assertTakes(Kernel kernel, Quantizer quantizer, int rerank, long most) throws Exception {
		RowStore store = new RowStore(quantizer.layout(), quantizer.lists());
		EncodedRows rows = new EncodedRows(quantizer.layout(), 2000);
		quantizer.encode(TestVectors.unit(1, 2000, 384), rows);
		store.put(IntStream.range(0, 2000).mapToObj((i) -> RowId.of(Integer.toString(i))).toList(), List.of(rows));
		Searcher searcher = new Searcher(kernel);
		quantizer.prepare(TestVectors.unit(2, 1, 384)[0], quantizer.lists(), rerank, searcher.newPlan());
		searcher.search(store.view(), null, 10);
		long bytes = new ReachableMemory(searcher).bytesOfArrays();
		assertThat(bytes).isBetween(most / 20, most);
	}

	private static View view(Quantizer quantizer) {
		RowStore store = new RowStore(quantizer.layout(), 1);
		List<RowId> ids = new ArrayList<>(ROWS);
		for (int i = 0; i < ROWS; i++) {
			ids.add(RowId.of(Integer.toString(i)));
		}
		EncodedRows rows = new EncodedRows(quantizer.layout(), ROWS);
		quantizer.encode(TestVectors.unit(1, ROWS, DIMENSION), rows);
		store.put(ids, List.of(rows));
		return store.view();
	}

	private static List<Integer> search(Searcher searcher, Quantizer quantizer, View view, int k) {
		quantizer.prepare(TestVectors.unit(2, 1, DIMENSION)[0], 0, 0, searcher.newPlan());
		TopK top = searcher.search(view, null, k);
		return IntStream.range(0, top.size()).mapToObj(top::row).toList();
	}

}
