package dev.snapvec.spring.boot.index;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.snapvec.SafeIndex;
import dev.snapvec.SearchInterceptor;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.cache.CaffeineSearchCaches;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.observation.IndexObservation;

/**
 * The handles of the configured indexes. The indexes are empty until the lifecycle
 * restores or populates them, because beans receive their handles before.
 * <p>
 * Internal: not for applications.
 */
public final class ConfiguredIndexes implements SnapvecIndexes {

	private static final Log logger = LogFactory.getLog(ConfiguredIndexes.class);

	private final ManagedIndexes managed;

	private final @Nullable CaffeineSearchCaches caches;

	private final IndexObservation observation;

	public ConfiguredIndexes(Collection<IndexDefinition> definitions, ManagedIndexes managed,
			@Nullable CaffeineSearchCaches caches, IndexObservation observation) {
		this.managed = managed;
		this.caches = caches;
		this.observation = observation;
		definitions.forEach((definition) -> managed.add(managed.create(definition, create(definition))));
	}

	public ManagedIndexes managed() {
		return this.managed;
	}

	/** Creates a handle, which is not yet visible to others. */
	public SafeIndex create(IndexDefinition definition) {
		SafeIndex index = new SafeIndex(definition.name(), definition.newIndex());
		if (this.caches == null && definition.cache().required()) {
			logger.warn(String.format(Locale.ROOT,
					"Search results of index '%s' are not cached although its cache.enabled is true: Caffeine is not on the class path",
					definition.name()));
		}
		SearchInterceptor observed = this.observation.search(definition.name());
		if (observed != null) {
			index.addSearchInterceptor(observed);
		}
		if (this.caches != null && definition.cache().enabled()) {
			index.searchCache(this.caches.create(definition.name(), definition.cache()));
		}
		return index;
	}

	@Override
	public boolean clearCache(String name) {
		CaffeineSearchCaches caches = this.caches;
		return (caches != null) ? caches.clear(get(name).name()) : SnapvecIndexes.super.clearCache(name);
	}

	@Override
	public void addRegisterHandler(Consumer<SafeIndex> handler) {
		this.managed.addHandler(handler);
	}

	@Override
	public List<String> names() {
		return this.managed.names();
	}

	@Override
	public SafeIndex get(String name) {
		return this.managed.get(name).index();
	}

}
