package dev.snapvec.spring.boot.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;

import dev.snapvec.spring.boot.SnapvecIndexes;

/**
 * The meters of caches. They have the names and tags that Spring Boot gives to those of
 * the application's caches, as some registries refuse a meter with other tags.
 */
class SearchCacheMetrics implements MeterBinder {

	private static final String MANAGER = "snapvec";

	private final CaffeineSearchCaches caches;

	/** Takes the indexes too, which have their caches by then. */
	SearchCacheMetrics(CaffeineSearchCaches caches, SnapvecIndexes indexes) {
		this.caches = caches;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.caches.forEach((name, cache) -> new CaffeineCacheMetrics<>(cache.cache(), name,
				Tags.of("cache.manager", MANAGER, "name", name))
			.bindTo(registry));
	}

}
