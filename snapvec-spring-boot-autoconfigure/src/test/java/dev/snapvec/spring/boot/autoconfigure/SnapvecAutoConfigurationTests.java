package dev.snapvec.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.NoSuchIndexException;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.lifecycle.SnapvecLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SnapvecAutoConfiguration}.
 */
class SnapvecAutoConfigurationTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory);
	}

	@Test
	void theOnlyIndexIsInjectedWithoutQualifier() {
		runner().withBean(OnlyIndex.class).run((context) -> {
			SafeIndex index = context.getBean(OnlyIndex.class).index();
			assertThat(index.name()).isEqualTo("products");
			assertThat(index.dimension()).isEqualTo(8);
			assertThat(context.getBean(SnapvecIndexes.class).get("products")).isSameAs(index);
		});
	}

	@Test
	void severalIndexesAreInjectedByName() {
		runner().withPropertyValues("snapvec.indexes.my-articles.dimension=16")
			.withUserConfiguration(NamedIndexes.class)
			.run((context) -> {
				assertThat(context).hasBean("products").hasBean("my-articles");
				assertThat(context.getBean("names")).isEqualTo(List.of("products", "my-articles"));
			});
	}

	@Test
	void registryNamesIndexesInOrderAndRefusesOthers() {
		runner().withPropertyValues("snapvec.indexes.articles.dimension=16").run((context) -> {
			SnapvecIndexes indexes = context.getBean(SnapvecIndexes.class);
			assertThat(indexes.names()).containsExactly("articles", "products");
			assertThatExceptionOfType(NoSuchIndexException.class).isThrownBy(() -> indexes.get("orders"))
				.withMessage("no index is named 'orders'; expected one of 'articles', 'products'")
				.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("orders"));
		});
	}

	@Test
	void everyBeanOfTheStarterIsInItsGuide() throws IOException {
		String guide = Files.readString(Path.of("../docs/starter.md"));
		runner().run((context) -> assertThat(context.getBeanNamesForType(Object.class))
			.filteredOn((name) -> name.matches("snapvec[A-Z].*"))
			.isNotEmpty()
			.allSatisfy((name) -> assertThat(guide).contains("`" + name + "`")));
	}

	@Test
	void withoutIndexesThereIsAnEmptyRegistryAndNoDirectory() {
		Path absent = this.directory.resolve("absent");
		IndexRunner.withoutIndexesIn(absent).run((context) -> {
			assertThat(context.getBean(SnapvecIndexes.class).names()).isEmpty();
			assertThat(context).doesNotHaveBean(SafeIndex.class);
			assertThat(absent).doesNotExist();
			assertThatExceptionOfType(NoSuchIndexException.class)
				.isThrownBy(() -> context.getBean(SnapvecIndexes.class).get("orders"))
				.withMessageContaining("none is configured under snapvec.indexes");
		});
	}

	@Test
	void whenDisabledThereAreNoIndexes() {
		runner().withPropertyValues("snapvec.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SnapvecIndexes.class)
				.doesNotHaveBean(SafeIndex.class)
				.doesNotHaveBean(SnapvecLifecycle.class));
	}

	@Test
	void withoutTheEngineThereAreNoIndexes() {
		runner().withClassLoader(new FilteredClassLoader(SafeIndex.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("snapvecIndexes"));
	}

	@Test
	void registryBacksOffAndBeansComeFromTheUsersOwn() {
		SafeIndex own = new SafeIndex("products", SnapIndex.builder(3).build());
		SnapvecIndexes indexes = mock(SnapvecIndexes.class);
		given(indexes.get(anyString())).willReturn(own);
		runner().withBean("ownIndexes", SnapvecIndexes.class, () -> indexes)
			.run((context) -> assertThat(context).hasSingleBean(SnapvecIndexes.class)
				.getBean("products")
				.isSameAs(own));
	}

	@Test
	void persistenceBacksOffWhenTheUserHasTheirOwn() {
		runner().withBean("ownSnapshots", IndexSnapshots.class, () -> mock(IndexSnapshots.class)).run((context) -> {
			assertThat(context).hasSingleBean(IndexSnapshots.class).doesNotHaveBean(SnapvecLifecycle.class);
			assertThat(this.directory).isEmptyDirectory();
		});
	}

	@Test
	void theApplicationKeepsItsSchedulerAndExecutor() {
		runner().withUserConfiguration(Scheduling.class)
			.run((context) -> assertThat(context).hasBean("taskScheduler").hasBean("applicationTaskExecutor"));
	}

	@Test
	void schedulingIsNotEnabledForTheApplication() {
		runner()
			.run((context) -> assertThat(context).doesNotHaveBean("taskScheduler").hasBean("applicationTaskExecutor"));
	}

	record OnlyIndex(SafeIndex index) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

	}

	@Configuration(proxyBeanMethods = false)
	static class NamedIndexes {

		@Bean
		List<String> names(@Qualifier("products") SafeIndex products, @Qualifier("my-articles") SafeIndex articles) {
			return List.of(products.name(), articles.name());
		}

	}

}
