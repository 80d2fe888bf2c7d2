package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.snapvec.SafeIndex;
import dev.snapvec.SearchCache;
import dev.snapvec.spring.boot.NoSuchIndexException;
import dev.snapvec.spring.boot.SnapvecIndexes;

/**
 * The indexes that the properties define. They are empty until {@link SnapvecLifecycle}
 * restores or populates them, since beans get their handles before.
 */
class ConfiguredIndexes implements SnapvecIndexes {

	private final Map<String, SafeIndex> indexes = new TreeMap<>();

	ConfiguredIndexes(IndexDefinitions definitions, @Nullable SearchCacheFactory caches, IndexObservation observation) {
		for (IndexDefinition definition : definitions.all()) {
			SafeIndex index = new SafeIndex(definition.name(), definition.newIndex());
			SearchCache cache = (caches != null && definition.caches()) ? caches.create(definition) : null;
			index.searchCache(observation.search(definition.name(), cache));
			this.indexes.put(definition.name(), index);
		}
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
