package dev.snapvec.spring.boot.autoconfigure.endpoint;

import java.nio.file.Path;
import java.time.Instant;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.actuate.endpoint.IndexDescriptor;
import dev.snapvec.spring.boot.actuate.endpoint.IndexesDescriptor;
import dev.snapvec.spring.boot.actuate.endpoint.SnapvecEndpoint;
import dev.snapvec.spring.boot.actuate.endpoint.SnapvecEndpointWebExtension;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SnapvecEndpointAutoConfiguration} and {@link SnapvecEndpoint}.
 */
class SnapvecEndpointAutoConfigurationTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory)
			.withConfiguration(AutoConfigurations.of(SnapvecEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=snapvec",
					"snapvec.indexes.products.model=small", "snapvec.indexes.articles.dimension=16");
	}

	@Test
	void indexesAreListed() {
		runner().run((context) -> {
			IndexRunner.add(context.getBean("products", SafeIndex.class), 3);
			IndexesDescriptor indexes = context.getBean(SnapvecEndpoint.class).indexes();
			assertThat(indexes.indexes()).containsOnlyKeys("articles", "products")
				.containsEntry("articles", new IndexesDescriptor.Summary("SnapIndex", 16, 0, false, false))
				.containsEntry("products", new IndexesDescriptor.Summary("SnapIndex", 8, 3, false, true));
		});
	}

	@Test
	void anIndexIsDescribed() {
		runner().run((context) -> IndexRunner.add(context.getBean("products", SafeIndex.class), 3));
		runner().run((context) -> {
			SafeIndex index = context.getBean("products", SafeIndex.class);
			index.add("d", IndexRunner.vector(9));
			index.freeze();
			IndexDescriptor descriptor = context.getBean(SnapvecEndpoint.class).index("products");
			assertThat(descriptor).isNotNull();
			assertThat(descriptor.name()).isEqualTo("products");
			assertThat(descriptor.type()).isEqualTo("SnapIndex");
			assertThat(descriptor.dimension()).isEqualTo(8);
			assertThat(descriptor.parameters()).containsEntry("bits", 4);
			assertThat(descriptor.attributes()).containsEntry("model", "small");
			assertThat(descriptor.rows()).isEqualTo(4);
			assertThat(descriptor.bytes()).isPositive();
			assertThat(descriptor.kernel()).isNotBlank();
			assertThat(descriptor.generation()).isEqualTo(index.generation());
			assertThat(descriptor.frozen()).isTrue();
			assertThat(descriptor.dirty()).isTrue();
			assertThat(descriptor.lastError()).isNull();
			assertThat(descriptor.retain()).isEqualTo(3);
			assertThat(descriptor.nextSnapshot()).isBetween(Instant.now().plusSeconds(200),
					Instant.now().plusSeconds(300));
			assertThat(descriptor.snapshots()).singleElement().satisfies((snapshot) -> {
				assertThat(snapshot.number()).isEqualTo(1);
				assertThat(snapshot.file()).isEqualTo("snapshot-0000000001.snapvec");
				assertThat(snapshot.bytes()).isPositive();
				assertThat(snapshot.written()).isNotNull();
			});
		});
	}

	@Test
	void anUnknownIndexIsNotFound() {
		runner().run((context) -> assertThat(context.getBean(SnapvecEndpoint.class).index("orders")).isNull());
	}

	@Test
	void theLastErrorDoesNotTellWhereFilesAre() {
		runner().withPropertyValues("snapvec.defaults.snapshot.interval=10ms").run((context) -> {
			FileSystemUtils.deleteRecursively(this.directory.resolve("products"));
			IndexRunner.add(context.getBean("products", SafeIndex.class), 1);
			IndexSnapshots snapshots = context.getBean(IndexSnapshots.class);
			Awaitility.await().until(() -> snapshots.failure("products").isPresent());
			Exception failure = snapshots.failure("products").orElseThrow();
			assertThat(failure).hasMessageContaining(this.directory.toString());
			IndexDescriptor descriptor = context.getBean(SnapvecEndpoint.class).index("products");
			assertThat(descriptor).isNotNull();
			assertThat(descriptor.lastError()).contains("products").doesNotContain(this.directory.toString());
			assertThat(descriptor.snapshots()).isEmpty();
			assertThat(descriptor.dirty()).isTrue();
		});
	}

	@Test
	void anIndexThatIsNotSavedHasNoNextSnapshot() {
		runner().withPropertyValues("snapvec.indexes.products.snapshot.enabled=false").run((context) -> {
			IndexDescriptor descriptor = context.getBean(SnapvecEndpoint.class).index("products");
			assertThat(descriptor).isNotNull();
			assertThat(descriptor.nextSnapshot()).isNull();
		});
	}

	@Test
	void onlyExposedOverJmxTheEndpointHasNoWebExtension() {
		runner()
			.withPropertyValues("management.endpoints.web.exposure.include=health", "spring.jmx.enabled=true",
					"management.endpoints.jmx.exposure.include=snapvec")
			.run((context) -> assertThat(context).hasSingleBean(SnapvecEndpoint.class)
				.doesNotHaveBean(SnapvecEndpointWebExtension.class));
	}

	@Test
	void webExtensionBacksOffWhenTheUserHasTheirOwn() {
		SnapvecEndpointWebExtension own = new SnapvecEndpointWebExtension(mock(SnapvecEndpoint.class));
		runner().withBean("ownExtension", SnapvecEndpointWebExtension.class, () -> own)
			.run((context) -> assertThat(context).getBean(SnapvecEndpointWebExtension.class).isSameAs(own));
	}

	@Test
	void endpointIsNotConfiguredWhenItIsNotExposed() {
		runner().withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(SnapvecEndpoint.class));
	}

	@Test
	void endpointIsNotConfiguredWithoutIndexes() {
		runner().withPropertyValues("snapvec.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SnapvecEndpoint.class));
	}

	@Test
	void endpointBacksOffWhenTheUserHasTheirOwn() {
		SnapvecEndpoint own = new SnapvecEndpoint(mock(SnapvecIndexes.class), mock(IndexSnapshots.class));
		runner().withBean("ownEndpoint", SnapvecEndpoint.class, () -> own)
			.run((context) -> assertThat(context).getBean(SnapvecEndpoint.class).isSameAs(own));
	}

	@Test
	void indexesWorkWithoutActuator() {
		runner().withClassLoader(new FilteredClassLoader(Endpoint.class, ConditionalOnAvailableEndpoint.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("products")
				.doesNotHaveBean("snapvecEndpoint"));
	}

}
