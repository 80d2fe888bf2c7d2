package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import dev.snapvec.IndexBackend;
import dev.snapvec.LocalIndexRequiredException;
import dev.snapvec.PqSnapIndex;
import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.actuate.endpoint.IndexDescriptor;
import dev.snapvec.spring.boot.actuate.endpoint.IndexOperation;
import dev.snapvec.spring.boot.actuate.endpoint.OperationDescriptor;
import dev.snapvec.spring.boot.actuate.endpoint.SnapvecEndpoint;
import dev.snapvec.spring.boot.autoconfigure.endpoint.SnapvecEndpointAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.health.SnapvecHealthContributorAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.metrics.SnapvecMetricsAutoConfiguration;
import dev.snapvec.spring.boot.health.SnapvecHealthContributor;
import dev.snapvec.spring.boot.index.IndexEvents;
import dev.snapvec.spring.boot.population.Population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/**
 * Tests for handles of an application that stand in front of another {@link IndexBackend}
 * than one index in this process, here of another handle.
 */
class IndexBackendTests {

	@TempDir
	private Path directory;

	private final SafeIndex behind = new SafeIndex("behind", SnapIndex.builder(8).attribute("model", "small").build());

	private final SafeIndex index = new SafeIndex("products", this.behind);

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory)
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					SnapvecMetricsAutoConfiguration.class, SnapvecEndpointAutoConfiguration.class,
					SnapvecHealthContributorAutoConfiguration.class, SnapvecCacheAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("management.endpoints.web.exposure.include=snapvec")
			.withBean(SnapvecIndexes.class, () -> new Handles(this.index));
	}

	private IndexSnapshots noSnapshots() {
		IndexSnapshots snapshots = mock(IndexSnapshots.class);
		when(snapshots.isRestored(anyString())).thenReturn(true);
		when(snapshots.directory(anyString())).thenReturn(this.directory);
		when(snapshots.describe(anyString(), any())).thenCallRealMethod();
		when(snapshots.latest(anyString())).thenReturn(Optional.empty());
		return snapshots;
	}

	@Test
	void isDescribedMeasuredAndHealthy() {
		IndexRunner.add(this.index, 3);
		runner().withBean(IndexSnapshots.class, this::noSnapshots).run((context) -> {
			assertThat(context.getBean(SafeIndex.class)).isSameAs(this.index);
			this.index.delete("id0");
			this.index.search(IndexRunner.vector(1), 1);
			SnapvecEndpoint endpoint = context.getBean(SnapvecEndpoint.class);
			assertThat(endpoint.indexes().indexes().get("products").rows()).isEqualTo(2);
			IndexDescriptor descriptor = endpoint.index("products");
			assertThat(descriptor).isNotNull();
			assertThat(descriptor.rows()).isEqualTo(2);
			assertThat(descriptor.generation()).isEqualTo(this.behind.generation());
			assertThat(descriptor.attributes()).isEqualTo(Map.of("model", "small"));
			HealthIndicator indicator = (HealthIndicator) context.getBean(SnapvecHealthContributor.class)
				.getContributor("products");
			Health health = indicator.health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("rows", 2).containsEntry("frozen", false);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("snapvec.size").tag("index", "products").gauge().value()).isEqualTo(2);
			assertThat(meters.get("snapvec.search").tag("index", "products").timer().count()).isEqualTo(1);
		});
	}

	@Test
	void operationsAreDoneOrRefusedWithTheReason() {
		IndexRunner.add(this.index, 3);
		runner().withBean(IndexSnapshots.class, this::noSnapshots).run((context) -> {
			SnapvecEndpoint endpoint = context.getBean(SnapvecEndpoint.class);
			for (IndexOperation operation : List.of(IndexOperation.FREEZE, IndexOperation.UNFREEZE)) {
				assertThat(endpoint.operate("products", operation, null, null)).extracting(OperationDescriptor::outcome)
					.as("%s", operation)
					.isEqualTo(OperationDescriptor.Outcome.DONE);
			}
			OperationDescriptor recall = endpoint.operate("products", IndexOperation.RECALL, null, null);
			assertThat(recall).isNotNull();
			assertThat(recall.outcome()).isEqualTo(OperationDescriptor.Outcome.REFUSED);
			assertThat(recall.reason()).startsWith("index 'products' must be one local index for recall");
		});
	}

	@Test
	void isFrozenWhenTheApplicationIsReady() {
		runner().withBean(IndexSnapshots.class, this::noSnapshots).run((context) -> {
			context.publishEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0],
					context.getSourceApplicationContext(ConfigurableApplicationContext.class), null));
			assertThat(this.behind.isFrozen()).isTrue();
		});
	}

	@Test
	void isTrainedAndPopulated() {
		SafeIndex untrained = new SafeIndex("behind", PqSnapIndex.builder(8).subspaces(2).centroids(4).build());
		SafeIndex backed = new SafeIndex("products", untrained);
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerSingleton("populator", new TrainingPopulator());
		Population population = new Population(beans, List::of, List.of(), new IndexEvents((event) -> {
		}), () -> false);
		assertThat(population.populate(backed)).isTrue();
		assertThat(untrained.isFitted()).isTrue();
		assertThat(untrained.size()).isEqualTo(5);
	}

	@Test
	void theStartFailsIfItsSnapshotsWouldHaveToBeWritten() {
		runner().run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(LocalIndexRequiredException.class)
			.hasMessageStartingWith("index 'products' must be one local index for snapshots"));
		assertThat(this.directory).isEmptyDirectory();
	}

	/**
	 * The only index of an application.
	 *
	 * @param index its handle
	 */
	private record Handles(SafeIndex index) implements SnapvecIndexes {

		@Override
		public List<String> names() {
			return List.of(this.index.name());
		}

		@Override
		public SafeIndex get(String name) {
			return this.index;
		}

	}

	private static final class TrainingPopulator implements IndexPopulator {

		@Override
		public void populate(SafeIndex index, ProgressListener progress) {
			IndexRunner.add(index, 5);
		}

		@Override
		public float[][] trainingSample(SafeIndex index, ProgressListener progress) {
			float[][] sample = new float[20][];
			for (int i = 0; i < sample.length; i++) {
				sample[i] = IndexRunner.vector(i);
			}
			return sample;
		}

	}

}
