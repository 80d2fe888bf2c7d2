package dev.snapvec.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;

import dev.snapvec.ProgressListener;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The vectors of the corpus. One index contains all of them, the other one is trained on
 * the first ones, which are embedded only once. Thread-safe.
 */
@Component
class CorpusVectors {

	private static final int BATCH = 64;

	/** Training samples: 64 per list of the trained index. */
	private static final int SAMPLE = 1024;

	private final Corpus corpus;

	private final WordNet wordNet;

	private final Embedder embedder;

	private final int size;

	/** The entries; empty until they are needed. Guarded by this. */
	private List<Entry> entries = List.of();

	/** The first batches. Guarded by this. */
	private final List<float[][]> embedded = new ArrayList<>();

	CorpusVectors(Corpus corpus, WordNet wordNet, Embedder embedder, SampleProperties properties) {
		this.corpus = corpus;
		this.wordNet = wordNet;
		this.embedder = embedder;
		this.size = properties.corpusSize();
	}

	/**
	 * Embeds a training sample of the corpus.
	 * @param progress receives the progress
	 * @return vectors of the first entries
	 */
	float[][] sample(ProgressListener progress) {
		List<float[]> sample = new ArrayList<>();
		forEach(Math.min(SAMPLE, this.size), progress, (entries, vectors) -> Collections.addAll(sample, vectors));
		return sample.toArray(float[][]::new);
	}

	/**
	 * Embeds the whole corpus.
	 * @param progress receives the progress
	 * @param reader receives the entries in batches, with their vectors
	 */
	void forEach(ProgressListener progress, BiConsumer<List<Entry>, float[][]> reader) {
		forEach(this.size, progress, reader);
	}

	private synchronized void forEach(int size, ProgressListener progress, BiConsumer<List<Entry>, float[][]> reader) {
		List<Entry> all = entries();
		List<Entry> entries = all.subList(0, Math.min(size, all.size()));
		for (int from = 0; from < entries.size(); from += BATCH) {
			progress.progress("embed", from, entries.size());
			List<Entry> batch = entries.subList(from, Math.min(from + BATCH, entries.size()));
			reader.accept(batch, vectors(from / BATCH, batch));
		}
		progress.progress("embed", entries.size(), entries.size());
	}

	/** Reading WordNet takes seconds. */
	private List<Entry> entries() {
		if (this.entries.isEmpty()) {
			this.entries = this.corpus.first(this.size);
		}
		return this.entries;
	}

	private float[][] vectors(int batch, List<Entry> entries) {
		if (batch < this.embedded.size() && this.embedded.get(batch).length == entries.size()) {
			return this.embedded.get(batch);
		}
		float[][] vectors = this.embedder.texts(entries.stream().map(this::meaning).toList());
		if (batch == this.embedded.size() && batch < SAMPLE / BATCH) {
			this.embedded.add(vectors);
		}
		return vectors;
	}

	/*
	 * Many glosses do not say that a hamster is a rodent or a puppy a dog, but their
	 * hypernyms do: "a small furry pet" finds puppy fourth with them, 22nd without them,
	 * and everyday queries find as much overall.
	 */
	private String meaning(Entry entry) {
		return this.wordNet.kind(entry.id()).map(entry::meaning).orElseGet(entry::meaning);
	}

	/** Not needed again once all indexes are filled. */
	@EventListener(ApplicationReadyEvent.class)
	synchronized void forget() {
		this.embedded.clear();
		this.entries = List.of();
	}

}
