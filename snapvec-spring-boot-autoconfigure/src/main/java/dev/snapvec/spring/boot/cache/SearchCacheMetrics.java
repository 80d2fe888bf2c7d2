package dev.snapvec.spring.boot.cache;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;

import dev.snapvec.spring.boot.SnapvecIndexes;

/**
 * Meters of the search caches. They have the names and tags of the meters that Spring
 * Boot registers for the application's caches, because some registries reject a meter
 * with other tags.
 * <p>
 * Internal: not for applications.
 */
public class SearchCacheMetrics implements MeterBinder {

	private static final String MANAGER = "snapvec";

	private final CaffeineSearchCaches caches;

	private final SnapvecIndexes indexes;

	public SearchCacheMetrics(CaffeineSearchCaches caches, SnapvecIndexes indexes) {
		this.caches = caches;
		this.indexes = indexes;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.indexes.names().forEach((name) -> bind(registry, name));
		this.indexes.addRegisterHandler((index) -> bind(registry, index.name()));
	}

	private void bind(MeterRegistry registry, String name) {
		this.caches.get(name)
			.ifPresent((cache) -> new CaffeineCacheMetrics<>(cache.cache(), name,
					Tags.of("cache.manager", MANAGER, "name", name))
				.bindTo(registry));
	}

}
