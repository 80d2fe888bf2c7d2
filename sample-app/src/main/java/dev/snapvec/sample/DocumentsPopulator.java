package dev.snapvec.sample;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexPopulator;

import org.springframework.stereotype.Component;

/**
 * Trains the index of documents at the first start. There are no documents to train on
 * yet, but the dictionary describes in the same language what they may be about.
 */
@Component
class DocumentsPopulator implements IndexPopulator {

	private final CorpusVectors corpus;

	private final DocumentIndex documents;

	DocumentsPopulator(CorpusVectors corpus, DocumentIndex documents) {
		this.corpus = corpus;
		this.documents = documents;
	}

	@Override
	public boolean populates(String indexName) {
		return indexName.equals(Indexes.DOCUMENTS);
	}

	@Override
	public float[][] trainingSample(SafeIndex index, ProgressListener progress) {
		return this.corpus.sample(progress);
	}

	/** Adds the documents that exist if only the directory of the indexes was deleted. */
	@Override
	public void populate(SafeIndex index, ProgressListener progress) {
		this.documents.catchUp(progress);
	}

}
