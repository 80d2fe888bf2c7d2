package dev.snapvec.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.jelmerk.hnswlib.core.DistanceFunctions;
import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import org.jspecify.annotations.Nullable;

/**
 * The graph of hnswlib's Java version, over float vectors.
 */
final class HnswlibContender implements Contender {

	private static final int M = 32;

	private static final int EF_CONSTRUCTION = 200;

	private @Nullable HnswIndex<Integer, float[], Row, Float> index;

	@Override
	public String name() {
		return "hnswlib-java";
	}

	@Override
	public void build(Workload workload, Path directory) throws Exception {
		float[][] base = workload.base();
		HnswIndex<Integer, float[], Row, Float> index = HnswIndex
			.newBuilder(workload.dimension(), DistanceFunctions.FLOAT_INNER_PRODUCT, base.length)
			.withM(M)
			.withEfConstruction(EF_CONSTRUCTION)
			.build();
		index.addAll(IntStream.range(0, base.length).mapToObj((row) -> new Row(row, base[row].clone())).toList());
		this.index = index;
	}

	@Override
	public List<Variant> variants() {
		HnswIndex<Integer, float[], Row, Float> index = index();
		return Stream.of(50, 100).map((ef) -> new Variant("hnswlib-java-ef" + ef, (query) -> {
			index.setEf(ef);
			return index.findNearest(query, Workload.TOP_K).stream().mapToInt((found) -> found.item().id()).toArray();
		})).toList();
	}

	@Override
	public Stored store(Path directory) throws IOException {
		Path file = directory.resolve("hnswlib.index");
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
			index().save(out);
		}
		long start = System.nanoTime();
		HnswIndex.load(file);
		return new Stored(Files.size(file), Clock.secondsSince(start) * 1000);
	}

	private HnswIndex<Integer, float[], Row, Float> index() {
		if (this.index == null) {
			throw new IllegalStateException("not built");
		}
		return this.index;
	}

	@Override
	public void close() {
		this.index = null;
	}

	private record Row(Integer id, float[] vector) implements Item<Integer, float[]> {

		@Override
		public int dimensions() {
			return this.vector.length;
		}

	}

}
