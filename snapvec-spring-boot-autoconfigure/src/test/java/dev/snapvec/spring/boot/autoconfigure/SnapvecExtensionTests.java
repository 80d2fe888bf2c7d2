package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.SearchRequest;
import dev.snapvec.Similarity;
import dev.snapvec.SnapIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexCustomizer;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.autoconfigure.metrics.SnapvecMetricsAutoConfiguration;
import dev.snapvec.spring.boot.event.IndexEvent;
import dev.snapvec.spring.boot.event.IndexFrozen;
import dev.snapvec.spring.boot.event.IndexPopulated;
import dev.snapvec.spring.boot.event.IndexRestored;
import dev.snapvec.spring.boot.event.SnapshotFailed;
import dev.snapvec.spring.boot.event.SnapshotWritten;
import dev.snapvec.spring.boot.population.PopulationException;
import dev.snapvec.spring.boot.population.PopulatorChoiceException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/**
 * Tests for what an application can add: customizers, registrars and listeners.
 */
@ExtendWith(OutputCaptureExtension.class)
class SnapvecExtensionTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory);
	}

	@Test
	void customizersChangeBuildersInTheirOrderAfterTheProperties() {
		runner().withPropertyValues("snapvec.indexes.products.bits=2")
			.withUserConfiguration(Customizers.class)
			.run((context) -> {
				SafeIndex index = context.getBean(SafeIndex.class);
				assertThat(index.stats().parameters()).containsEntry("bits", 3);
				assertThat(index.attributes()).containsEntry("owner", "second");
			});
	}

	@Test
	void whatACustomizerSetsHoldsForARestoredIndexToo() {
		List<String> threads = new CopyOnWriteArrayList<>();
		Executor executor = (task) -> new Thread(() -> {
			threads.add(Thread.currentThread().getName());
			task.run();
		}, "of-the-application").start();
		ApplicationContextRunner runner = IndexRunner.in(this.directory)
			.withBean(SnapvecIndexCustomizer.class,
					() -> (name, builder) -> builder.executor(executor).similarity(Similarity.DOT_PRODUCT));
		runner.run((context) -> IndexRunner.add(context.getBean(SafeIndex.class), 3));
		runner.run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			assertThat(index.size()).isEqualTo(3);
			assertThat(index.stats().parameters()).containsEntry("similarity", Similarity.DOT_PRODUCT.toString());
			SearchRequest request = SearchRequest.of(IndexRunner.vector(1)).build();
			index.searchAll(Collections.nCopies(50, request));
			Awaitility.await().untilAsserted(() -> assertThat(threads).contains("of-the-application"));
		});
	}

	@Test
	void registrarsAddIndexesThatAreRestoredAndSavedAsOthers() {
		ApplicationContextRunner runner = runner().withPropertyValues("snapvec.defaults.bits=3")
			.withBean(SnapvecIndexRegistrar.class, () -> (registry) -> {
				IndexProperties properties = new IndexProperties();
				properties.setDimension(8);
				registry.register("tenant", properties);
			});
		runner.run((context) -> {
			SnapvecIndexes indexes = context.getBean(SnapvecIndexes.class);
			assertThat(indexes.names()).containsExactly("products", "tenant");
			assertThat(indexes.get("tenant").stats().parameters()).containsEntry("bits", 3);
			IndexRunner.add(indexes.get("tenant"), 4);
		});
		runner.run((context) -> assertThat(context.getBean(SnapvecIndexes.class).get("tenant").size()).isEqualTo(4));
	}

	@Test
	void aRegistrarCannotTakeANameThatIsTaken() {
		runner()
			.withBean(SnapvecIndexRegistrar.class,
					() -> (registry) -> registry.register("products", new IndexProperties()))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("an index 'products' already exists"));
	}

	@Test
	void aRegistrarsIndexIsValidatedToo() {
		runner()
			.withBean(SnapvecIndexRegistrar.class,
					() -> (registry) -> registry.register("tenant", new IndexProperties()))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("snapvec.indexes.tenant.dimension"));
	}

	@Test
	void anIndexCanBeAddedWhileTheApplicationRuns() {
		ApplicationContextRunner runner = runner().withBean(SimpleMeterRegistry.class)
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					SnapvecMetricsAutoConfiguration.class, SnapvecCacheAutoConfiguration.class))
			.withBean(IndexPopulator.class, () -> IndexPopulator.forIndex("products", IndexRunner.populator(4)))
			.withBean("notes", IndexPopulator.class, () -> new NotesPopulator());
		runner.run((context) -> {
			SafeIndex index = context.getBean(SnapvecIndexRegistry.class).register("tenant", tenant());
			assertThat(index.size()).as("populated").isEqualTo(3);
			assertThat(context.getBean(SnapvecIndexes.class).get("tenant")).isSameAs(index);
			IndexSnapshots snapshots = context.getBean(IndexSnapshots.class);
			assertThat(snapshots.list("tenant")).hasSize(1);
			assertThat(snapshots.next("tenant")).isPresent();
			index.delete("id0");
			index.search(IndexRunner.vector(1), 1);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("snapvec.size").tag("index", "tenant").gauge().value()).isEqualTo(2);
			assertThat(meters.get("snapvec.search").tag("index", "tenant").timer().count()).isEqualTo(1);
			assertThat(meters.get("cache.gets").tags("cache", "tenant", "result", "miss").functionCounter().count())
				.isEqualTo(1);
		});
		runner.run(
				(context) -> assertThat(context.getBean(SnapvecIndexRegistry.class).register("tenant", tenant()).size())
					.as("saved at the end")
					.isEqualTo(2));
	}

	@Test
	void whatFillsTheOnlyIndexDoesNotFillOneThatIsAdded() {
		runner().withBean("catalogue", IndexPopulator.class, () -> IndexRunner.populator(3)).run((context) -> {
			assertThatExceptionOfType(PopulatorChoiceException.class)
				.isThrownBy(() -> context.getBean(SnapvecIndexRegistry.class).register("tenant", tenant()))
				.withMessage("populator 'catalogue' must declare which index it fills, because there are several:"
						+ " 'products', 'tenant'");
			assertThat(context.getBean(SnapvecIndexes.class).names()).containsExactly("products");
			assertThat(this.directory.resolve("tenant")).doesNotExist();
		});
	}

	/** Nothing is locked while an index that is added is filled. */
	@Test
	@Timeout(60)
	void whatFillsAnAddedIndexMayWaitForAnotherThreadThatAddsOne() {
		AtomicReference<SnapvecIndexRegistry> registry = new AtomicReference<>();
		IndexPopulator populator = new NotesPopulator() {

			@Override
			public void populate(SafeIndex index, ProgressListener progress) {
				super.populate(index, progress);
				if (index.name().equals("tenant")) {
					CompletableFuture.supplyAsync(() -> registry.get().register("tenant2", tenant()))
						.orTimeout(20, TimeUnit.SECONDS)
						.join();
				}
			}

		};
		runner().withBean(IndexPopulator.class, () -> populator).run((context) -> {
			registry.set(context.getBean(SnapvecIndexRegistry.class));
			assertThat(registry.get().register("tenant", tenant()).size()).isEqualTo(3);
			assertThat(context.getBean(SnapvecIndexes.class).get("tenant2").size()).isEqualTo(3);
		});
	}

	@Test
	@Timeout(60)
	void anIndexThatIsBeingAddedWhenTheApplicationStopsIsNotAddedAndNotSaved() {
		CountDownLatch filling = new CountDownLatch(1);
		CountDownLatch stopped = new CountDownLatch(1);
		IndexPopulator populator = new NotesPopulator() {

			@Override
			public void populate(SafeIndex index, ProgressListener progress) {
				super.populate(index, progress);
				filling.countDown();
				await(stopped);
				index.add("late", IndexRunner.vector(9));
			}

		};
		runner().withBean(IndexPopulator.class, () -> populator).run((context) -> {
			SnapvecIndexRegistry registry = context.getBean(SnapvecIndexRegistry.class);
			CompletableFuture<SafeIndex> added = CompletableFuture
				.supplyAsync(() -> registry.register("tenant", tenant()));
			await(filling);
			context.getSourceApplicationContext(ConfigurableApplicationContext.class).stop();
			stopped.countDown();
			assertThatException().isThrownBy(added::join)
				.havingRootCause()
				.withMessage("index 'tenant' was closed with its application context and rejects changes");
			assertThat(context.getBean(SnapvecIndexes.class).names()).containsExactly("products");
		});
		assertThat(this.directory.resolve("tenant").toFile().list((directory, name) -> !name.startsWith(".")))
			.isEmpty();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void anIndexWhoseNameIsTakenOrThatIsWrongIsNotAdded() {
		runner().run((context) -> {
			SnapvecIndexRegistry registry = context.getBean(SnapvecIndexRegistry.class);
			assertThatIllegalStateException().isThrownBy(() -> registry.register("products", tenant()))
				.withMessage("an index 'products' already exists");
			assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
				.isThrownBy(() -> registry.register("tenant", new IndexProperties()));
			assertThat(context.getBean(SnapvecIndexes.class).names()).containsExactly("products");
		});
	}

	@Test
	void anIndexThatFailsToStartIsNotAddedAndCanBeAddedLater() {
		AtomicBoolean fails = new AtomicBoolean();
		IndexPopulator populator = new NotesPopulator() {

			@Override
			public void populate(SafeIndex index, ProgressListener progress) {
				if (fails.get()) {
					throw new IllegalStateException("no catalogue");
				}
			}

		};
		runner().withBean(IndexPopulator.class, () -> populator).run((context) -> {
			SnapvecIndexRegistry registry = context.getBean(SnapvecIndexRegistry.class);
			fails.set(true);
			assertThatExceptionOfType(PopulationException.class)
				.isThrownBy(() -> registry.register("tenant", tenant()));
			assertThat(context.getBean(SnapvecIndexes.class).names()).containsExactly("products");
			fails.set(false);
			assertThat(registry.register("tenant", tenant()).size()).isZero();
		});
	}

	@Test
	void anIndexIsNotAddedToAnApplicationThatDoesNotRun() {
		runner().run((context) -> {
			context.getSourceApplicationContext(ConfigurableApplicationContext.class).stop();
			assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(SnapvecIndexRegistry.class).register("tenant", tenant()))
				.withMessageContaining("the application is not running");
		});
	}

	@Test
	void theRegistryBacksOffWhenTheUserHasTheirOwn() {
		SnapvecIndexRegistry own = mock(SnapvecIndexRegistry.class);
		runner().withBean("ownRegistry", SnapvecIndexRegistry.class, () -> own)
			.run((context) -> assertThat(context).getBean(SnapvecIndexRegistry.class).isSameAs(own));
	}

	private static IndexProperties tenant() {
		IndexProperties properties = new IndexProperties();
		properties.setDimension(8);
		return properties;
	}

	@Test
	void whatHappensToAnIndexIsPublished() {
		ApplicationContextRunner runner = runner().withBean(Recorder.class)
			.withBean(IndexPopulator.class, () -> IndexRunner.populator(3));
		runner.run((context) -> {
			Recorder recorder = context.getBean(Recorder.class);
			assertThat(recorder.types()).containsExactly(IndexPopulated.class, SnapshotWritten.class);
			context.publishEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0],
					context.getSourceApplicationContext(ConfigurableApplicationContext.class), null));
			assertThat(recorder.types()).endsWith(IndexFrozen.class);
			context.getBean(SafeIndex.class).unfreeze();
			context.getBean(SafeIndex.class).delete("id0");
			FileSystemUtils.deleteRecursively(this.directory.resolve("products"));
			assertThatExceptionOfType(SnapvecException.class)
				.isThrownBy(() -> context.getBean(IndexSnapshots.class).write("products"));
			assertThat(recorder.types()).endsWith(SnapshotFailed.class);
			assertThat(recorder.events).allSatisfy((event) -> assertThat(event.index().name()).isEqualTo("products"));
		});
		runner.run((context) -> assertThat(context.getBean(Recorder.class).types()).contains(SnapshotWritten.class));
		runner
			.run((context) -> assertThat(context.getBean(Recorder.class).types()).containsExactly(IndexRestored.class));
	}

	@Test
	void aListenerThatFailsChangesNothing(CapturedOutput output) {
		runner().withBean(FailingListener.class)
			.withBean(IndexPopulator.class, () -> IndexRunner.populator(3))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("A listener of SnapshotWritten of index 'products' failed");
		runner().run((context) -> assertThat(context.getBean(SafeIndex.class).size()).isEqualTo(3));
	}

	/** Fills what is added while the application runs, by how it is named. */
	private static class NotesPopulator implements IndexPopulator {

		@Override
		public void populate(SafeIndex index, ProgressListener progress) {
			IndexRunner.add(index, 3);
		}

		@Override
		public boolean populates(String indexName) {
			return indexName.startsWith("tenant");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		SnapvecIndexCustomizer second() {
			return (index, builder) -> builder.attribute("owner", "second");
		}

		@Bean
		@Order(1)
		SnapvecIndexCustomizer first() {
			return (index, builder) -> {
				builder.attribute("owner", "first");
				((SnapIndex.Builder) builder).bits(3);
			};
		}

	}

	static class Recorder {

		private final List<IndexEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(IndexEvent event) {
			this.events.add(event);
		}

		List<Class<?>> types() {
			return this.events.stream().<Class<?>>map(IndexEvent::getClass).toList();
		}

	}

	static class FailingListener {

		@EventListener
		void on(SnapshotWritten event) {
			throw new IllegalStateException("no matter");
		}

	}

}
