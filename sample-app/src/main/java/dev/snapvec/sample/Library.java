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
 * The indexes together with the texts their ids stand for. Thread-safe.
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
	 * @param name its name
	 * @param query what to look for, in words
	 * @param k how many hits to find at most
	 * @return the answer
	 * @throws dev.snapvec.spring.boot.NoSuchIndexException if no index has the name
	 * @throws dev.snapvec.NotFittedException if the index has not learned yet
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
