package dev.snapvec.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.SimpleVectorStore;

/**
 * Spring AI's store that compares all vectors.
 */
final class SpringAiContender implements Contender {

	private static final String NAME = "springai-simple";

	private @Nullable SimpleVectorStore store;

	private @Nullable KnownEmbeddings embeddings;

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public void build(Workload workload, Path directory) {
		KnownEmbeddings embeddings = new KnownEmbeddings(workload.base());
		SimpleVectorStore store = SimpleVectorStore.builder(embeddings).build();
		store.add(IntStream.range(0, workload.base().length)
			.mapToObj((row) -> Document.builder().id(Integer.toString(row)).text(Integer.toString(row)).build())
			.toList());
		this.store = store;
		this.embeddings = embeddings;
	}

	@Override
	public List<Variant> variants() {
		SimpleVectorStore store = this.store;
		KnownEmbeddings embeddings = this.embeddings;
		if (store == null || embeddings == null) {
			throw new IllegalStateException("not built");
		}
		return List.of(new Variant(NAME, (query) -> {
			embeddings.ask(query);
			return store
				.similaritySearch(
						SearchRequest.builder().query("query").topK(Workload.TOP_K).similarityThresholdAll().build())
				.stream()
				.mapToInt((document) -> Integer.parseInt(document.getId()))
				.toArray();
		}));
	}

	@Override
	public Stored store(Path directory) throws Exception {
		if (this.store == null || this.embeddings == null) {
			throw new IllegalStateException("not built");
		}
		Path file = directory.resolve("springai.json");
		this.store.save(file.toFile());
		long start = System.nanoTime();
		SimpleVectorStore.builder(this.embeddings).build().load(file.toFile());
		return new Stored(Files.size(file), Clock.secondsSince(start) * 1000);
	}

	@Override
	public void close() {
		this.store = null;
		this.embeddings = null;
	}

}
