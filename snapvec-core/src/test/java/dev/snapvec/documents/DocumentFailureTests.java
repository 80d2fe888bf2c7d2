package dev.snapvec.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

import dev.snapvec.SnapvecException;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever operation of the disk fails: nothing is lost, nothing comes back, and a commit
 * holds what its snapshot holds.
 */
class DocumentFailureTests {

	private static final DocumentFields FIELDS = new DocumentFields(true, (key) -> true, new StandardAnalyzer());

	private static final Path PATH = Path.of("documents");

	/** What is to be in the store. */
	private final Map<Long, StoredDocument> expected = new TreeMap<>();

	private @Nullable DocumentCommit commit;

	private Map<Long, StoredDocument> committed = Map.of();

	private static StoredDocument document(Random random) {
		return StoredDocument.of("d" + random.nextInt(50), "text " + "word ".repeat(random.nextInt(100)),
				Map.of("year", random.nextInt(10)), new float[] { random.nextFloat(), 1 });
	}

	private static Map<Long, StoredDocument> contents(DocumentStore store) {
		try (DocumentView view = store.view()) {
			Map<Long, StoredDocument> contents = new TreeMap<>(
					view.read(LongStream.rangeClosed(1, view.newest()).boxed().toList()));
			List<Long> numbers = new ArrayList<>();
			view.matching(MetadataFilter.isNotNull("year"), numbers::add);
			assertThat(numbers).as("none twice").containsExactlyInAnyOrderElementsOf(contents.keySet());
			return contents;
		}
	}

	/**
	 * Puts, removes, hands over, commits, merges and purges; what throws is repeated
	 * later.
	 */
	private int work(DocumentStore store, Random random, int steps, long snapshots) {
		int failures = 0;
		for (int step = 0; step < steps; step++) {
			try {
				switch (random.nextInt(8)) {
					case 0, 1, 2 -> put(store, random);
					case 3 -> remove(store, random);
					case 4, 5 -> store.handOver();
					case 6 -> commit(store, snapshots + step, random);
					default -> store.purge();
				}
			}
			catch (SnapvecException ex) {
				assertThat(ex).hasStackTraceContaining("no space left");
				failures++;
			}
			assertThat(contents(store)).as("step %d", step).isEqualTo(this.expected);
		}
		return failures;
	}

	private void put(DocumentStore store, Random random) {
		List<StoredDocument> documents = new ArrayList<>();
		for (int i = random.nextInt(20) + 1; i > 0; i--) {
			documents.add(document(random));
		}
		long number = store.put(documents);
		for (StoredDocument document : documents) {
			this.expected.put(number++, document);
		}
	}

	private void remove(DocumentStore store, Random random) {
		long[] numbers = this.expected.keySet()
			.stream()
			.filter((number) -> random.nextInt(4) == 0)
			.mapToLong(Long::longValue)
			.toArray();
		store.remove(numbers);
		LongStream.of(numbers).forEach(this.expected::remove);
	}

	private void commit(DocumentStore store, long snapshot, Random random) {
		store.hold();
		Map<Long, StoredDocument> captured = new TreeMap<>(this.expected);
		if (random.nextBoolean()) {
			put(store, random);
			remove(store, random);
		}
		this.commit = store.commit(snapshot, captured.keySet().stream().reduce(0L, Math::max), captured::containsKey);
		this.committed = captured;
		store.retain(Set.of(snapshot));
	}

	private static DocumentStore reopen(Directory directory, DocumentCommit commit) {
		return DocumentStore.open(PATH, directory, commit.generation(), commit.snapshot(), Set.of(), FIELDS);
	}

	private void assertCommitted(Directory directory) {
		DocumentCommit commit = this.commit;
		if (commit != null) {
			try (DocumentStore store = reopen(directory, commit)) {
				assertThat(contents(store)).as("commit %s", commit).isEqualTo(this.committed);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void noFailureLosesOrInventsAnything(boolean forever, TestReporter reporter) throws IOException {
		failEachOf(25, 12, forever, reporter);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@Tag("slow")
	void noneOfThousandsOfFailuresLosesOrInventsAnything(boolean forever, TestReporter reporter) throws IOException {
		failEachOf(3_000, 40, forever, reporter);
	}

	private void failEachOf(int rounds, int steps, boolean forever, TestReporter reporter) throws IOException {
		long seed = new Random().nextLong();
		int failures = 0;
		for (int round = 0; round < rounds; round++) {
			Random random = new Random(seed + round);
			this.expected.clear();
			this.commit = null;
			try (ByteBuffersDirectory files = new ByteBuffersDirectory()) {
				FailingDirectory failing = new FailingDirectory(new Shared(files));
				try (DocumentStore store = DocumentStore.create(PATH, failing, Set.of(), FIELDS)) {
					work(store, random, 4, 1);
					failing.fail(random.nextInt(400), forever);
					failures += work(store, random, steps, 100);
					failing.fail(-1, false);
					assertThat(work(store, random, 6, 200)).as("failures when the disk works again").isZero();
				}
				catch (AssertionError | RuntimeException ex) {
					throw new AssertionError("seed " + (seed + round) + ", " + failing.operations(), ex);
				}
				assertCommitted(new Shared(files));
			}
		}
		reporter.publishEntry("failures", failures + ", seed " + seed);
		assertThat(failures).isGreaterThan(rounds / 4);
	}

	/** Stays open when a store is closed. */
	private static final class Shared extends FilterDirectory {

		Shared(Directory directory) {
			super(directory);
		}

		@Override
		public void close() {
		}

	}

	@Test
	void aFileThatCouldNotBeForcedToDiskIsNeverPartOfACommit() throws IOException {
		try (ByteBuffersDirectory files = new ByteBuffersDirectory()) {
			SyncRecorder recorder = new SyncRecorder(files);
			try (DocumentStore store = DocumentStore.create(PATH, recorder, Set.of(), FIELDS)) {
				Random random = new Random(1);
				put(store, random);
				store.handOver();
				recorder.failing = true;
				assertThatExceptionOfType(SnapvecException.class).isThrownBy(() -> commit(store, 1, random));
				recorder.failing = false;
				assertThat(recorder.failed).isNotEmpty();
				assertThat(contents(store)).isEqualTo(this.expected);
				commit(store, 2, random);
				DocumentCommit commit = this.commit;
				assertThat(commit).isNotNull();
				try (CommitCopy copy = store.copy(commit)) {
					assertThat(copy.files()).doesNotContainAnyElementsOf(recorder.failed);
					assertThat(recorder.synced)
						.containsAll(copy.files().stream().filter((file) -> !file.startsWith("seg")).toList());
				}
			}
			assertCommitted(new Shared(files));
		}
	}

	/** Records which files were forced to disk, and which were not. */
	private static final class SyncRecorder extends FilterDirectory {

		private final List<String> failed = new ArrayList<>();

		private final List<String> synced = new ArrayList<>();

		private volatile boolean failing;

		SyncRecorder(Directory directory) {
			super(directory);
		}

		@Override
		public void sync(Collection<String> names) throws IOException {
			if (this.failing && names.stream().anyMatch((name) -> name.startsWith("_"))) {
				this.failed.addAll(names);
				throw new IOException("no space left: sync");
			}
			super.sync(names);
			this.synced.addAll(names);
		}

		@Override
		public void close() {
		}

	}

	@Test
	void theFailureIsReportedUntilTheDiskWorksAgain() throws IOException {
		FailingDirectory failing = new FailingDirectory(new ByteBuffersDirectory());
		try (DocumentStore store = DocumentStore.create(PATH, failing, Set.of(), FIELDS)) {
			Random random = new Random(2);
			failing.fail(0, true);
			put(store, random);
			assertThatExceptionOfType(SnapvecException.class).isThrownBy(store::handOver)
				.withMessageContaining("cannot write documents to documents: ")
				.withMessageContaining("no space left");
			assertThat(store.failure()).isNotNull();
			store.awaitRoom();
			put(store, random);
			assertThat(contents(store)).isEqualTo(this.expected);
			failing.fail(-1, false);
			store.handOver();
			assertThat(store.failure()).isNull();
			assertThat(store.stats().pending()).isZero();
			assertThat(contents(store)).isEqualTo(this.expected);
		}
	}

}
