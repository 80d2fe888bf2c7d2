package dev.snapvec.sample;

import java.util.List;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexPopulator;

import org.springframework.stereotype.Component;

/**
 * Fills the index at the first start. Later starts restore its snapshot instead.
 */
@Component
class CorpusPopulator implements IndexPopulator {

	/** Name of the attribute of the index that says how much was asked for. */
	static final String CORPUS_SIZE = "sample.corpus-size";

	private static final int BATCH = 256;

	private final Corpus corpus;

	private final WordNet wordNet;

	private final Embedder embedder;

	private final int size;

	CorpusPopulator(Corpus corpus, WordNet wordNet, Embedder embedder, SampleProperties properties) {
		this.corpus = corpus;
		this.wordNet = wordNet;
		this.embedder = embedder;
		this.size = properties.corpusSize();
	}

	@Override
	public void populate(SafeIndex index, ProgressListener progress) {
		List<Entry> entries = this.corpus.first(this.size);
		for (int from = 0; from < entries.size(); from += BATCH) {
			progress.progress("embed", from, entries.size());
			List<Entry> batch = entries.subList(from, Math.min(from + BATCH, entries.size()));
			List<String> texts = batch.stream().map(this::text).toList();
			index.addAll(batch.stream().map(Entry::id).toList(), this.embedder.texts(texts));
		}
		progress.progress("embed", entries.size(), entries.size());
		index.attribute(CORPUS_SIZE, Integer.toString(this.size));
	}

	/*
	 * Many glosses do not say that a hamster is a rodent or a puppy a dog, but their
	 * hypernyms do: "a small furry pet" finds puppy fourth with them, 22nd without them,
	 * and everyday queries are answered as well on the whole.
	 */
	private String text(Entry entry) {
		return this.wordNet.kind(entry.id()).map(entry::text).orElseGet(entry::text);
	}

}
