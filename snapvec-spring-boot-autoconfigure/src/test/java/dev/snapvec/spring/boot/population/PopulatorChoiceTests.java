package dev.snapvec.spring.boot.population;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexCustomizer;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.spring.boot.autoconfigure.SnapvecAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/**
 * Tests for {@link PopulatorChoice}, and for what is said of populators that fail.
 */
@ExtendWith(OutputCaptureExtension.class)
class PopulatorChoiceTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory.resolve("data"));
	}

	private ApplicationContextRunner runnerOfTwo() {
		return runner().withPropertyValues("snapvec.indexes.articles.dimension=8");
	}

	private static int size(AssertableApplicationContext context, String index) {
		return context.getBean(index, SafeIndex.class).size();
	}

	private static IndexPopulator of(int rows, String... names) {
		return new IndexPopulator() {

			@Override
			public void populate(SafeIndex index, ProgressListener progress) {
				IndexRunner.add(index, rows);
			}

			@Override
			public Set<String> indexNames() {
				return Set.of(names);
			}

		};
	}

	@Test
	void theOnlyIndexNeedNotBeNamed() {
		runner().withBean(IndexPopulator.class, () -> IndexRunner.populator(3))
			.run((context) -> assertThat(size(context, "products")).isEqualTo(3));
	}

	@Test
	void ofSeveralIndexesOneMustBeNamed() {
		runnerOfTwo().withBean("catalogue", IndexPopulator.class, () -> IndexRunner.populator(3))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("populator 'catalogue' must declare which index it fills, because there are several:"
						+ " 'articles', 'products'"));
		assertThat(this.directory.resolve("data")).as("refused before anything is touched").doesNotExist();
	}

	@Test
	void tenantsAreAnotherIndexToBeNamed() {
		runner().withPropertyValues("snapvec.tenants.documents.dimension=8")
			.withBean("catalogue", IndexPopulator.class, () -> IndexRunner.populator(3))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'documents', 'products'"));
	}

	@Test
	void aFollowerIsNoneThatNeedsToBeToldApart() {
		runnerOfTwo().withPropertyValues("snapvec.indexes.articles.reload.enabled=true")
			.withBean(IndexPopulator.class, () -> IndexRunner.populator(3))
			.run((context) -> assertThat(size(context, "products")).isEqualTo(3));
	}

	@Test
	void theRemedyIsExplained(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(TwoIndexes.class, "--snapvec.indexes.articles.dimension=8"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("populator 'catalogue' must declare which index it fills, because there are several: 'articles',"
					+ " 'products'")
			.contains("from the indexNames method of bean 'catalogue'")
			.contains("IndexPopulator.forIndex(\"articles\", (index, progress) -> …)");
	}

	@Test
	void indexesAreNamedByTheWrapperTheMethodOrTheDecision() {
		IndexPopulator decides = new IndexPopulator() {

			@Override
			public void populate(SafeIndex index, ProgressListener progress) {
				IndexRunner.add(index, 5);
			}

			@Override
			public boolean populates(String indexName) {
				return !indexName.equals("products") && !indexName.equals("both");
			}

		};
		runnerOfTwo().withPropertyValues("snapvec.indexes.both.dimension=8")
			.withBean("wrapped", IndexPopulator.class,
					() -> IndexPopulator.forIndex("products", IndexRunner.populator(3)))
			.withBean("decides", IndexPopulator.class, () -> decides)
			.withBean("named", IndexPopulator.class, () -> of(7, "both"))
			.run((context) -> {
				assertThat(size(context, "products")).isEqualTo(3);
				assertThat(size(context, "articles")).isEqualTo(5);
				assertThat(size(context, "both")).isEqualTo(7);
			});
	}

	@Test
	void onePopulatorFillsAllIndexesIfItNamesThem() {
		runnerOfTwo().withBean(IndexPopulator.class, () -> of(3, "products", "articles")).run((context) -> {
			assertThat(size(context, "products")).isEqualTo(3);
			assertThat(size(context, "articles")).isEqualTo(3);
		});
	}

	@Test
	void aNameThatThereIsNotIsRefusedWithThoseThatThereAre() {
		runnerOfTwo().withBean("catalogue", IndexPopulator.class, () -> of(3, "prodcuts"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("populator 'catalogue' fills 'prodcuts', which does not exist; expected one of 'articles',"
						+ " 'products'"));
	}

	@Test
	void noNamesAreNotNull() {
		IndexPopulator populator = mock(IndexPopulator.class);
		when(populator.indexNames()).thenReturn(null);
		runner().withBean("catalogue", IndexPopulator.class, () -> populator)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("populator 'catalogue' must return the names of the indexes that it fills, but returned"
						+ " null"));
	}

	@Test
	void aDecisionThatFitsNoIndexIsWarnedOf(CapturedOutput output) {
		IndexPopulator decides = new IndexPopulator() {

			@Override
			public void populate(SafeIndex index, ProgressListener progress) {
				IndexRunner.add(index, 3);
			}

			@Override
			public boolean populates(String indexName) {
				return indexName.equals("prodcuts");
			}

		};
		runner().withBean("catalogue", IndexPopulator.class, () -> decides)
			.run((context) -> assertThat(size(context, "products")).isZero());
		assertThat(output).contains("Populator 'catalogue' fills none of the indexes: 'products'");
	}

	@Test
	void twoPopulatorsOfOneIndexComeInTheirOrderAndWhatBothAddSurvivesACrash() {
		runner()
			.withPropertyValues("snapvec.indexes.products.write-ahead-log.enabled=true",
					"snapvec.indexes.products.freeze=manual")
			.withUserConfiguration(OrderedPopulators.class)
			.run((context) -> {
				assertThat(context.getBean("calls")).isEqualTo(List.of("first", "second"));
				context.getBean("products", SafeIndex.class).add("later", IndexRunner.vector(9));
				crash();
			});
		IndexRunner.in(this.directory.resolve("crashed")).run((context) -> {
			SafeIndex index = context.getBean("products", SafeIndex.class);
			assertThat(index.contains("first")).isTrue();
			assertThat(index.contains("second")).isTrue();
			assertThat(index.contains("later")).isTrue();
			assertThat(context.getBean(IndexSnapshots.class).isDirty("products")).isFalse();
		});
	}

	private void crash() throws IOException {
		FileSystemUtils.copyRecursively(this.directory.resolve("data"), this.directory.resolve("crashed"));
	}

	@Test
	void whatAPopulatorThrowsIsLoggedWithItsStackTraceBeforeItIsExplained(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(Failing.class, "--snapvec.directory=" + this.directory));
		String[] parts = output.getAll().split("APPLICATION FAILED TO START");
		assertThat(parts).hasSize(2);
		assertThat(parts[0]).contains("ERROR")
			.contains("populator 'catalogue' of index 'products' failed after 2 rows, which are not saved")
			.contains("java.lang.IllegalStateException: the catalogue is closed")
			.contains("at " + Failing.class.getName() + ".openCatalogue(PopulatorChoiceTests.java:")
			.contains("Caused by: java.io.IOException: no route to host");
		assertThat(parts[1]).contains("populator 'catalogue' of index 'products' failed after 2 rows");
	}

	@Test
	void anErrorOfAPopulatorIsLoggedWithItsIndex(CapturedOutput output) {
		runner().withBean("catalogue", IndexPopulator.class, () -> (index, progress) -> {
			throw new NoClassDefFoundError("com/example/Embedder");
		}).run((context) -> assertThat(context).hasFailed());
		assertThat(output).contains("populator 'catalogue' of index 'products' failed after 0 rows")
			.contains("java.lang.NoClassDefFoundError: com/example/Embedder");
	}

	@Test
	void whatACustomizerThrowsNamesItsIndex(CapturedOutput output) {
		runner().withBean(SnapvecIndexCustomizer.class, () -> (index, builder) -> {
			throw new IllegalStateException("no executor");
		})
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("failed to customize index 'products'")
				.rootCause()
				.hasMessage("no executor"));
		assertThat(output).contains("ERROR")
			.contains("failed to customize index 'products': java.lang.IllegalStateException: no executor");
	}

	@Test
	void whereTheRowsOfAnIndexCameFromIsSaid(CapturedOutput output) throws IOException {
		runner()
			.withPropertyValues("snapvec.indexes.products.write-ahead-log.enabled=true",
					"snapvec.indexes.products.snapshot.on-shutdown=false")
			.run((context) -> crash());
		assertThat(output).containsPattern("(?m)INFO.*Index 'products' starts empty: there is no snapshot of it in "
				+ this.directory.resolve("data/products") + ", and no populator fills it$");
		assertThat(Files.isDirectory(this.directory.resolve("crashed/products"))).isTrue();
		IndexRunner.in(this.directory.resolve("crashed"))
			.run((context) -> assertThat(size(context, "products")).isZero());
		assertThat(output).as("after a crash too")
			.contains("Index 'products' starts empty: there is no snapshot of it in "
					+ this.directory.resolve("crashed/products"));
	}

	@Test
	void aLogOfAnIndexThatIsFrozenIsWarnedOfOrRefusedWithBothKeys(CapturedOutput output) {
		runner().withPropertyValues("snapvec.defaults.write-ahead-log.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsPattern("WARN.*Index 'products' is frozen once the application is ready and has no"
				+ " changes to record, although snapvec.defaults.write-ahead-log.enabled is true; set"
				+ " snapvec.indexes.products.freeze to manual");
		runner()
			.withPropertyValues("snapvec.defaults.write-ahead-log.enabled=true",
					"snapvec.indexes.products.freeze=on-ready")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("snapvec.indexes.products.freeze")
				.hasStackTraceContaining("A frozen index has no changes to record, but"
						+ " snapvec.defaults.write-ahead-log.enabled is true"));
		runner()
			.withPropertyValues("snapvec.indexes.products.write-ahead-log.enabled=true",
					"snapvec.indexes.products.freeze=manual")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("has no changes to record, although");
	}

	private void start(Class<?> configuration, String... arguments) {
		SpringApplication application = new SpringApplication(configuration);
		application.setWebApplicationType(WebApplicationType.NONE);
		String[] all = new String[arguments.length + 2];
		all[0] = "--snapvec.directory=" + this.directory.resolve("data");
		all[1] = "--snapvec.indexes.products.dimension=8";
		System.arraycopy(arguments, 0, all, 2, arguments.length);
		application.run(all);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SnapvecAutoConfiguration.class)
	static class TwoIndexes {

		@Bean
		IndexPopulator catalogue() {
			return IndexRunner.populator(3);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SnapvecAutoConfiguration.class)
	static class Failing {

		@Bean
		IndexPopulator catalogue() {
			return (index, progress) -> {
				IndexRunner.add(index, 2);
				openCatalogue();
			};
		}

		private static void openCatalogue() {
			throw new IllegalStateException("the catalogue is closed", new IOException("no route to host"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OrderedPopulators {

		@Bean
		List<String> calls() {
			return new CopyOnWriteArrayList<>();
		}

		@Bean
		@Order(2)
		IndexPopulator second(List<String> calls) {
			return populator("second", calls);
		}

		@Bean
		@Order(1)
		IndexPopulator first(List<String> calls) {
			return IndexPopulator.forIndex("products", populator("first", calls));
		}

		private static IndexPopulator populator(String name, List<String> calls) {
			return (index, progress) -> {
				calls.add(name);
				index.add(name, IndexRunner.vector(name.length()));
			};
		}

	}

}
