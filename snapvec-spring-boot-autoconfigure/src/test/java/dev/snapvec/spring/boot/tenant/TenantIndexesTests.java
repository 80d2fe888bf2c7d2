package dev.snapvec.spring.boot.tenant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.StoreLockedException;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.SnapvecTenants;
import dev.snapvec.spring.boot.autoconfigure.IndexProperties;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.spring.boot.autoconfigure.SnapvecIndexRegistrar;
import dev.snapvec.spring.boot.autoconfigure.health.SnapvecHealthContributorAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.metrics.SnapvecMetricsAutoConfiguration;
import dev.snapvec.spring.boot.health.SnapvecHealthContributor;
import dev.snapvec.spring.boot.health.SnapvecTenantsHealthContributor;
import dev.snapvec.spring.boot.index.CorruptSnapshotException;
import dev.snapvec.store.IndexStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TenantIndexes}.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class TenantIndexesTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return runner(this.directory.resolve("data"));
	}

	private static ApplicationContextRunner runner(Path directory) {
		return IndexRunner.withoutIndexesIn(directory).withPropertyValues("snapvec.tenants.documents.dimension=8");
	}

	private static SnapvecTenants tenants(AssertableApplicationContext context) {
		return context.getBean("documents", SnapvecTenants.class);
	}

	private static void add(SnapvecTenants tenants, String tenant, int number) {
		tenants.run(tenant, (index) -> index.upsert("row" + number, IndexRunner.vector(number)));
	}

	private static int size(SnapvecTenants tenants, String tenant) {
		return tenants.call(tenant, SafeIndex::size);
	}

	/** Has others used until a tenant is not open any more. */
	private static void evict(SnapvecTenants tenants) {
		for (int other = 0; other < 50; other++) {
			size(tenants, "other" + other % 7);
		}
	}

	@Test
	void theIndexOfATenantIsMadeWhenItIsUsedAndRestoredAfterARestart() {
		runner().run((context) -> {
			SnapvecTenants tenants = context.getBean(SnapvecTenants.class);
			assertThat(tenants.name()).isEqualTo("documents");
			assertThat(tenants.exists("acme")).isFalse();
			add(tenants, "acme", 1);
			add(tenants, "globex", 2);
			assertThat(tenants.exists("acme")).isTrue();
			assertThat(tenants.stats()).isEqualTo(new SnapvecTenants.Stats(2, 0, 2, 0, 0));
		});
		assertThat(this.directory.resolve("data/documents/acme/snapshot-0000000001.snapvec")).exists();
		runner().run((context) -> {
			SnapvecTenants tenants = tenants(context);
			assertThat(tenants.<String>call("acme", (index) -> index.search(IndexRunner.vector(1), 1).get(0).id()))
				.isEqualTo("row1");
			assertThat(tenants.<Boolean>call("acme", (index) -> index.contains("row2"))).as("another one's").isFalse();
			assertThat(tenants.<String>call("acme", SafeIndex::name)).isEqualTo("documents/acme");
		});
	}

	@Test
	void thoseUsedLeastAreSavedAndClosedAndRestoredWhenTheyAreUsed(CapturedOutput output) {
		runner().withPropertyValues("snapvec.tenants.documents.maximum-open=2").run((context) -> {
			SnapvecTenants tenants = tenants(context);
			for (int round = 0; round < 3; round++) {
				for (int tenant = 0; tenant < 6; tenant++) {
					add(tenants, "tenant" + tenant, round);
					assertThat(tenants.stats().open()).isLessThanOrEqualTo(2);
				}
			}
			IntStream.range(0, 6).forEach((tenant) -> assertThat(size(tenants, "tenant" + tenant)).isEqualTo(3));
			assertThat(tenants.stats().closed()).isGreaterThan(6);
			assertThat(tenants.stats().opened() - tenants.stats().closed()).isEqualTo(tenants.stats().open());
		});
		assertThat(output).as("what happens all the time").doesNotContain("documents/tenant");
	}

	@Test
	void anIndexInUseIsNotClosedUntilItIsNot() {
		runner().withPropertyValues("snapvec.tenants.documents.maximum-open=1").run((context) -> {
			SnapvecTenants tenants = tenants(context);
			tenants.run("acme", (index) -> {
				evict(tenants);
				index.add("late", IndexRunner.vector(3));
				tenants.run("acme", (same) -> assertThat(same).isSameAs(index));
			});
			evict(tenants);
			assertThat(tenants.<Boolean>call("acme", (index) -> index.contains("late"))).isTrue();
		});
	}

	@Test
	void anIndexThatWasKeptTakesNoChangesOnceItIsClosed() {
		runner().withPropertyValues("snapvec.tenants.documents.maximum-open=1").run((context) -> {
			SnapvecTenants tenants = tenants(context);
			SafeIndex kept = tenants.call("acme", (index) -> index);
			kept.add("row1", IndexRunner.vector(1));
			evict(tenants);
			assertThatIllegalStateException().isThrownBy(() -> kept.add("row2", IndexRunner.vector(2)))
				.withMessage("index 'documents/acme' was closed and rejects changes;"
						+ " use it only inside the action that receives it");
			assertThatIllegalStateException().isThrownBy(() -> kept.delete("row1"));
			assertThatIllegalStateException().isThrownBy(() -> kept.attribute("name", "value"));
			assertThatIllegalStateException().isThrownBy(() -> kept.replace(kept.index()));
			assertThat(kept.search(IndexRunner.vector(1), 1)).hasSize(1);
			assertThat(size(tenants, "acme")).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void noChangeIsLostHoweverOftenIndexesAreClosed(boolean logs) {
		long seed = System.nanoTime();
		Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();
		ApplicationContextRunner runner = runner().withPropertyValues("snapvec.tenants.documents.maximum-open=2",
				"snapvec.tenants.documents.snapshot.interval=5ms",
				"snapvec.tenants.documents.write-ahead-log.enabled=" + logs,
				"snapvec.tenants.documents.write-ahead-log.sync=never");
		runner.run((context) -> {
			ExecutorService threads = Executors.newFixedThreadPool(4);
			List<Future<?>> done = new ArrayList<>();
			for (int t = 0; t < 4; t++) {
				int thread = t;
				done.add(threads
					.submit(() -> change(tenants(context), acknowledged, thread, new Random(seed + thread))));
			}
			for (Future<?> task : done) {
				task.get(50, TimeUnit.SECONDS);
			}
			threads.shutdown();
			assertThat(tenants(context).stats().closed()).isGreaterThan(20);
		});
		runner.run((context) -> acknowledged.forEach((tenant, ids) -> tenants(context).run(tenant, (index) -> {
			assertThat(index.size()).as("seed %d", seed).isEqualTo(ids.size());
			assertThat(ids).as("seed %d", seed).allMatch(index::contains);
		})));
	}

	/** Changes through an index in use, or through one that was kept until it refuses. */
	private static void change(SnapvecTenants tenants, Map<String, Set<String>> acknowledged, int thread,
			Random random) {
		AtomicReference<SafeIndex> kept = new AtomicReference<>();
		for (int number = 0; number < 300; number++) {
			String id = thread + "-" + number;
			float[] vector = IndexRunner.vector(number);
			SafeIndex index = (random.nextInt(10) > 0) ? kept.get() : null;
			if (index != null) {
				try {
					index.add(id, vector);
					acknowledged.get(index.name().substring("documents/".length())).add(id);
				}
				catch (IllegalStateException ex) {
					kept.set(null);
				}
				continue;
			}
			String tenant = "tenant" + random.nextInt(8);
			acknowledged.computeIfAbsent(tenant, (name) -> ConcurrentHashMap.newKeySet());
			tenants.run(tenant, (used) -> {
				used.add(id, vector);
				if (random.nextInt(5) == 0) {
					kept.set(used);
				}
			});
			acknowledged.get(tenant).add(id);
		}
	}

	@Test
	void anIndexThatCannotBeSavedStaysOpenUntilItCan() {
		runner().withConfiguration(AutoConfigurations.of(SnapvecHealthContributorAutoConfiguration.class))
			.withPropertyValues("snapvec.tenants.documents.maximum-open=1",
					"snapvec.tenants.documents.snapshot.interval=20ms")
			.run((context) -> {
				SnapvecTenants tenants = tenants(context);
				Path acme = this.directory.resolve("data/documents/acme");
				tenants.run("acme", (index) -> {
					FileSystemUtils.deleteRecursively(acme.toFile());
					index.add("row1", IndexRunner.vector(1));
				});
				evict(tenants);
				assertThat(tenants.stats().unsaved()).isEqualTo(1);
				assertThat(health(context).getStatus()).isEqualTo(SnapvecHealthContributor.DEGRADED);
				Files.createDirectories(acme);
				Awaitility.await().until(() -> tenants.stats().unsaved() == 0);
				evict(tenants);
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
				assertThat(size(tenants, "acme")).isEqualTo(1);
			});
	}

	private static Health health(AssertableApplicationContext context) {
		HealthIndicator indicator = (HealthIndicator) context.getBean(SnapvecTenantsHealthContributor.class)
			.getContributor("documents");
		assertThat(indicator).isNotNull();
		return indicator.health();
	}

	@Test
	void anIndexThatIsNotUsedForLongIsClosed() {
		runner()
			.withPropertyValues("snapvec.tenants.documents.expire-after-access=50ms",
					"snapvec.tenants.documents.snapshot.interval=20ms")
			.run((context) -> {
				add(tenants(context), "acme", 1);
				Awaitility.await().until(() -> tenants(context).stats().open() == 0);
				assertThat(size(tenants(context), "acme")).isEqualTo(1);
			});
	}

	@Test
	void aDamagedIndexConcernsItsTenantOnly() {
		runner().run((context) -> {
			add(tenants(context), "acme", 1);
			add(tenants(context), "globex", 1);
		});
		runner().run((context) -> {
			Files.write(this.directory.resolve("data/documents/acme/snapshot-0000000001.snapvec"), new byte[100]);
			assertThatException().isThrownBy(() -> size(tenants(context), "acme"))
				.isInstanceOf(CorruptSnapshotException.class)
				.withCauseInstanceOf(CorruptIndexException.class)
				.withMessageContaining("index 'documents/acme' cannot be restored");
			assertThat(size(tenants(context), "globex")).isEqualTo(1);
			assertThat(tenants(context).stats()).isEqualTo(new SnapvecTenants.Stats(1, 0, 1, 0, 1));
			Files.delete(this.directory.resolve("data/documents/acme/snapshot-0000000001.snapvec"));
			assertThat(size(tenants(context), "acme")).as("tried again").isZero();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatWasSavedOfATenantIsDeletedWhetherItIsOpenOrNot(boolean open) {
		runner().run((context) -> add(tenants(context), "acme", 1));
		runner().withPropertyValues("snapvec.tenants.documents.write-ahead-log.enabled=true").run((context) -> {
			SnapvecTenants tenants = tenants(context);
			add(tenants, "globex", 1);
			SafeIndex kept = open ? tenants.<SafeIndex>call("acme", (index) -> index) : null;
			assertThat(tenants.delete("acme")).isTrue();
			assertThat(tenants.exists("acme")).isFalse();
			assertThat(tenants.delete("acme")).isFalse();
			assertThat(this.directory.resolve("data/documents").toFile().list()).containsExactly("globex");
			assertThat(tenants.stats().open()).isEqualTo(1);
			if (kept != null) {
				assertThatIllegalStateException().isThrownBy(() -> kept.add("row2", IndexRunner.vector(2)));
			}
			assertThat(size(tenants, "acme")).as("a new one").isZero();
			assertThat(size(tenants, "globex")).isEqualTo(1);
		});
	}

	@Test
	void anIndexInUseIsNotDeleted() {
		runner().run((context) -> {
			SnapvecTenants tenants = tenants(context);
			tenants.run("acme", (index) -> {
				assertThatIllegalStateException().isThrownBy(() -> tenants.delete("acme"))
					.withMessage("the index of tenant 'acme' is in use");
				index.add("row1", IndexRunner.vector(1));
			});
			assertThat(size(tenants, "acme")).isEqualTo(1);
			context.getSourceApplicationContext(ConfigurableApplicationContext.class).stop();
			assertThatIllegalStateException().isThrownBy(() -> tenants.delete("acme"));
			assertThat(tenants.exists("acme")).isTrue();
		});
	}

	@Test
	void anIndexThatAnotherProcessHasIsNotDeleted() {
		runner().run((context) -> {
			SnapvecTenants tenants = tenants(context);
			try (IndexStore store = IndexStore.open(this.directory.resolve("data/documents/acme"), 1)) {
				assertThatExceptionOfType(StoreLockedException.class).isThrownBy(() -> tenants.delete("acme"));
				assertThat(store.directory()).exists();
			}
			assertThat(tenants.delete("acme")).isTrue();
		});
	}

	@Test
	void whatAKillLeftOfADeletedTenantIsSweptAtTheStart() throws IOException {
		Path left = Files.createDirectories(this.directory.resolve("data/documents/.deleted-1"));
		Files.write(left.resolve("snapshot-0000000001.snapvec"), new byte[10]);
		runner().run((context) -> assertThat(left).doesNotExist());
	}

	@Test
	void changesOfTenantsAreRecordedOnDemand() {
		runner().withPropertyValues("snapvec.tenants.documents.write-ahead-log.enabled=true").run((context) -> {
			add(tenants(context), "acme", 1);
			FileSystemUtils.copyRecursively(this.directory.resolve("data"), this.directory.resolve("crashed"));
		});
		runner(this.directory.resolve("crashed"))
			.run((context) -> assertThat(size(tenants(context), "acme")).isEqualTo(1));
	}

	@Test
	void populatorsTrainAndFillTheIndexOfANewTenant() {
		runner()
			.withPropertyValues("snapvec.tenants.documents.type=pq", "snapvec.tenants.documents.subspaces=4",
					"snapvec.tenants.documents.centroids=4")
			.withBean(IndexPopulator.class, TrainingPopulator::new)
			.run((context) -> assertThat(size(tenants(context), "acme")).isEqualTo(3));
	}

	@Test
	void aPopulatorCannotUseTheTenantThatItFills() {
		AtomicReference<SnapvecTenants> tenants = new AtomicReference<>();
		runner().withBean(IndexPopulator.class, () -> (index, progress) -> tenants.get().call("acme", SafeIndex::size))
			.run((context) -> {
				tenants.set(tenants(context));
				assertThatException().isThrownBy(() -> size(tenants.get(), "acme"))
					.havingRootCause()
					.withMessageContaining("the index of tenant 'acme' is used by its own populator or open handler");
			});
	}

	@Test
	void aPausedApplicationClosesThemAndOpensThemAgain() {
		runner().run((context) -> {
			ConfigurableApplicationContext source = context
				.getSourceApplicationContext(ConfigurableApplicationContext.class);
			add(tenants(context), "acme", 1);
			source.stop();
			assertThat(tenants(context).stats().open()).isZero();
			assertThatIllegalStateException().isThrownBy(() -> size(tenants(context), "acme"))
				.withMessage("index 'documents/acme' cannot be used while the application is stopped");
			source.start();
			assertThat(size(tenants(context), "acme")).isEqualTo(1);
		});
	}

	@Test
	void metersNameNoTenant() {
		runner().withBean(SimpleMeterRegistry.class)
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, SnapvecMetricsAutoConfiguration.class))
			.withPropertyValues("snapvec.tenants.documents.maximum-open=1")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				add(tenants(context), "acme", 1);
				tenants(context).run("acme", (index) -> index.search(IndexRunner.vector(1), 1));
				evict(tenants(context));
				assertThat(registry.get("snapvec.search").tag("index", "documents").timer().count()).isEqualTo(1);
				assertThat(registry.get("snapvec.rows.added").tag("index", "documents").counter().count()).isEqualTo(1);
				assertThat(registry.get("snapvec.snapshot").tag("index", "documents").timer().count()).isEqualTo(1);
				assertThat(registry.get("snapvec.tenants.open").tag("index", "documents").gauge().value())
					.isEqualTo(tenants(context).stats().open());
				assertThat(registry.getMeters()).flatExtracting((meter) -> meter.getId().getTags())
					.extracting(Tag::getValue)
					.noneMatch((value) -> value.contains("acme"));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "..", "a/b", "a\\b", "Acme", "a b", "ä", ".lock", "con", "lpt1" })
	void whatIsNoDirectoryNamesNoTenant(String tenant) {
		runner().run((context) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> size(tenants(context), tenant))
				.withMessageContaining("the name of a tenant of 'documents' must be 1 to 100")
				.withMessageEndingWith("but was '%s'", tenant);
			assertThatIllegalArgumentException().isThrownBy(() -> tenants(context).exists(tenant));
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			maximum-open          | 0     | It must be at least 1.
			expire-after-access   | 0s    | It must be longer than zero.
			snapshot.enabled      | false | It must be true: the index of a tenant is saved when it is closed.
			reload.enabled        | true  | It must be false: the indexes of tenants are written by this process.
			cache.enabled         | true  | It must be false: search results of tenants' indexes are not cached.
			bits                  | 7     | must be 2, 3 or 4
			""")
	void aWrongValueIsRefusedWithItsKey(String key, String value, String reason) {
		runner().withPropertyValues("snapvec.tenants.documents." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("snapvec.tenants.documents." + key)
				.hasStackTraceContaining(reason));
	}

	@Test
	void tenantsInheritTheDefaults() {
		runner().withPropertyValues("snapvec.defaults.bits=2", "snapvec.defaults.cache.enabled=true")
			.run((context) -> assertThat(
					tenants(context).<Map<String, Object>>call("acme", (index) -> index.stats().parameters()))
				.containsEntry("bits", 2));
	}

	@Test
	void anIndexOfTheSameNameIsRefused() {
		runner().withPropertyValues("snapvec.indexes.documents.dimension=8")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("The name of an index is also the name of a bean"));
		runner()
			.withBean(SnapvecIndexRegistrar.class,
					() -> (registry) -> registry.register("documents", new IndexProperties()))
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("an index 'documents' already exists"));
	}

	@Test
	void withoutCaffeineTenantsAreRefused() {
		runner().withClassLoader(new FilteredClassLoader(Caffeine.class))
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("snapvec.tenants")
				.hasStackTraceContaining("Tenants need Caffeine"));
	}

	/** Trains, and adds three rows. */
	private static final class TrainingPopulator implements IndexPopulator {

		@Override
		public float[][] trainingSample(SafeIndex index, ProgressListener progress) {
			return IntStream.range(0, 50).mapToObj(IndexRunner::vector).toArray(float[][]::new);
		}

		@Override
		public void populate(SafeIndex index, ProgressListener progress) {
			IndexRunner.add(index, 3);
		}

		@Override
		public boolean populates(String indexName) {
			return indexName.equals("documents");
		}

	}

}
