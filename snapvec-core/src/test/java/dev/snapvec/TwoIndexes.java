package dev.snapvec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A backend of two local indexes, each of which holds the ids of one parity of their hash
 * codes. It uses public API only, as another module would.
 */
final class TwoIndexes implements IndexBackend {

	private static final Comparator<Hit> BEST_FIRST = Comparator.comparingDouble(Hit::score).reversed();

	private final List<VectorIndex> parts;

	private final AtomicLong changes = new AtomicLong();

	TwoIndexes(Supplier<? extends VectorIndex> maker) {
		this.parts = List.of(maker.get(), maker.get());
	}

	private VectorIndex part(String id) {
		return this.parts.get(id.hashCode() & 1);
	}

	List<Integer> sizes() {
		return this.parts.stream().map(VectorIndex::size).toList();
	}

	@Override
	public long generation() {
		return this.changes.get();
	}

	@Override
	public long unsavedChanges() {
		return 0;
	}

	@Override
	public int dimension() {
		return this.parts.get(0).dimension();
	}

	@Override
	public int size() {
		return this.parts.stream().mapToInt(VectorIndex::size).sum();
	}

	@Override
	public boolean contains(String id) {
		return part(id).contains(id);
	}

	@Override
	public Optional<float[]> vector(String id) {
		return part(id).vector(id);
	}

	@Override
	public boolean isFitted() {
		return stats().fitted();
	}

	/** The same sample and seed give both the same codebooks. */
	@Override
	public synchronized void fit(float[][] sample, ProgressListener progress) {
		changeAll((part) -> ((TrainableIndex) part).fit(sample, progress));
	}

	@Override
	public synchronized void addAll(List<String> ids, float[][] vectors, ProgressListener progress) {
		for (String id : ids) {
			if (contains(id)) {
				throw new InvalidIdException("id '" + id + "' is in the index already");
			}
		}
		put(ids, vectors);
	}

	@Override
	public synchronized void upsertAll(List<String> ids, float[][] vectors) {
		put(ids, vectors);
	}

	private void put(List<String> ids, float[][] vectors) {
		for (VectorIndex part : this.parts) {
			List<String> own = new ArrayList<>();
			List<float[]> ownVectors = new ArrayList<>();
			for (int i = 0; i < vectors.length; i++) {
				if (part(ids.get(i)) == part) {
					own.add(ids.get(i));
					ownVectors.add(vectors[i]);
				}
			}
			part.upsertAll(own, ownVectors.toArray(float[][]::new));
		}
		this.changes.incrementAndGet();
	}

	@Override
	public synchronized int deleteAll(Collection<String> ids) {
		int deleted = this.parts.stream().mapToInt((part) -> part.deleteAll(ids)).sum();
		this.changes.addAndGet((deleted > 0) ? 1 : 0);
		return deleted;
	}

	@Override
	public List<Hit> search(SearchRequest request) {
		return merged(request, this.parts.stream().map((part) -> part.search(request)));
	}

	@Override
	public List<List<Hit>> searchAll(List<SearchRequest> requests) {
		List<List<List<Hit>>> found = this.parts.stream().map((part) -> part.searchAll(requests)).toList();
		List<List<Hit>> hits = new ArrayList<>();
		for (int i = 0; i < requests.size(); i++) {
			int request = i;
			hits.add(merged(requests.get(i), found.stream().map((of) -> of.get(request))));
		}
		return List.copyOf(hits);
	}

	private static List<Hit> merged(SearchRequest request, Stream<List<Hit>> hits) {
		return hits.flatMap(List::stream).sorted(BEST_FIRST).limit(request.topK()).toList();
	}

	@Override
	public void freeze() {
		this.parts.forEach(VectorIndex::freeze);
	}

	@Override
	public void unfreeze() {
		this.parts.forEach(VectorIndex::unfreeze);
	}

	@Override
	public boolean isFrozen() {
		return stats().frozen();
	}

	@Override
	public void compact() {
		this.parts.forEach(VectorIndex::compact);
	}

	@Override
	public IndexStats stats() {
		IndexStats one = this.parts.get(0).stats();
		IndexStats other = this.parts.get(1).stats();
		return new IndexStats(one.spec(), one.size() + other.size(), one.deadRows() + other.deadRows(),
				one.tailRows() + other.tailRows(), one.heapBytes() + other.heapBytes(), one.bytesPerRow(),
				one.fitted() && other.fitted(), one.frozen() && other.frozen(), one.kernel(), one.warnings());
	}

	@Override
	public Map<String, String> attributes() {
		return this.parts.get(0).attributes();
	}

	@Override
	public synchronized void attribute(String name, String value) {
		Map<String, String> attributes = new HashMap<>(attributes());
		attributes.put(name, value);
		changeAll((part) -> part.attributes(attributes));
	}

	private void changeAll(Consumer<VectorIndex> change) {
		this.parts.forEach(change);
		this.changes.incrementAndGet();
	}

	@Override
	public String toString() {
		return "TwoIndexes(size=" + size() + ")";
	}

}
