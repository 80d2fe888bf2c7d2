package dev.snapvec.sample;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexPopulator;

import org.springframework.stereotype.Component;

/**
 * Fills the dictionary index at the first start. Later starts restore its snapshot
 * instead.
 */
@Component
class WordNetPopulator implements IndexPopulator {

	/** Name of the index attribute with the requested size of the corpus. */
	static final String CORPUS_SIZE = "sample.corpus-size";

	private final CorpusVectors corpus;

	private final int size;

	WordNetPopulator(CorpusVectors corpus, SampleProperties properties) {
		this.corpus = corpus;
		this.size = properties.corpusSize();
	}

	@Override
	public boolean populates(String indexName) {
		return indexName.equals(Indexes.WORDNET);
	}

	@Override
	public void populate(SafeIndex index, ProgressListener progress) {
		this.corpus.forEach(progress,
				(entries, vectors) -> index.addAll(entries.stream().map(Entry::id).toList(), vectors));
		index.attribute(CORPUS_SIZE, Integer.toString(this.size));
	}

}
