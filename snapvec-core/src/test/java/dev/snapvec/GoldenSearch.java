package dev.snapvec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A search of Python's and what it answered.
 */
record GoldenSearch(int query, int k, @Nullable List<String> filter, @Nullable Integer nprobe, @Nullable Integer rerank,
		List<Hit> hits) {

	/** How far scores may differ, in parts of the largest one. */
	private static final float TOLERANCE = 3e-3f;

	static GoldenSearch of(JsonNode json) {
		JsonNode options = json.get("options");
		List<Hit> hits = new ArrayList<>();
		json.get("hits")
			.forEach((hit) -> hits.add(new Hit(hit.get(0).get("text").asString(), hit.get(1).floatValue())));
		JsonNode rerank = options.has("rerank_M") ? options.get("rerank_M") : options.get("rerank_candidates");
		return new GoldenSearch(json.get("query").asInt(), options.get("k").asInt(), filter(options),
				options.has("nprobe") ? options.get("nprobe").asInt() : null,
				(rerank != null && !rerank.isNull()) ? rerank.asInt() : null, hits);
	}

	private static @Nullable List<String> filter(JsonNode options) {
		if (!options.has("filter_ids") || options.get("filter_ids").isNull()) {
			return null;
		}
		List<String> ids = new ArrayList<>();
		options.get("filter_ids").forEach((id) -> ids.add(id.isObject() ? id.get("text").asString() : id.asString()));
		return ids;
	}

	SearchRequest request(GoldenCase golden) {
		SearchRequest.Builder builder = SearchRequest.of(golden.queries()[this.query]).topK(this.k);
		if (this.filter != null) {
			builder.among(IdFilter.of(this.filter));
		}
		if (this.nprobe != null) {
			builder.nprobe(this.nprobe);
		}
		if (this.rerank != null) {
			builder.rerank(this.rerank);
		}
		else if (golden.type().startsWith("IVF")) {
			builder.rerank(0);
		}
		return builder.build();
	}

	/**
	 * The same ids with the same scores, but for near-ties; with a filter, Python may
	 * have found fewer.
	 */
	void assertSameHits(List<Hit> ours) {
		if (this.filter != null && ours.size() > this.hits.size()) {
			assertThat(ids(ours)).as("hits of %s", this).containsSubsequence(ids(this.hits));
			return;
		}
		assertThat(ours).as("hits of %s", this).hasSameSizeAs(this.hits);
		if (this.hits.isEmpty()) {
			return;
		}
		float largest = 0;
		Map<String, Float> scores = new HashMap<>();
		for (Hit hit : this.hits) {
			largest = Math.max(largest, Math.abs(hit.score()));
			scores.put(hit.id(), hit.score());
		}
		float tolerance = TOLERANCE * largest;
		float last = this.hits.get(this.hits.size() - 1).score();
		for (int i = 0; i < ours.size(); i++) {
			Hit hit = ours.get(i);
			assertThat(Math.abs(hit.score() - this.hits.get(i).score())).as("score %d of %s: %s", i, this, ours)
				.isLessThanOrEqualTo(tolerance);
			float python = scores.getOrDefault(hit.id(), last);
			assertThat(Math.abs(hit.score() - python)).as("score of id %s in %s: %s", hit.id(), this, ours)
				.isLessThanOrEqualTo(tolerance);
		}
	}

	private static List<String> ids(List<Hit> hits) {
		return hits.stream().map(Hit::id).toList();
	}

}
