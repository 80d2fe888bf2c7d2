package dev.snapvec.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import dev.snapvec.Hit;
import dev.snapvec.IndexStats;
import dev.snapvec.TrainableIndex;
import dev.snapvec.VectorIndex;
import org.jspecify.annotations.Nullable;

/**
 * An index of ours, frozen.
 */
final class SnapvecContender implements Contender {

	private static final int LOADS = 3;

	private final String name;

	private final List<Configuration> configurations;

	private @Nullable VectorIndex index;

	private double fitSeconds;

	private SnapvecContender(String name, List<Configuration> configurations) {
		this.name = name;
		this.configurations = configurations;
	}

	/**
	 * Groups configurations by the index that they share.
	 * @param names the names of configurations
	 * @return a contender for each index
	 */
	static List<Contender> of(List<String> names) {
		Map<String, List<Configuration>> groups = new LinkedHashMap<>();
		for (String name : names) {
			Configuration configuration = Configuration.parse(name);
			groups.computeIfAbsent(configuration.index(), (key) -> new ArrayList<>()).add(configuration);
		}
		return groups.entrySet()
			.stream()
			.<Contender>map((group) -> new SnapvecContender(group.getKey(), group.getValue()))
			.toList();
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public void build(Workload workload, Path directory) {
		boolean reranked = this.configurations.stream()
			.anyMatch((configuration) -> configuration.rerank() != null && configuration.rerank() > 0);
		VectorIndex index = this.configurations.get(0).create(workload.dimension(), reranked);
		if (index instanceof TrainableIndex trainable) {
			long start = System.nanoTime();
			trainable.fit(workload.sample());
			this.fitSeconds = Clock.secondsSince(start);
		}
		List<String> ids = IntStream.range(0, workload.base().length).mapToObj(Integer::toString).toList();
		index.addAll(ids, workload.base());
		index.freeze();
		this.index = index;
	}

	@Override
	public List<Variant> variants() {
		VectorIndex index = index();
		return this.configurations.stream()
			.map((configuration) -> new Variant(configuration.name(),
					(query) -> rows(index.search(configuration.request(query)))))
			.toList();
	}

	private static int[] rows(List<Hit> hits) {
		int[] rows = new int[hits.size()];
		for (int i = 0; i < rows.length; i++) {
			rows[i] = Integer.parseInt(hits.get(i).id());
		}
		return rows;
	}

	@Override
	public double fitSeconds() {
		return this.fitSeconds;
	}

	@Override
	public long heapBytes() {
		return index().stats().heapBytes();
	}

	@Override
	public long codeBytes() {
		IndexStats stats = index().stats();
		return (long) stats.bytesPerRow() * stats.size();
	}

	@Override
	public String kernel() {
		return index().stats().kernel();
	}

	@Override
	public Stored store(Path directory) throws Exception {
		Path file = directory.resolve(this.name + ".index");
		index().save(file);
		double[] millis = new double[LOADS];
		for (int i = 0; i < LOADS; i++) {
			long start = System.nanoTime();
			VectorIndex loaded = VectorIndex.load(file);
			millis[i] = Clock.secondsSince(start) * 1000;
			if (loaded.size() != index().size()) {
				throw new IllegalStateException(
						String.format(Locale.ROOT, "loaded %d rows of %d", loaded.size(), index().size()));
			}
		}
		Arrays.sort(millis);
		return new Stored(Files.size(file), millis[LOADS / 2]);
	}

	private VectorIndex index() {
		if (this.index == null) {
			throw new IllegalStateException(this.name + " is not built");
		}
		return this.index;
	}

	@Override
	public void close() {
		this.index = null;
	}

}
