package dev.snapvec.spring.boot.lifecycle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SnapvecLifecycle}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SnapvecLifecycleTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory);
	}

	@Test
	void aNewIndexIsEmptyAndClean() {
		runner().run((context) -> {
			assertThat(index(context).size()).isZero();
			assertThat(snapshots(context).isDirty("products")).isFalse();
			assertThat(snapshots(context).latest("products")).isEmpty();
		});
		assertThat(files()).isEmpty();
	}

	@Test
	void whatWasAddedIsSavedAtTheEndAndRestored(CapturedOutput output) {
		runner().run((context) -> {
			IndexRunner.add(index(context), 5);
			assertThat(snapshots(context).isDirty("products")).isTrue();
		});
		assertThat(files()).containsExactly("snapshot-0000000001.snapvec");
		runner().run((context) -> {
			assertThat(index(context).search(IndexRunner.vector(3), 1).get(0).id()).isEqualTo("id3");
			assertThat(snapshots(context).isDirty("products")).isFalse();
			assertThat(snapshots(context).latest("products")).map(Snapshot::number).contains(1L);
		});
		assertThat(files()).as("nothing changed").containsExactly("snapshot-0000000001.snapvec");
		assertThat(output)
			.containsPattern("Saved index 'products': 5 rows, \\d+ bytes to snapshot-0000000001.snapvec in")
			.contains("Restored index 'products': 5 rows from snapshot-0000000001.snapvec in");
	}

	@Test
	void anIndexThatIsStoppedWhileItIsPopulatedIsPopulatedFromItsBeginning() {
		runner().withPropertyValues("snapvec.defaults.populate=before-ready")
			.withBean(IndexPopulator.class, () -> IndexRunner.populator(5))
			.run((context) -> {
				SnapvecLifecycle lifecycle = context.getBean(SnapvecLifecycle.class);
				IndexRunner.add(index(context), 3);
				lifecycle.stop();
				assertThat(files()).as("a part is not saved").isEmpty();
				lifecycle.start();
				assertThat(index(context).size()).isZero();
				lifecycle.populateWaiting();
				assertThat(index(context).size()).isEqualTo(5);
				assertThat(snapshots(context).latest("products")).isPresent();
			});
		runner().run((context) -> assertThat(index(context).size()).isEqualTo(5));
	}

	@Test
	void anIndexThatIsStoppedAndStartedAgainAfterItsRunnersIsPopulatedAtTheStart() {
		runner().withPropertyValues("snapvec.defaults.populate=before-ready", "snapvec.in-memory=true")
			.run((context) -> {
				SnapvecLifecycle lifecycle = context.getBean(SnapvecLifecycle.class);
				lifecycle.stop();
				lifecycle.populateWaiting();
				lifecycle.start();
				IndexRunner.add(index(context), 3);
				lifecycle.stop();
				lifecycle.start();
				assertThat(index(context).size()).as("it was complete").isEqualTo(3);
			});
	}

	@Test
	void anExportByTheApplicationDoesNotCountAsASnapshot() {
		runner().run((context) -> {
			IndexRunner.add(index(context), 5);
			index(context).save(this.directory.resolve("export.snapvec"));
			assertThat(snapshots(context).isDirty("products")).isTrue();
		});
		assertThat(files()).hasSize(1);
	}

	@Test
	void populatorsFillANewIndexInOrderAndTheirWorkIsSavedAtOnce(CapturedOutput output) {
		List<String> calls = new ArrayList<>();
		runner().withPropertyValues("snapvec.indexes.articles.dimension=8")
			.withBean("second", IndexPopulator.class, () -> new OrderedPopulator(2, "products", calls))
			.withBean("first", IndexPopulator.class, () -> new OrderedPopulator(1, "products", calls))
			.run((context) -> {
				assertThat(calls).containsExactly("1 products", "2 products");
				assertThat(files()).containsExactly("snapshot-0000000001.snapvec");
				assertThat(snapshots(context).isDirty("products")).isFalse();
				assertThat(snapshots(context).latest("articles")).isEmpty();
			});
		assertThat(output).contains("Populated index 'products': 2 rows in")
			.doesNotContain("Populated index 'articles'");
	}

	@Test
	void anApplicationWithLazyBeansHasItsIndexesFromTheStart() {
		runner()
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withBean(IndexPopulator.class, () -> IndexRunner.populator(4))
			.run((context) -> {
				assertThat(files()).hasSize(1);
				index(context).delete("id0");
			});
		assertThat(files()).hasSize(2);
	}

	@Test
	void aRestoredIndexIsNotPopulated() {
		runner().withBean(IndexPopulator.class, () -> IndexRunner.populator(4)).run((context) -> {
			assertThat(index(context).size()).isEqualTo(4);
		});
		runner().withBean(IndexPopulator.class, () -> IndexRunner.populator(9)).run((context) -> {
			assertThat(index(context).size()).isEqualTo(4);
		});
	}

	@Test
	void aFailingPopulatorFailsTheStartAndNothingIsSaved() {
		IndexPopulator failing = (index, progress) -> {
			IndexRunner.add(index, 3);
			throw new IllegalStateException("the catalogue is closed");
		};
		runner().withBean("catalogue", IndexPopulator.class, () -> failing)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessage("the catalogue is closed"));
		assertThat(files()).isEmpty();
		runner().withBean("catalogue", IndexPopulator.class, () -> failing)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("populator 'catalogue' of index 'products' failed after 3 rows"));
	}

	@Test
	void whenAnotherBeanFailsToStartNothingIsSaved() {
		runner().withBean(Writer.class, () -> new Writer(true)).run((context) -> assertThat(context).hasFailed());
		assertThat(files()).isEmpty();
		runner().withBean(Writer.class, () -> new Writer(false)).run((context) -> assertThat(context).hasNotFailed());
		assertThat(files()).as("without the failure").hasSize(1);
	}

	@Test
	void whenTheApplicationFailsAfterItsContextStartedNothingIsSaved() {
		runner().run((context) -> {
			IndexRunner.add(index(context), 3);
			context.publishEvent(new ApplicationFailedEvent(new SpringApplication(), new String[0], context(context),
					new IllegalStateException("a runner failed")));
		});
		assertThat(files()).isEmpty();
	}

	@Test
	void anIndexThatChangedBeforeItsRestoreIsRefused() {
		runner().withBean(EarlyBird.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("index 'products' was changed before it was restored")
				.hasMessageContaining("IndexPopulator"));
	}

	@Test
	void snapshotsCanBeTurnedOff() {
		runner().withPropertyValues("snapvec.defaults.snapshot.enabled=false")
			.withBean(IndexPopulator.class, () -> IndexRunner.populator(4))
			.run((context) -> assertThat(index(context).size()).isEqualTo(4));
		assertThat(files()).isEmpty();
	}

	@Test
	void theLastSnapshotCanBeTurnedOff() {
		runner().withPropertyValues("snapvec.indexes.products.snapshot.on-shutdown=false")
			.run((context) -> IndexRunner.add(index(context), 4));
		assertThat(files()).isEmpty();
	}

	@Test
	void onlyAsManySnapshotsAsConfiguredAreRetained() {
		for (int run = 0; run < 4; run++) {
			int row = run;
			runner().withPropertyValues("snapvec.indexes.products.snapshot.retain=2")
				.run((context) -> index(context).add("id" + row, IndexRunner.vector(row)));
		}
		assertThat(files()).containsExactly("snapshot-0000000003.snapvec", "snapshot-0000000004.snapvec");
	}

	@Test
	void stoppedAndStartedAgainTheIndexIsAsItWas() {
		runner().run((context) -> {
			SafeIndex index = index(context);
			IndexRunner.add(index, 4);
			index.freeze();
			context(context).stop();
			assertThat(files()).hasSize(1);
			assertThat(snapshots(context).list("products")).isEmpty();
			IndexStore.open(this.directory.resolve("products"), 1).close();
			long generation = index.generation();
			context(context).start();
			assertThat(index.generation()).as("not loaded again").isEqualTo(generation);
			assertThat(index.isFrozen()).isTrue();
			assertThat(snapshots(context).list("products")).hasSize(1);
			index.unfreeze();
			index.delete("id0");
			assertThat(snapshots(context).isDirty("products")).isTrue();
		});
		assertThat(files()).hasSize(2);
	}

	/** As for a checkpoint (CRaC), or between the tests of two contexts. */
	@Test
	void pausedAndRestartedTheIndexIsAsItWas() {
		runner().run((context) -> {
			SafeIndex index = index(context);
			for (int pause = 1; pause <= 2; pause++) {
				index.add("id" + pause, IndexRunner.vector(pause));
				context(context).pause();
				assertThat(files()).hasSize(pause);
				IndexStore.open(this.directory.resolve("products"), 3).close();
				assertThat(index.search(IndexRunner.vector(pause), 5)).as("in memory").hasSize(pause);
				context(context).restart();
				assertThat(index.size()).isEqualTo(pause);
				assertThat(snapshots(context).isDirty("products")).isFalse();
			}
		});
		assertThat(files()).hasSize(2);
	}

	@Test
	void whatAnotherApplicationSavedMeanwhileIsRestored() {
		runner().run((context) -> {
			SafeIndex index = index(context);
			IndexRunner.add(index, 4);
			index.freeze();
			context(context).stop();
			runner().run((other) -> index(other).delete("id0"));
			context(context).start();
			assertThat(index.contains("id0")).isFalse();
			assertThat(index.isFrozen()).isTrue();
			assertThat(snapshots(context).isDirty("products")).isFalse();
		});
		assertThat(files()).hasSize(2);
	}

	@Test
	void startingAndStoppingTwiceIsTheSameAsOnce() {
		runner().run((context) -> {
			SnapvecLifecycle lifecycle = context.getBean(SnapvecLifecycle.class);
			lifecycle.start();
			assertThat(lifecycle.isRunning()).isTrue();
			lifecycle.stop();
			lifecycle.stop();
			assertThat(lifecycle.isRunning()).isFalse();
		});
	}

	@Test
	void startsBeforeAndStopsAfterExecutorsAndWebServers() {
		runner().run((context) -> assertThat(context.getBean(SnapvecLifecycle.class).getPhase())
			.isLessThan(ExecutorConfigurationSupport.DEFAULT_PHASE)
			.isLessThan(SmartLifecycle.DEFAULT_PHASE - 2048));
	}

	@Test
	void aFreshDirectoryIsUsedByOneIndexOnly() throws Exception {
		Files.createDirectories(this.directory.resolve("products"));
		try (IndexStore store = IndexStore.open(this.directory.resolve("products"), 1)) {
			store.save(new SafeIndex("products", SnapIndex.builder(8).build()));
			runner().run((context) -> assertThat(context).getFailure().hasStackTraceContaining("in use by another"));
		}
		runner().run((context) -> assertThat(context).hasNotFailed());
	}

	private List<String> files() {
		String[] files = this.directory.resolve("products").toFile().list((directory, name) -> !name.startsWith("."));
		return (files != null) ? List.of(files).stream().sorted().toList() : List.of();
	}

	private static SafeIndex index(AssertableApplicationContext context) {
		return context.getBean("products", SafeIndex.class);
	}

	private static IndexSnapshots snapshots(AssertableApplicationContext context) {
		return context.getBean(IndexSnapshots.class);
	}

	private static ConfigurableApplicationContext context(AssertableApplicationContext context) {
		return context.getSourceApplicationContext(ConfigurableApplicationContext.class);
	}

	private record OrderedPopulator(int order, String index, List<String> calls) implements IndexPopulator, Ordered {

		@Override
		public int getOrder() {
			return this.order;
		}

		@Override
		public boolean populates(String indexName) {
			return indexName.equals(this.index);
		}

		@Override
		public void populate(SafeIndex index, ProgressListener progress) {
			this.calls.add(this.order + " " + index.name());
			index.add("by" + this.order, IndexRunner.vector(this.order));
		}

	}

	/** Writes when the index has started, and then may fail. */
	private static final class Writer implements SmartLifecycle, ApplicationContextAware {

		private final boolean fails;

		private boolean running;

		private ApplicationContext context;

		Writer(boolean fails) {
			this.fails = fails;
		}

		@Override
		public void setApplicationContext(ApplicationContext context) {
			this.context = context;
		}

		@Override
		public void start() {
			this.running = true;
			IndexRunner.add(this.context.getBean(SafeIndex.class), 3);
			if (this.fails) {
				throw new IllegalStateException("port in use");
			}
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

	/** Writes in its constructor. */
	private static final class EarlyBird {

		EarlyBird(SafeIndex index) {
			IndexRunner.add(index, 1);
		}

	}

}
