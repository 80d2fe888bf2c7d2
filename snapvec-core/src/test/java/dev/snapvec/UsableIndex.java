package dev.snapvec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * That an index which was loaded can be used: nothing throws, no score is anything but a
 * finite number, no cosine is beyond one, and no row is lost.
 */
public final class UsableIndex {

	/** The most that a corrected cosine may be. */
	private static final float MOST = 1.003f;

	private static final int MOST_VECTORS = 5;

	private final VectorIndex index;

	private final Random random;

	private final boolean cosines;

	private UsableIndex(VectorIndex index, Random random) {
		this.index = index;
		this.random = random;
		Map<String, Object> parameters = index.stats().parameters();
		this.cosines = parameters.get("similarity").equals("cosine") && parameters.get("correctedScores").equals(true)
				&& !Boolean.TRUE.equals(parameters.get("useProd"));
	}

	/**
	 * Uses an index in every way.
	 * @param index the index, which is changed
	 * @param random draws queries and rows
	 * @param file where to save it
	 */
	public static void check(VectorIndex index, Random random, Path file) {
		UsableIndex usable = new UsableIndex(index, random);
		List<String> ids = usable.search();
		usable.filteredSearch(ids);
		for (String id : ids.subList(0, Math.min(MOST_VECTORS, ids.size()))) {
			for (float coordinate : index.vector(id).orElseThrow()) {
				require(Float.isFinite(coordinate), "the vector of '" + id + "' holds " + coordinate);
			}
		}
		usable.saveAndLoad(file);
		usable.change(ids);
		usable.search();
	}

	private static void require(boolean expected, String otherwise) {
		if (!expected) {
			throw new AssertionError(otherwise);
		}
	}

	private float[] query() {
		float[] query = new float[this.index.dimension()];
		boolean single = this.random.nextInt(3) == 0;
		for (int i = 0; i < query.length; i++) {
			query[i] = single ? 0 : (float) this.random.nextGaussian();
		}
		if (single) {
			query[this.random.nextInt(query.length)] = 1;
		}
		return query;
	}

	private List<Hit> hits(SearchRequest request, int expected) {
		List<Hit> hits = this.index.search(request);
		require(hits.size() == expected, hits.size() + " hits, not " + expected + " of " + this.index);
		float last = Float.POSITIVE_INFINITY;
		for (Hit hit : hits) {
			require(Float.isFinite(hit.score()), hit + " of " + this.index.stats());
			require(!this.cosines || Math.abs(hit.score()) <= MOST, hit + " of " + this.index.stats());
			require(hit.score() <= last, hit + " comes after " + last);
			last = hit.score();
		}
		return hits;
	}

	private SearchRequest.Builder request(int topK) {
		SearchRequest.Builder request = SearchRequest.of(query()).topK(topK);
		Object lists = this.index.stats().parameters().get("nlist");
		return (lists != null) ? request.nprobe((int) lists) : request;
	}

	private List<String> search() {
		int size = this.index.size();
		List<String> ids = new ArrayList<>();
		for (Hit hit : hits(request(Math.max(1, size)).build(), size)) {
			ids.add(hit.id());
		}
		hits(request(3).build(), Math.min(3, size));
		// as the index does by itself
		this.index.search(query(), 2)
			.forEach((hit) -> require(Float.isFinite(hit.score()), hit + " of " + this.index.stats()));
		if (this.index.stats().parameters().get("rerank") != null && canRerank()) {
			hits(request(2).rerank(2).build(), Math.min(2, size));
			hits(request(1).rerank(0).build(), Math.min(1, size));
		}
		return ids;
	}

	private boolean canRerank() {
		return !Boolean.FALSE.equals(this.index.stats().parameters().get("keepFullPrecision"));
	}

	private void filteredSearch(List<String> ids) {
		List<String> some = ids.subList(0, (ids.size() + 1) / 2);
		hits(request(ids.size() + 1).among(IdFilter.of(some)).build(), some.size());
		hits(request(ids.size() + 1).among(IdFilter.not(some)).build(), ids.size() - some.size());
	}

	private void saveAndLoad(Path file) {
		this.index.save(file);
		require(IndexFile.verify(file), file + " has no checksum");
		VectorIndex loaded = VectorIndex.load(file);
		require(loaded.size() == this.index.size(), loaded + " was saved as " + this.index);
		require(loaded.attributes().equals(this.index.attributes()), loaded.attributes().toString());
		float[] query = query();
		require(loaded.search(query, 5).equals(this.index.search(query, 5)), "saved index answers otherwise");
	}

	private void change(List<String> ids) {
		float[] vector = query();
		double square = 0;
		for (float x : vector) {
			square += x * x;
		}
		for (int i = 0; i < vector.length; i++) {
			vector[i] /= (float) Math.sqrt(square);
		}
		int size = this.index.size();
		this.index.upsert("a new one", vector);
		int added = ids.contains("a new one") ? 0 : 1;
		if (!ids.isEmpty()) {
			this.index.upsert(ids.get(0), vector);
		}
		require(this.index.size() == size + added, this.index + " had " + size + " rows");
		if (ids.size() > 1) {
			require(this.index.delete(ids.get(1)), "'" + ids.get(1) + "' was there");
		}
		this.index.compact();
		hits(request(3).build(), Math.min(3, this.index.size()));
	}

}
