package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.snapvec.Hit;
import dev.snapvec.IdFilter;
import dev.snapvec.SafeIndex;
import dev.snapvec.SearchRequest;
import dev.snapvec.spring.boot.cache.CaffeineSearchCache;
import dev.snapvec.spring.boot.cache.CaffeineSearchCaches;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SnapvecCacheAutoConfiguration} and {@link CaffeineSearchCache}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SnapvecCacheAutoConfigurationTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory)
			.withBean(SimpleMeterRegistry.class)
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, SnapvecCacheAutoConfiguration.class));
	}

	@Test
	void anEqualSearchIsAnsweredFromTheCache() {
		runner().run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			IndexRunner.add(index, 5);
			List<Hit> hits = index.search(IndexRunner.vector(1), 2);
			assertThat(index.search(IndexRunner.vector(1), 2)).isSameAs(hits);
			assertThat(index.search(IndexRunner.vector(1), 3)).hasSize(3);
			assertThat(index.search(IndexRunner.vector(2), 2)).isNotEqualTo(hits);
		});
	}

	@Test
	void aFilteredSearchIsAnsweredByOneWithAnEqualFilterAlone() {
		runner().run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			IndexRunner.add(index, 5);
			index.search(IndexRunner.vector(1), 2);
			List<Hit> hits = index.search(filtered(IdFilter.of("id4", "id3")));
			assertThat(hits).extracting(Hit::id).containsExactlyInAnyOrder("id3", "id4");
			assertThat(index.search(filtered(IdFilter.of("id3", "id4")))).isSameAs(hits);
			assertThat(index.search(filtered(IdFilter.of("id3")))).extracting(Hit::id).containsExactly("id3");
			assertThat(index.search(filtered(IdFilter.not("id3", "id4")))).extracting(Hit::id)
				.doesNotContain("id3", "id4");
			index.delete("id4");
			assertThat(index.search(filtered(IdFilter.of("id4", "id3")))).extracting(Hit::id).containsExactly("id3");
		});
	}

	@Test
	void theIdsOfAFilterWeighAsHitsDo() {
		runner().withPropertyValues("snapvec.indexes.products.cache.maximum-size=20").run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			IndexRunner.add(index, 50);
			for (int row = 0; row < 50; row++) {
				index.search(filtered(IdFilter.of("id" + row, "a", "b", "c", "d", "e", "f", "g", "h")));
			}
			cache(context).cleanUp();
			assertThat(size(context)).isBetween(1L, 2L);
			cache(context).invalidateAll();
			index.search(filtered(IdFilter.not(IntStream.range(0, 21).mapToObj(String::valueOf).toList())));
			cache(context).cleanUp();
			assertThat(size(context)).isZero();
		});
	}

	@Test
	void manySearchesAreAnsweredFromTheCacheAndRememberedThere() {
		runner().run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			IndexRunner.add(index, 5);
			List<SearchRequest> requests = List.of(request(1), request(2), filtered(IdFilter.of("id0")), request(3),
					request(2));
			List<Hit> second = index.search(request(2));
			List<List<Hit>> hits = index.searchAll(requests);
			assertThat(hits).extracting((found) -> found.get(0).id())
				.containsExactly("id1", "id2", "id0", "id3", "id2");
			assertThat(hits.get(1)).isSameAs(second);
			assertThat(index.search(request(1))).isSameAs(hits.get(0));
			List<List<Hit>> again = index.searchAll(requests);
			for (int i = 0; i < requests.size(); i++) {
				assertThat(again.get(i)).isSameAs(hits.get(i));
			}
			index.delete("id2");
			assertThat(index.searchAll(requests)).noneMatch((found) -> found.get(0).id().equals("id2"));
			assertThat(index.searchAll(List.of())).isEmpty();
		});
	}

	private static SearchRequest request(int row) {
		return SearchRequest.of(IndexRunner.vector(row)).topK(2).build();
	}

	private static SearchRequest filtered(IdFilter filter) {
		return SearchRequest.of(IndexRunner.vector(1)).topK(2).among(filter).build();
	}

	@Test
	void aChangeMakesWhatIsRememberedUnreachable() {
		runner().run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			IndexRunner.add(index, 5);
			for (int row = 0; row < 5; row++) {
				assertThat(index.search(IndexRunner.vector(row), 1)).extracting(Hit::id).containsExactly("id" + row);
				index.delete("id" + row);
				assertThat(index.search(IndexRunner.vector(row), 1)).extracting(Hit::id).doesNotContain("id" + row);
			}
		});
	}

	@Test
	void whoeverSearchesAfterAChangeSeesItWhateverOthersRememberMeanwhile() {
		runner().run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			IndexRunner.add(index, 1);
			AtomicInteger added = new AtomicInteger(1);
			ExecutorService readers = Executors.newFixedThreadPool(3);
			try {
				List<Future<?>> tasks = IntStream.range(0, 3).<Future<?>>mapToObj((reader) -> readers.submit(() -> {
					while (added.get() < 300) {
						int before = added.get();
						assertThat(index.search(IndexRunner.vector(0), 1000)).hasSizeGreaterThanOrEqualTo(before);
					}
				})).toList();
				for (int row = 1; row < 300; row++) {
					index.add("id" + row, IndexRunner.vector(row));
					added.set(row + 1);
					assertThat(index.search(IndexRunner.vector(0), 1000)).hasSize(row + 1);
				}
				for (Future<?> task : tasks) {
					task.get();
				}
			}
			finally {
				readers.shutdownNow();
			}
		});
	}

	@Test
	void noMoreHitsAreRememberedThanConfigured() {
		runner().withPropertyValues("snapvec.indexes.products.cache.maximum-size=20").run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			IndexRunner.add(index, 50);
			for (int row = 0; row < 50; row++) {
				index.search(IndexRunner.vector(row), 5);
			}
			cache(context).cleanUp();
			assertThat(size(context)).isBetween(1L, 4L);
		});
	}

	@Test
	void remembersForTheConfiguredTime() {
		runner().withPropertyValues("snapvec.defaults.cache.expire-after-write=3m")
			.run((context) -> assertThat(cache(context).policy().expireAfterWrite().orElseThrow().getExpiresAfter())
				.hasMinutes(3));
	}

	@Test
	void hitsAndMissesAreMeasured() {
		runner().run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			index.search(IndexRunner.vector(1), 2);
			index.search(IndexRunner.vector(1), 2);
			index.search(IndexRunner.vector(1), 2);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("cache.gets")
				.tags("cache", "products", "cache.manager", "snapvec", "result", "hit")
				.functionCounter()
				.count()).isEqualTo(2);
			assertThat(registry.get("cache.gets").tags("cache", "products", "result", "miss").functionCounter().count())
				.isEqualTo(1);
		});
	}

	@Test
	void canBeTurnedOff() {
		runner().withPropertyValues("snapvec.defaults.cache.enabled=false").run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			IndexRunner.add(index, 5);
			List<Hit> hits = index.search(IndexRunner.vector(1), 2);
			assertThat(index.search(IndexRunner.vector(1), 2)).isNotSameAs(hits).isEqualTo(hits);
		});
	}

	@ParameterizedTest
	@CsvSource({ "cache.maximum-size,0,must be at least 1", "cache.expire-after-write,0s,must be longer than zero" })
	void aWrongValueIsRefusedWithItsKey(String key, String value, String reason) {
		runner().withPropertyValues("snapvec.indexes.products." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("snapvec.indexes.products." + key)
				.hasStackTraceContaining(reason));
	}

	@Test
	void theApplicationKeepsItsCacheManager() {
		runner().run((context) -> assertThat(context.getBeanDefinitionNames())
			.noneMatch((name) -> name.toLowerCase(Locale.ROOT).contains("cachemanager")));
	}

	@Test
	void indexesWorkWithoutCaffeine() {
		runner().withClassLoader(new FilteredClassLoader(Caffeine.class)).run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			IndexRunner.add(index, 5);
			assertThat(index.search(IndexRunner.vector(1), 2)).hasSize(2);
			assertThat(context).doesNotHaveBean("snapvecSearchCaches");
		});
	}

	@Test
	void whoAsksForACacheWithoutCaffeineIsTold(CapturedOutput output) {
		ApplicationContextRunner runner = runner().withClassLoader(new FilteredClassLoader(Caffeine.class));
		runner.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("Caffeine is not on the class path");
		runner.withPropertyValues("snapvec.defaults.cache.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output)
			.contains("Search results of index 'products' are not cached although its cache.enabled is true");
	}

	@Test
	void cachesWorkWithoutMicrometer() {
		IndexRunner.in(this.directory)
			.withConfiguration(AutoConfigurations.of(SnapvecCacheAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasSingleBean(CaffeineSearchCaches.class)
				.doesNotHaveBean("snapvecSearchCacheMetrics"));
	}

	private static long size(AssertableApplicationContext context) {
		return cache(context).estimatedSize();
	}

	private static Cache<?, ?> cache(AssertableApplicationContext context) {
		return context.getBean(CaffeineSearchCaches.class).get("products").orElseThrow().cache();
	}

}
