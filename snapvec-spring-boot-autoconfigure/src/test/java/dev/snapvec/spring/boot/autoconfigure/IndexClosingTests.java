package dev.snapvec.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.IndexIoException;
import dev.snapvec.SafeIndex;
import dev.snapvec.SearchInterceptor;
import dev.snapvec.SnapIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.observation.IndexObservation;
import dev.snapvec.store.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A change of an index either survives the end of its application or is refused.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class IndexClosingTests {

	private static final String CLOSED = "index 'products' was closed with its application context and rejects"
			+ " changes";

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner(String... properties) {
		return IndexRunner.in(this.directory).withPropertyValues(properties);
	}

	private static SafeIndex index(AssertableApplicationContext context) {
		return context.getBean(SnapvecIndexes.class).get("products");
	}

	private static ConfigurableApplicationContext source(AssertableApplicationContext context) {
		return context.getSourceApplicationContext(ConfigurableApplicationContext.class);
	}

	@ParameterizedTest
	@CsvSource({ "snapshot.enabled=true", "snapshot.enabled=false", "snapshot.on-shutdown=false",
			"write-ahead-log.enabled=true" })
	void aClosedIndexIsSearchedAndTakesNoChanges(String property) {
		AtomicReference<SafeIndex> kept = new AtomicReference<>();
		runner("snapvec.indexes.products." + property).run((context) -> {
			IndexRunner.add(index(context), 3);
			kept.set(index(context));
		});
		SafeIndex index = kept.get();
		for (Runnable change : List.<Runnable>of(() -> index.add("late", IndexRunner.vector(9)),
				() -> index.upsert("id0", IndexRunner.vector(9)), () -> index.delete("id0"),
				() -> index.attribute("name", "value"), () -> index.replace(SnapIndex.builder(8).build()),
				() -> index.local().restore(SnapIndex.builder(8).build()), index::unfreeze)) {
			assertThatIllegalStateException().isThrownBy(change::run).withMessage(CLOSED);
		}
		assertThat(index.search(IndexRunner.vector(1), 1)).hasSize(1);
		assertThat(index.size()).isEqualTo(3);
	}

	@Test
	void aFrozenIndexIsClosedTooAndNeitherThawsNorChanges() {
		AtomicReference<SafeIndex> kept = new AtomicReference<>();
		runner().run((context) -> {
			index(context).freeze();
			kept.set(index(context));
		});
		assertThatIllegalStateException().isThrownBy(kept.get()::unfreeze).withMessage(CLOSED);
		assertThatIllegalStateException().isThrownBy(() -> kept.get().add("late", IndexRunner.vector(9)))
			.withMessage(CLOSED);
	}

	@Test
	void anIndexThatLearnsWhileItIsClosedHasLearnedNothing() {
		AtomicReference<SafeIndex> kept = new AtomicReference<>();
		runner("snapvec.indexes.products.type=pq", "snapvec.indexes.products.subspaces=4",
				"snapvec.indexes.products.centroids=4")
			.run((context) -> {
				kept.set(index(context));
				float[][] sample = new float[50][];
				for (int i = 0; i < sample.length; i++) {
					sample[i] = IndexRunner.vector(i);
				}
				assertThatIllegalStateException()
					.isThrownBy(() -> kept.get().fit(sample, (phase, done, total) -> source(context).stop()))
					.withMessage(CLOSED);
			});
		assertThat(kept.get().isFitted()).isFalse();
	}

	@Test
	void startedAgainTheIndexTakesChanges() {
		runner().run((context) -> {
			IndexRunner.add(index(context), 3);
			source(context).stop();
			assertThatIllegalStateException().isThrownBy(() -> index(context).delete("id0")).withMessage(CLOSED);
			source(context).start();
			index(context).delete("id0");
		});
		runner().run((context) -> assertThat(index(context).size()).isEqualTo(2));
	}

	/**
	 * The save begins when changes have ended, so none can come between it and the end.
	 */
	@Test
	void aChangeDuringTheLastSnapshotIsRefused() {
		AtomicReference<Throwable> refused = new AtomicReference<>();
		runner().run((context) -> {
			SafeIndex index = index(context);
			IndexRunner.add(index, 3);
			context.getBean(IndexSnapshots.class).addListener(new SnapshotListener() {

				@Override
				public void written(String name, Snapshot snapshot, Duration duration) {
					try {
						index.add("late", IndexRunner.vector(9));
					}
					catch (IllegalStateException ex) {
						refused.set(ex);
					}
				}

			});
		});
		assertThat(refused.get()).hasMessage(CLOSED);
		runner().run((context) -> assertThat(index(context).size()).isEqualTo(3));
	}

	@ParameterizedTest
	@CsvSource({ "false, always, true", "true, always, true", "true, never, false", "true, interval, false" })
	void noChangeThatReturnedIsLostHoweverManyWriteWhileContextsClose(boolean logs, String sync, boolean last)
			throws Exception {
		assertThat(lost(8, logs, sync, last)).isEmpty();
	}

	@Tag("slow")
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void noChangeThatReturnedIsLostInManyCloses(boolean logs) throws Exception {
		assertThat(lost(200, logs, "always", true)).isEmpty();
	}

	/**
	 * Closes many contexts beside writers, and tells which rows are not there afterwards.
	 */
	private Set<String> lost(int closes, boolean logs, String sync, boolean last) throws Exception {
		ApplicationContextRunner runner = runner("snapvec.indexes.products.write-ahead-log.enabled=" + logs,
				"snapvec.indexes.products.write-ahead-log.sync=" + sync,
				"snapvec.indexes.products.snapshot.on-shutdown=" + last, "snapvec.indexes.products.freeze=manual");
		Set<String> returned = ConcurrentHashMap.newKeySet();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		for (int close = 0; close < closes; close++) {
			int round = close;
			List<Future<?>> writers = new ArrayList<>();
			runner.run((context) -> {
				SafeIndex index = index(context);
				CountDownLatch writing = new CountDownLatch(4);
				for (int t = 0; t < 4; t++) {
					String prefix = round + "-" + t + "-";
					writers.add(threads.submit(() -> write(index, prefix, returned, writing)));
				}
				assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
			});
			for (Future<?> writer : writers) {
				writer.get(60, TimeUnit.SECONDS);
			}
		}
		threads.shutdown();
		assertThat(returned).hasSizeGreaterThan(closes * 4);
		Set<String> lost = ConcurrentHashMap.newKeySet();
		runner.run((context) -> returned.stream().filter((id) -> !index(context).contains(id)).forEach(lost::add));
		return lost;
	}

	/** Until it is refused. */
	private static void write(SafeIndex index, String prefix, Set<String> returned, CountDownLatch writing) {
		try {
			for (int row = 0;; row++) {
				index.add(prefix + row, IndexRunner.vector(row));
				returned.add(prefix + row);
				if (row == 3) {
					writing.countDown();
				}
			}
		}
		catch (IllegalStateException ex) {
			assertThat(ex).hasMessage(CLOSED);
		}
	}

	@Test
	void aLastSnapshotThatFailsSaysWhatIsLostThoughAnEarlierOneFailedToo(CapturedOutput output) {
		AtomicReference<SafeIndex> kept = new AtomicReference<>();
		runner("snapvec.defaults.snapshot.interval=1h").run((context) -> {
			IndexRunner.add(index(context), 3);
			context.getBean(IndexSnapshots.class).write("products");
			FileSystemUtils.deleteRecursively(this.directory.resolve("products"));
			index(context).add("late", IndexRunner.vector(8));
			index(context).delete("id0");
			assertThatException().isThrownBy(() -> context.getBean(IndexSnapshots.class).write("products"));
			kept.set(index(context));
		});
		assertThat(output)
			.contains("Index 'products' could not be saved; changes since its last snapshot are in memory only")
			.containsPattern("(?m)ERROR.*Index 'products' could not be saved when it was closed: its 2 changes since"
					+ " snapshot-0000000001.snapvec are lost$");
		assertThatIllegalStateException().isThrownBy(() -> kept.get().delete("id1")).withMessage(CLOSED);
	}

	@Test
	void aLastSnapshotThatFailsLosesNothingThatIsInTheLog(CapturedOutput output) {
		runner("snapvec.indexes.products.write-ahead-log.enabled=true")
			.withBean(IndexObservation.class, () -> new FullDisk())
			.run((context) -> IndexRunner.add(index(context), 3));
		assertThat(output)
			.containsPattern("(?m)ERROR.*Index 'products' could not be saved when it was closed: nothing is"
					+ " lost, its write-ahead log contains its 1 changes since it was created$");
	}

	@Test
	void aSnapshotThatFailsAgainAndAgainIsSaidNowAndThenAndThatItSucceedsOnce(CapturedOutput output) {
		runner("snapvec.defaults.snapshot.interval=1h").run((context) -> {
			FileSystemUtils.deleteRecursively(this.directory.resolve("products"));
			IndexRunner.add(index(context), 3);
			IndexSnapshots snapshots = context.getBean(IndexSnapshots.class);
			for (int attempt = 0; attempt < 25; attempt++) {
				assertThatException().isThrownBy(() -> snapshots.write("products"));
			}
			Files.createDirectories(this.directory.resolve("products"));
			assertThat(snapshots.write("products")).isPresent();
		});
		assertThat(output.getOut().lines().filter((line) -> line.contains("could not be saved"))).hasSize(3);
		assertThat(output).contains("are in memory only (20 times in a row): dev.snapvec.IndexIoException: ")
			.containsOnlyOnce("Index 'products' is saved again, after 25 failures");
	}

	/** The one that fails must not keep the other from being saved. */
	@Test
	void aListenerThatFailsAtTheEndKeepsNoOtherIndexFromBeingSaved(CapturedOutput output) {
		runner("snapvec.indexes.articles.dimension=8").run((context) -> {
			IndexRunner.add(context.getBean(SnapvecIndexes.class).get("articles"), 2);
			IndexRunner.add(index(context), 3);
			context.getBean(IndexSnapshots.class).addListener(new SnapshotListener() {

				@Override
				public void written(String name, Snapshot snapshot, Duration duration) {
					throw new IllegalStateException("no matter");
				}

			});
		});
		assertThat(output).contains("A listener of snapshots failed").contains("no matter");
		runner("snapvec.indexes.articles.dimension=8").run((context) -> {
			assertThat(context.getBean(SnapvecIndexes.class).get("articles").size()).isEqualTo(2);
			assertThat(index(context).size()).isEqualTo(3);
		});
	}

	/** Takes logs, and no snapshot. */
	private static final class FullDisk implements IndexObservation {

		@Override
		public @Nullable SearchInterceptor search(String index) {
			return null;
		}

		@Override
		public Snapshot snapshot(String index, Supplier<Snapshot> save) {
			throw new IndexIoException(Path.of(index), "write", new IOException("no space left on device"));
		}

	}

}
