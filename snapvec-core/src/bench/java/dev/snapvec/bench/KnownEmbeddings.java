package dev.snapvec.bench;

import java.util.List;
import java.util.stream.IntStream;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/**
 * An embedding model that only looks up what is known: a document's text is the number of
 * its row, any other text is the query that this thread asks.
 */
final class KnownEmbeddings implements EmbeddingModel {

	private final float[][] rows;

	private final ThreadLocal<float[]> query = new ThreadLocal<>();

	KnownEmbeddings(float[][] rows) {
		this.rows = rows;
	}

	void ask(float[] query) {
		this.query.set(query);
	}

	@Override
	public EmbeddingResponse call(EmbeddingRequest request) {
		List<String> texts = request.getInstructions();
		return new EmbeddingResponse(
				IntStream.range(0, texts.size()).mapToObj((i) -> new Embedding(embed(texts.get(i)), i)).toList());
	}

	@Override
	public float[] embed(String text) {
		return text.equals("query") ? this.query.get() : this.rows[Integer.parseInt(text)].clone();
	}

	@Override
	public float[] embed(Document document) {
		return embed(document.getId());
	}

	@Override
	public int dimensions() {
		return this.rows[0].length;
	}

}
