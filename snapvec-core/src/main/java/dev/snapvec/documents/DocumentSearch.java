package dev.snapvec.documents;

import java.util.ArrayList;
import java.util.List;

import dev.snapvec.Hit;
import dev.snapvec.SafeIndex;
import dev.snapvec.SearchRequest;
import dev.snapvec.documents.RankFusion.Fused;
import dev.snapvec.documents.RankFusion.Ranking;
import org.jspecify.annotations.Nullable;

/**
 * Searches for documents by vectors, and by vectors and words. Thread-safe.
 *
 * @param index the vectors
 * @param reads reads documents
 * @param fields what documents are made of
 */
record DocumentSearch(SafeIndex index, DocumentReads reads, DocumentFields fields) {

	/** How many of the best each ranking has at least. */
	private static final int LEAST_DEPTH = 100;

	/** How many times as many results each ranking has. */
	private static final int DEPTH = 4;

	List<DocumentHit> search(SearchRequest request) {
		DocumentReads.Found<List<Hit>> found = this.reads.find((before) -> this.index.search(request),
				DocumentSearch::numbers);
		List<DocumentHit> hits = new ArrayList<>();
		for (Hit hit : found.rows()) {
			StoredDocument document = (hit.number() > 0) ? found.documents().get(hit.number())
					: StoredDocument.read(hit.id(), null, null, null);
			if (document != null) {
				hits.add(new DocumentHit(document, hit.score(), hits.size() + 1, 0));
			}
		}
		return List.copyOf(hits);
	}

	private static List<Long> numbers(List<Hit> hits) {
		return hits.stream().map(Hit::number).toList();
	}

	/**
	 * The documents that are among the best by vectors or by words.
	 * @param topK the number of results at most
	 * @param request the search for vectors, for {@link #depth} results
	 */
	List<DocumentHit> search(int topK, SearchRequest request, String words, @Nullable MetadataFilter filter,
			double vectorWeight, double wordWeight) {
		DocumentReads.Found<List<Fused>> found = this.reads.find((before) -> {
			List<Long> byVectors = numbers(this.index.search(request)).stream().filter((number) -> number > 0).toList();
			List<Long> byWords = before
				.words(this.fields.analyzer(), words, request.topK(), (filter != null) ? filter : MetadataFilter.all())
				.stream()
				.map(ScoredDocument::number)
				.toList();
			List<Fused> all = RankFusion
				.fuse(List.of(new Ranking(vectorWeight, byVectors), new Ranking(wordWeight, byWords)));
			return all.subList(0, Math.min(topK, all.size()));
		}, (fused) -> fused.stream().map(Fused::number).toList());
		List<DocumentHit> hits = new ArrayList<>();
		for (Fused fused : found.rows()) {
			StoredDocument document = found.documents().get(fused.number());
			if (document != null) {
				hits.add(new DocumentHit(document, fused.score(), fused.ranks().get(0), fused.ranks().get(1)));
			}
		}
		return List.copyOf(hits);
	}

	/** How many results each of several rankings needs. */
	static int depth(int topK) {
		return Math.max(LEAST_DEPTH, (int) Math.min(Integer.MAX_VALUE, (long) DEPTH * topK));
	}

}
