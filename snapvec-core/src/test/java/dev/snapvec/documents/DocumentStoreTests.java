package dev.snapvec.documents;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.SnapvecException;
import dev.snapvec.StoreLockedException;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Documents in a tail and in Lucene, as views show them and as commits keep them.
 */
class DocumentStoreTests {

	private static final DocumentFields FIELDS = new DocumentFields(true, (key) -> true, new StandardAnalyzer());

	@TempDir
	Path directory;

	private DocumentStore create() throws IOException {
		return DocumentStore.create(this.directory, new MMapDirectory(this.directory), Set.of(), FIELDS);
	}

	private DocumentStore open(DocumentCommit commit, Long... snapshots) throws IOException {
		return DocumentStore.open(this.directory, new MMapDirectory(this.directory), commit.generation(),
				commit.snapshot(), Set.of(snapshots), FIELDS);
	}

	private CommittedDocuments follow(DocumentCommit commit) throws IOException {
		return CommittedDocuments.open(this.directory, new MMapDirectory(this.directory), commit.generation(),
				commit.snapshot());
	}

	private static StoredDocument document(String id, int year) {
		return StoredDocument.of(id, "text of " + id, Map.of("year", year), new float[] { year, 1 });
	}

	private static DocumentCommit commit(DocumentStore store, long snapshot) {
		return commit(store, snapshot, contents(store));
	}

	/** Commits the documents that a snapshot holds. */
	private static DocumentCommit commit(DocumentStore store, long snapshot, Map<Long, StoredDocument> held) {
		return store.commit(snapshot, held.keySet().stream().reduce(0L, Math::max), held::containsKey);
	}

	private static Map<Long, StoredDocument> contents(DocumentStore store) {
		try (DocumentView view = store.view()) {
			return contents(view);
		}
	}

	private static Map<Long, StoredDocument> contents(DocumentView view) {
		Map<Long, StoredDocument> contents = new TreeMap<>(
				view.read(LongStream.rangeClosed(1, view.newest()).boxed().toList()));
		assertThat(view.size()).isEqualTo(contents.size());
		List<Long> numbers = new ArrayList<>();
		view.matching(MetadataFilter.all(), numbers::add);
		assertThat(numbers).containsExactlyInAnyOrderElementsOf(
				contents.keySet().stream().filter((number) -> contents.get(number).text() != null).toList());
		contents.forEach((number, document) -> assertThat(view.find(document.id())).isGreaterThanOrEqualTo(number));
		return contents;
	}

	private static Map<Long, StoredDocument> contents(CommittedDocuments committed) {
		try (DocumentView view = committed.view()) {
			return contents(view);
		}
	}

	@Test
	void aDocumentIsTheSameInTheTailInLuceneAndAfterARestart() throws IOException {
		StoredDocument rich = StoredDocument.of("a", "any \uD800 text",
				Map.ofEntries(Map.entry("text", "\uDC00"), Map.entry("int", 1), Map.entry("long", 1L),
						Map.entry("float", 1.1f), Map.entry("double", -0.0),
						Map.entry("decimal", new BigDecimal("1.50")), Map.entry("uuid", new UUID(1, 2)),
						Map.entry("instant", Instant.MAX), Map.entry("list", List.of(1, List.of(true))),
						Map.entry("map", Map.of("a", 1)), Map.entry("nan", Float.NaN),
						Map.entry("\uD800", "x".repeat(100_000))),
				new float[] { 1, Float.MIN_VALUE });
		StoredDocument empty = StoredDocument.of("\uD83D\uDE00".repeat(16_000), "", Map.of(), new float[0]);
		StoredDocument bare = StoredDocument.of("c", new float[10_000]);
		Map<Long, StoredDocument> expected = Map.of(1L, rich, 2L, empty, 3L, bare);
		DocumentCommit commit;
		try (DocumentStore store = create()) {
			assertThat(store.put(List.of(rich, empty, bare))).isEqualTo(1);
			assertThat(contents(store)).isEqualTo(expected);
			store.handOver();
			assertThat(contents(store)).isEqualTo(expected);
			commit = commit(store, 1);
			assertThat(contents(store)).isEqualTo(expected);
		}
		try (DocumentStore store = open(commit); CommittedDocuments committed = follow(commit)) {
			assertThat(contents(store)).isEqualTo(expected);
			assertThat(contents(committed)).isEqualTo(expected);
			committed.verify();
			assertThat(store.put(List.of(bare))).isEqualTo(4);
			try (DocumentView view = store.view()) {
				assertThat(view.vectors(List.of(1L, 4L, 5L))).containsOnlyKeys(1L, 4L);
				assertThat(view.vectors(List.of(1L)).get(1L)).containsExactly(1, Float.MIN_VALUE);
			}
		}
	}

	@Test
	void vectorsAreLeftOutIfTheyAreNotToBeKept() throws IOException {
		try (DocumentStore store = DocumentStore.create(this.directory, new MMapDirectory(this.directory), Set.of(),
				new DocumentFields(false, (key) -> true, new StandardAnalyzer()))) {
			store.put(List.of(document("a", 1)));
			for (int i = 0; i < 2; i++) {
				assertThat(contents(store).get(1L).vector()).isNull();
				try (DocumentView view = store.view()) {
					assertThat(view.vectors(List.of(1L))).isEmpty();
				}
				store.handOver();
			}
		}
	}

	@Test
	void aRemovedDocumentIsGoneWhereverItWas() throws IOException {
		try (DocumentStore store = create()) {
			store.put(List.of(document("a", 1), document("b", 2)));
			store.handOver();
			store.put(List.of(document("c", 3), document("b", 4)));
			store.remove(2, 3, 77);
			assertThat(contents(store)).containsOnlyKeys(1L, 4L);
			try (DocumentView view = store.view()) {
				assertThat(view.find("b")).isEqualTo(4);
				assertThat(view.find("c")).isEqualTo(-1);
				assertThat(view.count(MetadataFilter.gte("year", 2))).isEqualTo(1);
				assertThat(view.vectors(List.of(2L, 3L))).isEmpty();
			}
			store.handOver();
			assertThat(contents(store)).containsOnlyKeys(1L, 4L);
		}
	}

	@Test
	void aViewStaysAsItWasWhateverHappens() throws IOException {
		try (DocumentStore store = create()) {
			store.put(List.of(document("a", 1), document("b", 2)));
			store.handOver();
			store.put(List.of(document("c", 3)));
			try (DocumentView view = store.view()) {
				Map<Long, StoredDocument> before = contents(view);
				store.remove(1, 3);
				store.put(List.of(document("d", 4)));
				assertThat(contents(view)).isEqualTo(before);
				store.handOver();
				assertThat(contents(view)).isEqualTo(before);
				commit(store, 1);
				store.purge();
				assertThat(contents(view)).isEqualTo(before).containsOnlyKeys(1L, 2L, 3L);
			}
			assertThat(contents(store)).containsOnlyKeys(2L, 4L);
		}
	}

	@Test
	void whatWasNotCommittedIsGoneAfterARestart() throws IOException {
		DocumentCommit commit;
		try (DocumentStore store = create()) {
			store.put(List.of(document("a", 1), document("b", 2)));
			commit = commit(store, 1);
			store.put(List.of(document("c", 3)));
			store.remove(1);
			store.handOver();
			store.put(List.of(document("d", 4)));
		}
		for (int i = 0; i < 2; i++) {
			try (DocumentStore store = open(commit)) {
				assertThat(contents(store)).containsOnlyKeys(1L, 2L);
				assertThat(store.put(List.of(document("e", 5)))).isEqualTo(3);
			}
		}
	}

	@Test
	void aCommitHoldsWhatItsSnapshotHoldsAndNothingElse() throws IOException {
		DocumentCommit commit;
		try (DocumentStore store = create()) {
			store.put(List.of(document("a", 1), document("b", 2), document("c", 3)));
			store.remove(3);
			store.handOver();
			store.put(List.of(document("d", 4), document("e", 5), document("f", 6)));
			store.remove(4);
			store.hold();
			Map<Long, StoredDocument> captured = contents(store);
			assertThat(captured).containsOnlyKeys(1L, 2L, 5L, 6L);
			// what follows belongs to the next snapshot
			store.remove(1, 5);
			store.put(List.of(document("g", 7), document("h", 8)));
			store.remove(8);
			store.handOver();
			commit = commit(store, 1, captured);
			assertThat(contents(store)).containsOnlyKeys(2L, 6L, 7L);
			try (CommittedDocuments committed = follow(commit)) {
				assertThat(contents(committed)).isEqualTo(captured);
			}
			store.handOver();
			assertThat(contents(store)).containsOnlyKeys(2L, 6L, 7L);
			DocumentCommit next = commit(store, 2);
			try (CommittedDocuments committed = follow(next)) {
				assertThat(contents(committed)).containsOnlyKeys(2L, 6L, 7L);
			}
		}
		try (DocumentStore store = open(commit)) {
			assertThat(contents(store)).containsOnlyKeys(1L, 2L, 5L, 6L);
		}
	}

	@Test
	void commitsStayAsLongAsTheirSnapshots() throws IOException {
		List<DocumentCommit> commits = new ArrayList<>();
		try (DocumentStore store = create()) {
			for (int snapshot = 1; snapshot <= 4; snapshot++) {
				store.put(List.of(document("a", snapshot)));
				commits.add(commit(store, snapshot));
				store.retain((snapshot == 1) ? Set.of(1L) : Set.of(1L, (long) snapshot));
			}
			// one of which the snapshot was not written
			commits.add(commit(store, 5));
			assertThat(existing(commits)).containsExactly(1L, 4L, 5L);
			store.retain(Set.of(1L, 4L));
			assertThat(existing(commits)).containsExactly(1L, 4L, 5L);
			commits.add(commit(store, 5));
			store.retain(Set.of(4L, 5L));
			assertThat(existing(commits)).containsExactly(4L, 5L);
		}
		try (DocumentStore store = open(commits.get(3), 5L)) {
			assertThat(existing(commits)).containsExactly(4L, 5L);
			assertThat(contents(store)).hasSize(4);
			commits.add(commit(store, 6));
			store.retain(Set.of(4L, 6L));
			assertThat(existing(commits)).containsExactly(4L, 6L);
		}
		try (DocumentStore store = open(commits.get(3))) {
			assertThat(existing(commits)).containsExactly(4L);
			assertThat(contents(store)).hasSize(4);
		}
	}

	private List<Long> existing(List<DocumentCommit> commits) {
		return commits.stream().filter((commit) -> {
			try {
				follow(commit).close();
				return true;
			}
			catch (CorruptIndexException ex) {
				return false;
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		}).map(DocumentCommit::snapshot).toList();
	}

	@Test
	void aSecondCommitOfASnapshotReplacesTheFirst() throws IOException {
		List<DocumentCommit> commits = new ArrayList<>();
		try (DocumentStore store = create()) {
			for (int i = 0; i < 2; i++) {
				store.put(List.of(document("a", i)));
				commits.add(commit(store, 1));
			}
			store.retain(Set.of(1L));
			assertThat(existing(commits)).containsExactly(1L);
		}
		try (DocumentStore store = open(commits.get(1))) {
			assertThat(contents(store)).hasSize(2);
		}
		assertThatExceptionOfType(CorruptIndexException.class).isThrownBy(() -> open(commits.get(0)));
	}

	@Test
	void filesOfACommitCanBeCopiedWhileItIsReplaced(@TempDir Path backup) throws IOException {
		try (DocumentStore store = create()) {
			store.put(List.of(document("a", 1), document("b", 2)));
			DocumentCommit commit = commit(store, 1);
			Map<Long, StoredDocument> captured = contents(store);
			try (CommitCopy copy = store.copy(commit)) {
				store.remove(1);
				commit(store, 2);
				store.purge();
				commit(store, 3);
				store.retain(Set.of(3L));
				for (String file : copy.files()) {
					Files.copy(this.directory.resolve(file), backup.resolve(file));
				}
			}
			try (DocumentStore restored = DocumentStore.open(backup, new MMapDirectory(backup), commit.generation(), 1,
					Set.of(), FIELDS)) {
				assertThat(contents(restored)).isEqualTo(captured);
			}
			commit(store, 4);
			assertThatExceptionOfType(SnapvecException.class).isThrownBy(() -> follow(commit));
			assertThatExceptionOfType(CorruptIndexException.class).isThrownBy(() -> store.copy(commit));
		}
	}

	@Test
	void afterAPurgeAndANewSnapshotNothingOfADeletedDocumentIsLeft() throws IOException {
		try (DocumentStore store = create()) {
			List<StoredDocument> documents = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				documents.add(document("d" + i, i));
			}
			documents.add(StoredDocument.of("secret", "classified", Map.of("hidden", "treasure"), new float[] { 1 }));
			store.put(documents);
			commit(store, 1);
			assertThat(bytes()).contains("classified").contains("treasure").contains("secret");
			store.remove(501);
			store.purge();
			assertThat(contents(store)).hasSize(500);
			commit(store, 2);
			store.retain(Set.of(2L));
			assertThat(bytes()).doesNotContain("classified").doesNotContain("treasure").doesNotContain("secret");
		}
	}

	private String bytes() throws IOException {
		StringBuilder bytes = new StringBuilder();
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.toList()) {
				bytes.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
			}
		}
		return bytes.toString();
	}

	@Test
	void pagesFollowOneAnotherWhateverIsAddedOrRemovedMeanwhile() throws IOException {
		try (DocumentStore store = create()) {
			for (int i = 1; i <= 20_000; i++) {
				// in no order, and with a gap
				store.restore(((i * 7L) % 20_011) + ((i % 2 == 0) ? 50_000_000 : 0), document("d" + i, i % 10));
				if (i % 5_000 == 0 && i < 20_000) {
					store.handOver();
				}
			}
			List<Long> listed = new ArrayList<>();
			long after = 0;
			MetadataFilter filter = MetadataFilter.lt("year", 3);
			while (true) {
				try (DocumentView view = store.view()) {
					List<Long> page = view.page(filter, after, 700);
					if (page.isEmpty()) {
						break;
					}
					listed.addAll(page);
					after = page.get(page.size() - 1);
					store.remove(page.get(0));
				}
			}
			assertThat(listed).hasSize(6_000).isSorted().doesNotHaveDuplicates();
			try (DocumentView view = store.view()) {
				assertThat(view.count(filter)).isEqualTo(6_000 - 9);
				assertThat(view.page(filter, 0, 0)).isEmpty();
				assertThat(view.page(MetadataFilter.eq("year", 99), 0, 10)).isEmpty();
			}
		}
	}

	@Test
	@Timeout(60)
	void manyChangesAreHandedOverInTheBackground() throws IOException {
		try (DocumentStore store = create()) {
			for (int i = 0; i < 3 * DocumentStore.MANY_CHANGES; i++) {
				store.put(List.of(document("d" + i, i)));
			}
			await().atMost(Duration.ofSeconds(50))
				.until(() -> store.stats().pending() < DocumentStore.MANY_CHANGES && store.stats().segments() > 0);
			assertThat(store.stats().documents()).isEqualTo(3 * DocumentStore.MANY_CHANGES);
			assertThat(store.stats().bytes()).isGreaterThan(10_000);
			assertThat(store.failure()).isNull();
			store.hold();
			for (int i = 0; i < 2 * DocumentStore.MANY_CHANGES; i++) {
				store.put(List.of(document("e" + i, i)));
			}
			store.awaitRoom();
			assertThat(store.stats().pending()).isGreaterThanOrEqualTo(2 * DocumentStore.MANY_CHANGES);
			store.releaseHold();
		}
	}

	@Test
	void callersMayBeInterrupted() throws Exception {
		try (DocumentStore store = create()) {
			ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
			AtomicBoolean done = new AtomicBoolean();
			List<Thread> callers = IntStream.range(0, 3).mapToObj((caller) -> new Thread(() -> {
				try {
					for (int i = 0; i < 40; i++) {
						Thread.currentThread().interrupt();
						store.put(List.of(document(caller + "-" + i, i)));
						switch (i % 4) {
							case 0 -> store.handOver();
							case 1 -> commit(store, 1 + caller);
							case 2 -> store.purge();
							default -> contents(store);
						}
						assertThat(Thread.currentThread().isInterrupted()).isTrue();
					}
				}
				catch (Throwable ex) {
					failures.add(ex);
				}
			})).toList();
			Thread interrupting = new Thread(() -> {
				while (!done.get()) {
					callers.get(ThreadLocalRandom.current().nextInt(3)).interrupt();
					Thread.yield();
				}
			});
			callers.forEach(Thread::start);
			interrupting.start();
			for (Thread caller : callers) {
				caller.join();
			}
			done.set(true);
			interrupting.join();
			assertThat(failures).isEmpty();
			assertThat(contents(store)).hasSize(120);
			Thread.currentThread().interrupt();
			DocumentCommit commit = commit(store, 9);
			try (CommittedDocuments committed = follow(commit)) {
				assertThat(contents(committed)).hasSize(120);
			}
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void aFollowerReadsWhileTheWriterMergesAndDeletes() throws Exception {
		try (DocumentStore store = create()) {
			store.put(IntStream.range(0, 500).mapToObj((i) -> document("d" + i, i)).toList());
			DocumentCommit commit = commit(store, 1);
			try (CommittedDocuments committed = follow(commit)) {
				Map<Long, StoredDocument> before = contents(committed);
				for (int snapshot = 2; snapshot < 20; snapshot++) {
					store.remove(LongStream.range(20L * (snapshot - 2), 20L * snapshot).toArray());
					store.put(IntStream.range(0, 50).mapToObj((i) -> document("e" + i, i)).toList());
					store.handOver();
					commit(store, snapshot);
					store.retain(Set.of((long) snapshot));
					store.purge();
					assertThat(contents(committed)).isEqualTo(before);
				}
			}
			assertThatExceptionOfType(CorruptIndexException.class).isThrownBy(() -> follow(commit))
				.withMessageContaining("the documents in " + this.directory + " are damaged");
		}
	}

	@Test
	void aSecondWriterIsRefused() throws IOException {
		try (DocumentStore store = create()) {
			DocumentCommit commit = commit(store, 1);
			assertThatExceptionOfType(StoreLockedException.class).isThrownBy(() -> open(commit))
				.withMessage("cannot open the documents in " + this.directory + ": another writer has it open");
			assertThat(contents(store)).isEmpty();
		}
	}

	@Test
	void theCommitOfAnotherSnapshotIsRefused() throws IOException {
		DocumentCommit commit;
		try (DocumentStore store = create()) {
			commit = commit(store, 7);
		}
		assertThatExceptionOfType(CorruptIndexException.class)
			.isThrownBy(() -> open(new DocumentCommit(commit.generation(), 8, 0)))
			.withMessageContaining("it must be that of snapshot 8, but was that of snapshot 7")
			.satisfies((ex) -> assertThat(ex.path()).isEqualTo(this.directory));
		assertThatExceptionOfType(CorruptIndexException.class)
			.isThrownBy(() -> open(new DocumentCommit(commit.generation() + 1, 7, 0)));
		try (DocumentStore store = open(commit)) {
			assertThat(contents(store)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "segments_", ".si", ".cfe", ".cfs", "empty", "missing" })
	void aDamagedCommitIsReported(String part) throws IOException {
		DocumentCommit commit;
		try (DocumentStore store = create()) {
			store.put(IntStream.range(0, 100).mapToObj((i) -> document("d" + i, i)).toList());
			commit = commit(store, 1);
			store.retain(Set.of(1L));
		}
		boolean whole = part.equals("empty") || part.equals("missing");
		String suffix = whole ? ".cfs" : part;
		Path file;
		try (Stream<Path> files = Files.list(this.directory)) {
			file = files.filter((each) -> each.getFileName().toString().contains(suffix)).findFirst().orElseThrow();
		}
		byte[] bytes = Files.readAllBytes(file);
		if (part.equals("missing")) {
			Files.delete(file);
		}
		else if (part.equals("empty")) {
			Files.write(file, new byte[0]);
		}
		else {
			bytes[bytes.length - 20] ^= 1;
			Files.write(file, bytes);
		}
		assertThatExceptionOfType(CorruptIndexException.class).isThrownBy(() -> {
			try (CommittedDocuments committed = follow(commit)) {
				committed.verify();
			}
		}).withMessageContaining("the documents in " + this.directory + " are damaged");
	}

	@Test
	void damageOfACommitThatIsNotOpenedHindersNobody() throws IOException {
		List<DocumentCommit> commits = new ArrayList<>();
		try (DocumentStore store = create()) {
			for (int snapshot = 1; snapshot <= 3; snapshot++) {
				store.put(List.of(document("a", snapshot)));
				commits.add(commit(store, snapshot));
				store.retain(Set.of(1L, 2L, 3L));
			}
		}
		for (int i : new int[] { 0, 2 }) {
			Files.write(this.directory.resolve("segments_" + Long.toString(commits.get(i).generation(), 36)),
					new byte[7]);
		}
		try (DocumentStore store = open(commits.get(1), 1L, 3L)) {
			assertThat(contents(store)).hasSize(2);
			commits.add(commit(store, 4));
			store.retain(Set.of(2L, 4L));
		}
		assertThat(existing(commits)).containsExactly(2L, 4L);
	}

	@Test
	void aClosedStoreIsRefusedAndCloseMayBeRepeated() throws IOException {
		DocumentStore store = create();
		DocumentView view = store.view();
		store.put(List.of(document("a", 1)));
		store.handOver();
		store.close();
		store.close();
		assertThat(contents(view)).isEmpty();
		view.close();
		for (Runnable call : List.<Runnable>of(store::view, store::handOver, store::purge, store::stats,
				() -> store.put(List.of(document("b", 1))), () -> store.remove(1), () -> commit(store, 1),
				() -> store.retain(Set.of()))) {
			assertThatIllegalStateException().isThrownBy(call::run)
				.withMessage("the documents in " + this.directory + " are closed");
		}
	}

	@Test
	void creatingAStoreReplacesWhatIsThere() throws IOException {
		try (DocumentStore store = create()) {
			store.put(List.of(document("a", 1)));
			commit(store, 1);
		}
		Files.write(this.directory.resolve("segments_9"), new byte[3]);
		try (DocumentStore store = create()) {
			assertThat(contents(store)).isEmpty();
			store.put(List.of(document("b", 1)));
			assertThat(contents(store)).hasSize(1);
		}
	}

}
