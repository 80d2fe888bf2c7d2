package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.snapvec.SafeIndex;
import dev.snapvec.SearchCache;
import dev.snapvec.spring.boot.NoSuchIndexException;
import dev.snapvec.spring.boot.SnapvecIndexes;

/**
 * The indexes that are defined. They are empty until {@link SnapvecLifecycle} restores or
 * populates them, since beans get their handles before.
 */
class ConfiguredIndexes implements SnapvecIndexes {

	private static final Log logger = LogFactory.getLog(ConfiguredIndexes.class);

	private final Map<String, SafeIndex> indexes = new ConcurrentSkipListMap<>();

	private final List<Consumer<SafeIndex>> handlers = new CopyOnWriteArrayList<>();

	private final @Nullable SearchCacheFactory caches;

	private final IndexObservation observation;

	ConfiguredIndexes(IndexDefinitions definitions, @Nullable SearchCacheFactory caches, IndexObservation observation) {
		this.caches = caches;
		this.observation = observation;
		definitions.all().forEach((definition) -> this.indexes.put(definition.name(), create(definition)));
	}

	/** Makes an index, and does not show it to others yet. */
	SafeIndex create(IndexDefinition definition) {
		SafeIndex index = new SafeIndex(definition.name(), definition.newIndex());
		if (this.caches == null && definition.mustCache()) {
			logger.warn(String.format(Locale.ROOT,
					"Index '%s' remembers no answers though its cache.enabled is true: Caffeine is not on the class path",
					definition.name()));
		}
		SearchCache cache = (this.caches != null && definition.caches()) ? this.caches.create(definition) : null;
		index.searchCache(this.observation.search(definition.name(), cache));
		return index;
	}

	void add(SafeIndex index) {
		this.indexes.put(index.name(), index);
		this.handlers.forEach((handler) -> handler.accept(index));
	}

	@Override
	public boolean clearCache(String name) {
		SearchCacheFactory caches = this.caches;
		return (caches != null) ? caches.clear(get(name).name()) : SnapvecIndexes.super.clearCache(name);
	}

	@Override
	public void addRegisterHandler(Consumer<SafeIndex> handler) {
		this.handlers.add(handler);
	}

	@Override
	public List<String> names() {
		return List.copyOf(this.indexes.keySet());
	}

	@Override
	public SafeIndex get(String name) {
		@Nullable SafeIndex index = this.indexes.get(name);
		if (index == null) {
			throw new NoSuchIndexException(name, names());
		}
		return index;
	}

}
