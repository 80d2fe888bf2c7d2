package dev.snapvec.spring.boot.autoconfigure;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.snapvec.SafeIndex;
import dev.snapvec.SearchCache;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.cache.CaffeineSearchCaches;
import dev.snapvec.spring.boot.cache.SearchCacheMetrics;
import dev.snapvec.spring.boot.config.ConditionalOnEnabled;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link SearchCache caches} of
 * search results.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SnapvecAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({ SafeIndex.class, Caffeine.class })
@ConditionalOnBean(SnapvecIndexes.class)
public final class SnapvecCacheAutoConfiguration {

	@Bean
	CaffeineSearchCaches snapvecSearchCaches() {
		return new CaffeineSearchCaches();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(MeterRegistry.class)
	@ConditionalOnEnabled("snapvec.metrics.enabled")
	static class MetricsConfiguration {

		@Bean
		SearchCacheMetrics snapvecSearchCacheMetrics(CaffeineSearchCaches caches, SnapvecIndexes indexes) {
			return new SearchCacheMetrics(caches, indexes);
		}

	}

}
