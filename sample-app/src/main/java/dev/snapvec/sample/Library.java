package dev.snapvec.sample;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import dev.snapvec.Hit;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.SnapvecIndexes;

import org.springframework.stereotype.Service;

/**
 * Searches the indexes and looks up the texts of the hits. Thread-safe.
 */
@Service
class Library {

	private final SnapvecIndexes indexes;

	private final Embedder embedder;

	private final Map<String, Function<String, Optional<Entry>>> texts;

	Library(SnapvecIndexes indexes, Embedder embedder, WordNet wordNet, DocumentStore documents) {
		this.indexes = indexes;
		this.embedder = embedder;
		this.texts = Map.of(Indexes.WORDNET, wordNet::find, Indexes.DOCUMENTS, documents::find);
	}

	/**
	 * Searches an index.
	 * @param name the name of the index
	 * @param query the query text
	 * @param k the maximum number of hits
	 * @return the result
	 * @throws dev.snapvec.spring.boot.NoSuchIndexException if no index has the name
	 * @throws dev.snapvec.NotFittedException if the index is not fitted yet
	 */
	SearchResult search(String name, String query, int k) {
		SafeIndex index = this.indexes.get(name);
		long start = System.nanoTime();
		float[] vector = this.embedder.query(query);
		long embedded = System.nanoTime();
		List<Hit> hits = index.search(vector, k);
		long searched = System.nanoTime();
		return new SearchResult(name, query, milliseconds(searched - embedded), milliseconds(embedded - start),
				hits.stream().map((hit) -> found(name, hit)).toList());
	}

	private SearchResult.Found found(String name, Hit hit) {
		Entry entry = Objects.requireNonNull(this.texts.get(name))
			.apply(hit.id())
			.orElseGet(() -> new Entry(hit.id(), hit.id(), ""));
		return new SearchResult.Found(entry.id(), entry.title(), entry.text(), hit.score());
	}

	private static double milliseconds(long nanos) {
		return Math.round(nanos / 1_000.0) / 1_000.0;
	}

}
