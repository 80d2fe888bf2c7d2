package dev.snapvec.sample;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;

/**
 * Counts the texts that another model embeds.
 */
class CountingEmbeddingModel implements EmbeddingModel {

	private final AtomicInteger texts = new AtomicInteger();

	private final EmbeddingModel model;

	CountingEmbeddingModel(EmbeddingModel model) {
		this.model = model;
	}

	@Override
	public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
		this.texts.addAndGet(segments.size());
		return this.model.embedAll(segments);
	}

	int texts() {
		return this.texts.get();
	}

}
