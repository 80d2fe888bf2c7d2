package dev.snapvec.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.FrozenIndexException;
import dev.snapvec.Hit;
import dev.snapvec.IndexListener;
import dev.snapvec.InvalidIdException;
import dev.snapvec.InvalidVectorException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SearchRequest;
import dev.snapvec.SnapIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.LogSync;
import dev.snapvec.store.Restored;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Documents and vectors together.
 */
class DocumentIndexTests {

	private static final int DIMENSION = 16;

	@TempDir
	Path temporary;

	private Path directory() {
		return this.temporary.resolve("store");
	}

	/** A store, its index and its documents. */
	private static final class Opened implements AutoCloseable {

		private final IndexStore store;

		private final SafeIndex index;

		private final DocumentIndex documents;

		private final Optional<Restored> restored;

		Opened(Path directory, @Nullable LogSync log, DocumentOptions options) {
			this(directory, log, options, SnapIndex.builder(DIMENSION).build());
		}

		Opened(Path directory, @Nullable LogSync log, DocumentOptions options, VectorIndex empty) {
			this.store = IndexStore.open(directory, 2);
			this.index = new SafeIndex("knowledge", empty);
			this.documents = new DocumentIndex(this.index, this.store, options);
			try {
				this.restored = this.documents.restore((each) -> each.restore(LoadOptions.defaults()));
			}
			catch (RuntimeException ex) {
				this.store.close();
				throw ex;
			}
			if (log != null) {
				this.store.log(this.index, log);
			}
		}

		@Override
		public void close() {
			this.documents.close();
			this.store.close();
		}

	}

	private Opened open(boolean logged) {
		return new Opened(directory(), logged ? LogSync.always() : null, DocumentOptions.defaults());
	}

	private static float[] vector(long seed) {
		Random random = new Random(seed);
		float[] vector = new float[DIMENSION];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = (float) random.nextGaussian();
		}
		return vector;
	}

	private static StoredDocument document(String id, int year) {
		return StoredDocument.of(id, "text " + id + " of " + year, Map.of("year", year), vector(id.hashCode() + year));
	}

	/** All documents, found in every way. */
	private static Map<String, StoredDocument> contents(DocumentIndex documents) {
		Map<String, StoredDocument> contents = new TreeMap<>();
		long start = DocumentPage.START;
		while (true) {
			DocumentPage page = documents.list(MetadataFilter.all(), start, 3);
			if (page.documents().isEmpty()) {
				break;
			}
			page.documents().forEach((document) -> assertThat(contents.put(document.id(), document)).isNull());
			start = page.next();
		}
		assertThat(documents.get(contents.keySet())).isEqualTo(contents);
		assertThat(documents.count(MetadataFilter.all())).isEqualTo(contents.size());
		if (!contents.isEmpty()) {
			List<DocumentHit> hits = documents.search(vector(1), contents.size() + 5, MetadataFilter.all());
			assertThat(hits).extracting(DocumentHit::document).containsExactlyInAnyOrderElementsOf(contents.values());
		}
		assertThat(documents.missing()).isZero();
		return contents;
	}

	private static Map<String, StoredDocument> byId(StoredDocument... documents) {
		Map<String, StoredDocument> byId = new TreeMap<>();
		Stream.of(documents).forEach((document) -> byId.put(document.id(), document));
		return byId;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void documentsAreAddedFoundChangedAndDeleted(boolean logged) {
		try (Opened open = open(logged)) {
			DocumentIndex documents = open.documents;
			assertThat(open.restored).isEmpty();
			assertThat(contents(documents)).isEmpty();
			documents.add(document("a", 2024));
			documents.addAll(List.of(document("b", 2025), document("c", 2026)));
			documents.upsert(document("a", 2026));
			assertThat(contents(documents))
				.isEqualTo(byId(document("a", 2026), document("b", 2025), document("c", 2026)));
			assertThat(documents.contains("a")).isTrue();
			assertThat(documents.get("d")).isEmpty();
			assertThat(documents.get(List.of("d", "c"))).containsOnlyKeys("c");
			List<DocumentHit> hits = documents.search(vector("b".hashCode() + 2025), 3,
					MetadataFilter.gte("year", 2026));
			assertThat(hits).extracting(DocumentHit::id).containsExactlyInAnyOrder("a", "c");
			assertThat(hits).extracting(DocumentHit::vectorRank).containsExactly(1, 2);
			assertThat(documents.search(vector("b".hashCode() + 2025), 1).get(0).document())
				.isEqualTo(document("b", 2025));

			assertThat(documents.updateMetadata("b", metadata("year", null, "draft", true))).isTrue();
			assertThat(documents.get("b").orElseThrow().metadata()).isEqualTo(Map.of("draft", true));
			assertThat(documents.get("b").orElseThrow().vector()).isEqualTo(document("b", 2025).vector());
			assertThat(documents.count(MetadataFilter.isNull("year"))).isEqualTo(1);
			assertThat(documents.updateMetadata("d", Map.of("year", 1))).isFalse();

			assertThat(documents.delete(MetadataFilter.eq("year", 2026))).isEqualTo(2);
			assertThat(documents.delete(MetadataFilter.eq("year", 2026))).isZero();
			assertThat(contents(documents)).containsOnlyKeys("b");
			assertThat(documents.delete("b")).isTrue();
			assertThat(documents.delete("b")).isFalse();
			assertThat(open.index.size()).isZero();
			documents.addAll(List.of(document("x", 1), StoredDocument.of("bare", vector(2))));
			assertThat(documents.clear()).isEqualTo(2);
			assertThat(open.index.size()).isZero();
			assertThat(documents.stats().documents()).isZero();
		}
	}

	private static Map<String, @Nullable Object> metadata(@Nullable Object... entries) {
		Map<String, @Nullable Object> metadata = new HashMap<>();
		for (int i = 0; i < entries.length; i += 2) {
			metadata.put(String.valueOf(entries[i]), entries[i + 1]);
		}
		return metadata;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void afterARestartEverythingIsThere(boolean keepVectors) {
		DocumentOptions options = DocumentOptions.defaults().keepVectors(keepVectors);
		Map<String, StoredDocument> expected;
		try (Opened open = new Opened(directory(), LogSync.always(), options)) {
			open.documents.addAll(List.of(document("a", 1), document("b", 2), document("c", 3), document("d", 4)));
			open.documents.upsert(document("a", 5));
			open.store.save(open.index);
			open.documents.updateMetadata("b", Map.of("year", 6));
			open.documents.delete("c");
			open.documents.upsert(document("e", 7));
			open.documents.updateMetadata("e", Map.of("draft", true));
			open.documents.updateMetadata("e", Map.of("draft", false));
			expected = contents(open.documents);
			assertThat(expected).containsOnlyKeys("a", "b", "d", "e");
			assertThat(expected.get("b").vector() != null).isEqualTo(keepVectors);
		}
		for (int restart = 0; restart < 4; restart++) {
			try (Opened open = new Opened(directory(), LogSync.always(), options)) {
				assertThat(contents(open.documents)).isEqualTo(expected);
				if (restart == 1) {
					open.store.save(open.index);
				}
				if (restart == 2) {
					open.documents.delete(MetadataFilter.eq("draft", false));
					open.documents.purge();
					expected.remove("e");
				}
			}
		}
	}

	@Test
	void withoutALogDocumentsAndVectorsOfTheLastSnapshotAreLeft() {
		try (Opened open = open(false)) {
			open.documents.addAll(List.of(document("a", 1), document("b", 2)));
			open.store.save(open.index);
			open.documents.upsert(document("c", 3));
			open.documents.delete("a");
		}
		try (Opened open = open(false)) {
			assertThat(contents(open.documents)).isEqualTo(byId(document("a", 1), document("b", 2)));
			assertThat(open.index.size()).isEqualTo(2);
		}
	}

	@Test
	void whatChangesWhileASnapshotIsWrittenIsInTheLogAndNotInTheSnapshot() throws IOException {
		Map<String, StoredDocument> after;
		try (Opened open = open(true)) {
			for (int i = 0; i < 50; i++) {
				open.documents.upsert(document("d" + i, i));
			}
			AtomicBoolean done = new AtomicBoolean();
			ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
			Thread writer = new Thread(() -> {
				Random random = new Random(3);
				try {
					for (int i = 0; !done.get(); i++) {
						String id = "d" + random.nextInt(60);
						switch (random.nextInt(3)) {
							case 0 -> open.documents.upsert(document(id, i));
							case 1 -> open.documents.delete(id);
							default -> open.documents.updateMetadata(id, Map.of("year", i));
						}
					}
				}
				catch (Throwable ex) {
					failures.add(ex);
				}
			});
			writer.start();
			for (int i = 0; i < 12; i++) {
				open.store.save(open.index);
				assertThat(open.store.deletionFailure()).isEmpty();
				if (i == 6) {
					open.documents.purge();
				}
			}
			done.set(true);
			join(writer);
			assertThat(failures).isEmpty();
			after = contents(open.documents);
		}
		try (Opened open = open(true)) {
			assertThat(contents(open.documents)).isEqualTo(after);
		}
		// every snapshot alone, too
		try (Stream<Path> files = Files.list(directory())) {
			for (Path log : files.filter((file) -> file.toString().endsWith(".snaplog")).toList()) {
				Files.delete(log);
			}
		}
		try (Opened open = open(false)) {
			assertThat(open.documents.missing()).isZero();
			assertThat(contents(open.documents)).hasSize(open.index.size());
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	@Timeout(120)
	void aHitIsAlwaysOneVersionOfADocument() {
		try (Opened open = open(false)) {
			DocumentIndex documents = open.documents;
			for (int i = 0; i < 20; i++) {
				documents.upsert(version("d" + i, 0));
			}
			AtomicBoolean done = new AtomicBoolean();
			AtomicInteger changes = new AtomicInteger();
			ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
			List<Thread> writers = IntStream.range(0, 2).mapToObj((writer) -> new Thread(() -> {
				Random random = new Random(writer);
				try {
					while (!done.get()) {
						documents.upsert(version("d" + (2 * random.nextInt(10) + writer), random.nextInt(100)));
						changes.incrementAndGet();
					}
				}
				catch (Throwable ex) {
					failures.add(ex);
				}
			})).toList();
			writers.forEach(Thread::start);
			try {
				long end = System.nanoTime() + 2_000_000_000L;
				for (int i = 0; System.nanoTime() < end && failures.isEmpty(); i++) {
					List<DocumentHit> hits = (i % 2 == 0) ? documents.search(vector(i), 20)
							: documents.search(vector(i), 20, MetadataFilter.isNotNull("version"));
					assertThat(hits).extracting(DocumentHit::id).doesNotHaveDuplicates().hasSize(20);
					for (DocumentHit hit : hits) {
						assertVersion(hit.document());
					}
					DocumentHit best = documents.search(hits.get(7).document().vector(), 1).get(0);
					assertVersion(best.document());
					if (i % 50 == 0) {
						open.store.save(open.index);
					}
					assertThat(documents.get("d3").orElseThrow().text()).startsWith("version");
				}
			}
			finally {
				done.set(true);
				writers.forEach(DocumentIndexTests::join);
			}
			assertThat(failures).isEmpty();
			assertThat(changes.get()).isGreaterThan(20);
		}
	}

	private static StoredDocument version(String id, int version) {
		return StoredDocument.of(id, "version " + version, Map.of("version", version),
				vector(1000 * version + id.hashCode()));
	}

	private static void assertVersion(StoredDocument document) {
		Map<String, Object> metadata = document.metadata();
		assertThat(metadata).isNotNull();
		int version = (Integer) metadata.get("version");
		assertThat(document).isEqualTo(version(document.id(), version));
	}

	@Test
	void aBatchIsAddedAsAWholeOrNotAtAll() {
		try (Opened open = open(true)) {
			DocumentIndex documents = open.documents;
			documents.add(document("a", 1));
			Map<String, StoredDocument> before = contents(documents);
			assertThatExceptionOfType(InvalidIdException.class)
				.isThrownBy(() -> documents.addAll(List.of(document("b", 1), document("a", 2))));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> documents.upsertAll(List.of(document("b", 1), document("b", 2))))
				.withMessage("a batch must have one document per id, but had two of id 'b'");
			assertThatIllegalArgumentException()
				.isThrownBy(
						() -> documents.upsertAll(List.of(document("b", 1), StoredDocument.of("c", "text", Map.of()))))
				.withMessage("document 'c' must have a vector");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> documents.upsert(StoredDocument.of("big", "x".repeat(16 << 20), Map.of(), vector(1))))
				.withMessageContaining("document 'big' must have at most 16777216 bytes of text and metadata, but had");
			assertThatExceptionOfType(InvalidVectorException.class)
				.isThrownBy(() -> documents.upsert(StoredDocument.of("b", "x", Map.of(), new float[3])));
			open.index.freeze();
			assertThatExceptionOfType(FrozenIndexException.class).isThrownBy(() -> documents.upsert(document("b", 1)));
			assertThatExceptionOfType(FrozenIndexException.class)
				.isThrownBy(() -> documents.updateMetadata("a", Map.of("year", 9)));
			assertThatExceptionOfType(FrozenIndexException.class)
				.isThrownBy(() -> documents.delete(MetadataFilter.all()));
			assertThat(contents(documents)).isEqualTo(before);
			assertThat(documents.stats().documents()).isEqualTo(1);
		}
	}

	@Test
	void theHandleOfTheVectorsMayBeUsedToo() {
		try (Opened open = open(true)) {
			DocumentIndex documents = open.documents;
			documents.addAll(List.of(document("a", 1), document("b", 2)));
			open.index.add("vector", vector(5));
			open.index.upsert("b", vector(6));
			open.index.delete("a");
			assertThat(contents(documents)).isEmpty();
			assertThat(documents.get("b").orElseThrow().text()).isNull();
			assertThat(documents.search(vector(5), 5)).extracting(DocumentHit::id)
				.containsExactlyInAnyOrder("vector", "b");
			assertThat(documents.stats().documents()).isZero();
			assertThat(documents.attachAll(List.of(StoredDocument.of("b", "later", Map.of("year", 3)),
					StoredDocument.of("nobody", "", Map.of()))))
				.isEqualTo(1);
			assertThat(documents.attachAll(List.of(StoredDocument.of("b", "once more", Map.of())))).isZero();
			assertThat(contents(documents)).containsOnlyKeys("b");
			documents.add(StoredDocument.of("bare", vector(9)));
			assertThat(documents.get("bare").orElseThrow().vector()).isEqualTo(vector(9));
			assertThat(documents.attachAll(List.of(StoredDocument.of("bare", "text", Map.of())))).isEqualTo(1);
			assertThat(documents.get("bare").orElseThrow())
				.isEqualTo(StoredDocument.of("bare", "text", Map.of(), vector(9)));
		}
		try (Opened open = open(true)) {
			assertThat(contents(open.documents)).containsOnlyKeys("b", "bare");
			assertThat(open.index.size()).isEqualTo(3);
		}
	}

	@Test
	void wordsAndVectorsAreSearchedTogether() {
		try (Opened open = open(false)) {
			DocumentIndex documents = open.documents;
			documents.addAll(List.of(StoredDocument.of("near", "nothing in common", Map.of("n", 1), vector(1)),
					StoredDocument.of("both", "a rare word", Map.of("n", 2), nearly(vector(1))),
					StoredDocument.of("word", "rare rare word", Map.of("n", 3), vector(99))));
			open.index.add("vector", vector(1));
			List<DocumentHit> hits = documents.searchHybrid("Rare word", vector(1), 3, null);
			assertThat(hits).extracting((hit) -> hit.id() + " " + hit.vectorRank() + " " + hit.wordRank())
				.containsExactly("word 3 1", "both 2 2", "near 1 0");
			assertThat(hits.get(1).score()).isEqualTo(2.0 / 62);
			assertThat(documents.searchHybrid("rare", vector(1), 3, MetadataFilter.ne("n", 2)))
				.extracting(DocumentHit::id)
				.containsExactlyInAnyOrder("near", "word");
			assertThat(documents.searchHybrid("rare", vector(1), 1, null, 1, 1_000)).extracting(DocumentHit::id)
				.containsExactly("word");
			assertThat(documents.searchHybrid("unheard", vector(1), 1, null)).extracting(DocumentHit::id)
				.containsExactly("near");
		}
	}

	private static float[] nearly(float[] vector) {
		vector[0] += 0.5f;
		return vector;
	}

	@Test
	void aFilterIsReusedUntilTheIndexChanges() {
		try (Opened open = open(false)) {
			open.documents.addAll(IntStream.range(0, 200).mapToObj((i) -> document("d" + i, i)).toList());
			SearchRequest request = SearchRequest.of(vector(1))
				.topK(500)
				.among(open.documents.where(MetadataFilter.lt("year", 50)))
				.build();
			assertThat(request).isEqualTo(SearchRequest.of(vector(1))
				.topK(500)
				.among(open.documents.where(MetadataFilter.lt("year", 50)))
				.build());
			assertThat(open.index.search(request)).hasSize(50);
			open.documents.updateMetadata("d7", Map.of("year", 1_000));
			assertThat(open.index.search(request)).hasSize(49);
			open.documents.updateMetadata("d107", Map.of("year", 1));
			assertThat(open.index.search(request)).extracting(Hit::id)
				.hasSize(50)
				.contains("d107")
				.doesNotContain("d7");
			assertThat(request.filter()).hasToString("a filter of 1 conditions on documents");
		}
	}

	@Test
	void listenersOfTheIndexReceiveChangesOfDocuments() {
		try (Opened open = open(true)) {
			List<String> events = new ArrayList<>();
			open.index.addListener(new IndexListener() {
				@Override
				public void added(SafeIndex index, int rows) {
					events.add("added " + rows);
				}

				@Override
				public void deleted(SafeIndex index, int rows) {
					events.add("deleted " + rows);
				}
			});
			open.documents.addAll(List.of(document("a", 1), document("b", 2)));
			open.documents.delete(MetadataFilter.eq("year", 1));
			assertThat(events).containsExactly("added 2", "deleted 1");
		}
	}

	@Test
	void aDamagedCommitIsRefusedAndAnOlderSnapshotHasItsOwn() throws IOException {
		try (Opened open = open(false)) {
			open.documents.add(document("a", 1));
			open.store.save(open.index);
			open.documents.add(document("b", 2));
			open.store.save(open.index);
		}
		Path newest;
		try (Stream<Path> files = Files.list(directory().resolve("documents"))) {
			newest = files.filter((file) -> file.getFileName().toString().startsWith("segments_"))
				.max(Path::compareTo)
				.orElseThrow();
		}
		Files.write(newest, new byte[10]);
		assertThatExceptionOfType(CorruptIndexException.class).isThrownBy(() -> open(false))
			.withMessageContaining("the documents in " + directory().resolve("documents") + " are damaged");
		IndexStore store = IndexStore.open(directory(), 2);
		SafeIndex index = new SafeIndex("knowledge", SnapIndex.builder(DIMENSION).build());
		try (store; DocumentIndex documents = new DocumentIndex(index, store, DocumentOptions.defaults())) {
			Restored restored = documents.restore((each) -> each.restoreNewestSound(LoadOptions.defaults()))
				.orElseThrow();
			assertThat(restored.skipped()).hasSize(1);
			assertThat(contents(documents)).isEqualTo(byId(document("a", 1)));
			assertThat(store.save(index).number()).isEqualTo(3);
		}
	}

	@Test
	void documentsThatAreNotOpenAreRefused() {
		try (IndexStore store = IndexStore.open(directory(), 2)) {
			SafeIndex index = new SafeIndex("knowledge", SnapIndex.builder(DIMENSION).build());
			DocumentIndex documents = new DocumentIndex(index, store, DocumentOptions.defaults());
			assertThatIllegalStateException().isThrownBy(() -> documents.count(MetadataFilter.all()))
				.withMessage("the documents of index 'knowledge' are not open; call restore first");
			documents.restore((each) -> each.restore(LoadOptions.defaults()));
			assertThatIllegalStateException()
				.isThrownBy(() -> documents.restore((each) -> each.restore(LoadOptions.defaults())))
				.withMessage("the documents of index 'knowledge' are open already");
			assertThatIllegalArgumentException().isThrownBy(() -> documents.list(MetadataFilter.all(), 0, 0))
				.withMessage("the limit of a page must be at least 1, but was 0");
			assertThatIllegalArgumentException().isThrownBy(() -> documents.list(MetadataFilter.all(), -1, 1))
				.withMessage("the start of a page must be 0 or that of a page, but was -1");
			documents.close();
			documents.close();
			assertThatIllegalStateException().isThrownBy(() -> documents.add(document("a", 1)))
				.withMessageContaining("are closed");
			assertThatIllegalStateException().isThrownBy(() -> store.save(index));
		}
	}

}
