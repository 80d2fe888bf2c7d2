package dev.snapvec.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;

/**
 * Counts the texts that an application embeds. Another model embeds them, each text once
 * for all tests, as that takes most of the time of a start.
 */
class CountingEmbeddingModel implements EmbeddingModel {

	private static final Map<TextSegment, Embedding> KNOWN = new ConcurrentHashMap<>();

	private final AtomicInteger texts = new AtomicInteger();

	private final EmbeddingModel model;

	CountingEmbeddingModel(EmbeddingModel model) {
		this.model = model;
	}

	@Override
	public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
		this.texts.addAndGet(segments.size());
		List<TextSegment> others = segments.stream().filter((segment) -> !KNOWN.containsKey(segment)).toList();
		List<Embedding> embeddings = others.isEmpty() ? List.of() : this.model.embedAll(others).content();
		for (int i = 0; i < others.size(); i++) {
			KNOWN.put(others.get(i), embeddings.get(i));
		}
		List<Embedding> all = new ArrayList<>();
		segments.forEach((segment) -> all.add(Objects.requireNonNull(KNOWN.get(segment))));
		return Response.from(all);
	}

	int texts() {
		return this.texts.get();
	}

}
