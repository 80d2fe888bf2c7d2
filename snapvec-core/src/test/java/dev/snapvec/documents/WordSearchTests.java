package dev.snapvec.documents;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Searches for the words of texts.
 */
class WordSearchTests {

	private static final DocumentFields FIELDS = new DocumentFields(false, (key) -> true, new StandardAnalyzer());

	private static DocumentStore store(DocumentFields fields) {
		return DocumentStore.create(Path.of("documents"), new ByteBuffersDirectory(), Set.of(), fields);
	}

	private static StoredDocument document(String text) {
		return document(text, 0);
	}

	private static StoredDocument document(String text, int year) {
		return StoredDocument.read("id", text, Map.of("year", year), null);
	}

	private static List<ScoredDocument> search(DocumentStore store, String text, int limit, MetadataFilter filter) {
		try (DocumentView view = store.view()) {
			return view.words(FIELDS.analyzer(), text, limit, filter);
		}
	}

	private static List<Long> numbers(DocumentStore store, String text) {
		return search(store, text, 100, MetadataFilter.all()).stream().map(ScoredDocument::number).toList();
	}

	@Test
	void theDocumentWithTheRareWordsComesFirst() {
		try (DocumentStore store = store(FIELDS)) {
			store.put(List.of(document("The quick brown fox"), document("the lazy dog"),
					document("the fox and the dog"), document("nothing"), document("")));
			for (int i = 0; i < 2; i++) {
				assertThat(numbers(store, "FOX, quick!")).containsExactly(1L, 3L);
				assertThat(numbers(store, "dog")).containsExactly(2L, 3L);
				assertThat(numbers(store, "cat")).isEmpty();
				assertThat(numbers(store, "")).isEmpty();
				assertThat(numbers(store, " \uD800 ")).isEmpty();
				store.handOver();
			}
			store.put(List.of(document("a quick fox")));
			assertThat(numbers(store, "quick fox")).startsWith(6L, 1L);
			store.remove(1);
			assertThat(numbers(store, "quick fox")).containsExactly(6L, 3L);
		}
	}

	@Test
	void filtersApplyBeforeTheBestAreChosen() {
		try (DocumentStore store = store(FIELDS)) {
			for (int i = 0; i < 200; i++) {
				store.put(List.of(document("word ".repeat(1 + i % 7), i)));
				if (i == 100) {
					store.handOver();
				}
			}
			MetadataFilter filter = MetadataFilter.in("year", List.of(3, 50, 100, 101, 150, 199));
			assertThat(search(store, "word", 4, filter)).hasSize(4);
			assertThat(search(store, "word", 9, filter)).extracting(ScoredDocument::number)
				.containsExactlyInAnyOrder(4L, 51L, 101L, 102L, 151L, 200L);
			assertThat(search(store, "word", 0, filter)).isEmpty();
			assertThat(search(store, "word", Integer.MAX_VALUE, MetadataFilter.all())).hasSize(200);
		}
	}

	@Test
	void theScoreDoesNotDependOnWhereADocumentIs() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		try (DocumentStore sealed = store(FIELDS);
				DocumentStore mixed = store(FIELDS);
				DocumentStore tail = store(FIELDS)) {
			for (int i = 0; i < 400; i++) {
				List<StoredDocument> document = List.of(document(text(random, random.nextInt(60)), i % 5));
				sealed.put(document);
				mixed.put(document);
				tail.put(document);
				if (i == 150 || i == 280) {
					mixed.handOver();
				}
			}
			sealed.handOver();
			for (int query = 0; query < 50; query++) {
				String words = text(random, 1 + random.nextInt(5));
				MetadataFilter filter = (query % 2 == 0) ? MetadataFilter.all() : MetadataFilter.lt("year", 2);
				Map<Long, Float> expected = scores(sealed, words, filter);
				for (DocumentStore store : List.of(mixed, tail)) {
					Map<Long, Float> scores = scores(store, words, filter);
					assertThat(scores.keySet()).as("seed %d: %s", seed, words).isEqualTo(expected.keySet());
					scores.forEach((number, score) -> assertThat(score).as("seed %d: %s", seed, words)
						.isCloseTo(expected.get(number), within(1e-5f)));
				}
			}
		}
	}

	private static Map<Long, Float> scores(DocumentStore store, String words, MetadataFilter filter) {
		Map<Long, Float> scores = new HashMap<>();
		List<ScoredDocument> found = search(store, words, 1_000, filter);
		found.forEach((document) -> scores.put(document.number(), document.score()));
		assertThat(found).hasSameSizeAs(scores.keySet());
		List<ScoredDocument> sorted = new ArrayList<>(found);
		sorted.sort((a, b) -> Float.compare(b.score(), a.score()));
		assertThat(found).extracting(ScoredDocument::score)
			.isEqualTo(sorted.stream().map(ScoredDocument::score).toList());
		return scores;
	}

	/** Words of which some are much more frequent than others. */
	private static String text(Random random, int words) {
		return IntStream.range(0, words)
			.mapToObj((i) -> "w" + (int) Math.pow(random.nextInt(6) + 1, random.nextInt(4)))
			.collect(Collectors.joining(" "));
	}

	@Test
	void aVeryLongQueryIsCut() {
		try (DocumentStore store = store(FIELDS)) {
			String many = IntStream.range(0, 5_000).mapToObj((i) -> "w" + i).collect(Collectors.joining(" "));
			store.put(List.of(document("w1"), document("w4999")));
			store.handOver();
			assertThat(numbers(store, many)).containsExactly(1L);
		}
	}

	@Test
	void wordsThatLuceneWouldRejectAreLeftOut() {
		Analyzer whole = new Analyzer() {
			@Override
			protected TokenStreamComponents createComponents(String fieldName) {
				return new TokenStreamComponents(new WholeText());
			}
		};
		DocumentFields fields = new DocumentFields(false, (key) -> true, whole);
		try (DocumentStore store = store(fields); DocumentView empty = store.view()) {
			store.put(List.of(document("\u00fc".repeat(40_000)), document("short enough")));
			store.handOver();
			try (DocumentView view = store.view()) {
				assertThat(view.words(fields.analyzer(), "short enough", 5, MetadataFilter.all())).hasSize(1);
				assertThat(view.count(MetadataFilter.all())).isEqualTo(2);
				assertThat(empty.words(fields.analyzer(), "short enough", 5, MetadataFilter.all())).isEmpty();
			}
		}
	}

	/** Makes one word of a text. */
	private static final class WholeText extends Tokenizer {

		private final CharTermAttribute word = addAttribute(CharTermAttribute.class);

		private boolean done;

		@Override
		public boolean incrementToken() throws IOException {
			clearAttributes();
			if (this.done) {
				return false;
			}
			this.done = true;
			StringWriter text = new StringWriter();
			this.input.transferTo(text);
			this.word.append(text.toString());
			return true;
		}

		@Override
		public void reset() throws IOException {
			super.reset();
			this.done = false;
		}

	}

}
