package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.autoconfigure.metrics.SnapvecMetricsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What meters, the cache and observations add to a search, as docs/operations.md has it.
 * The index is empty, so that the search itself is nearly nothing.
 */
@Tag("slow")
class SearchCostTests {

	private static final int DIMENSION = 384;

	private static final int SEARCHES = 20_000;

	private static final int ROUNDS = 60;

	private static final float[][] QUERIES = queries();

	@TempDir
	private Path directory;

	@Test
	void whatIsAddedToASearchTakesLessThanAMicrosecond() {
		Map<String, Double> costs = new LinkedHashMap<>();
		double plain = nanos(false, "metrics.enabled=false", "defaults.cache.enabled=false");
		costs.put("meters", nanos(false, "defaults.cache.enabled=false") - plain);
		costs.put("cache, hit", nanos(true, "metrics.enabled=false") - plain);
		costs.put("cache, miss", nanos(false, "metrics.enabled=false") - plain);
		costs.put("observation",
				nanos(false, "metrics.enabled=false", "defaults.cache.enabled=false", "observations.enabled=true")
						- plain);
		costs.put("all, cache missed", nanos(false, "observations.enabled=true") - plain);
		System.out.printf(Locale.ROOT, "a search that does nothing: %.0f ns%n", plain);
		costs.forEach((what, nanos) -> System.out.printf(Locale.ROOT, "%s: + %.0f ns%n", what, nanos));
		assertThat(costs.values()).allMatch((nanos) -> nanos < 1000);
	}

	/** The median of many rounds, of which the first ones warm up. */
	private double nanos(boolean same, String... properties) {
		double[] rounds = new double[ROUNDS];
		ApplicationContextRunner runner = IndexRunner.in(this.directory)
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, SnapvecMetricsAutoConfiguration.class,
							SnapvecCacheAutoConfiguration.class, SnapvecObservationAutoConfiguration.class))
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean(ObservationRegistry.class, SearchCostTests::observed)
			.withPropertyValues("snapvec.defaults.snapshot.enabled=false",
					"snapvec.indexes.products.dimension=" + DIMENSION)
			.withPropertyValues(Arrays.stream(properties).map("snapvec."::concat).toArray(String[]::new));
		runner.run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			for (int round = 0; round < ROUNDS; round++) {
				// a miss is what nobody asked for in this generation
				index.attribute("round", Integer.toString(round));
				long start = System.nanoTime();
				for (int i = 0; i < SEARCHES; i++) {
					index.search(QUERIES[same ? 0 : i], 10);
				}
				rounds[round] = (System.nanoTime() - start) / (double) SEARCHES;
			}
		});
		double[] warm = Arrays.copyOfRange(rounds, ROUNDS / 3, ROUNDS);
		Arrays.sort(warm);
		return warm[warm.length / 2];
	}

	/** A registry that observes in earnest, and whose handler does nothing with it. */
	private static ObservationRegistry observed() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		return registry;
	}

	private static float[][] queries() {
		Random random = new Random(1);
		float[][] queries = new float[SEARCHES][DIMENSION];
		for (float[] query : queries) {
			for (int i = 0; i < DIMENSION; i++) {
				query[i] = (float) random.nextGaussian();
			}
		}
		return queries;
	}

}
