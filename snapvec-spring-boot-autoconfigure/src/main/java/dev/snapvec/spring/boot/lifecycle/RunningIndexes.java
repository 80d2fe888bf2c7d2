package dev.snapvec.spring.boot.lifecycle;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.index.ConfiguredIndexes;
import dev.snapvec.spring.boot.index.ManagedIndexes;
import dev.snapvec.spring.boot.index.StoredIndex;

/**
 * Adds indexes while the lifecycle is running. Thread-safe.
 * <p>
 * Internal: not for applications.
 */
public final class RunningIndexes {

	private final ConfiguredIndexes indexes;

	private final SnapvecLifecycle lifecycle;

	private final Set<String> starting = ConcurrentHashMap.newKeySet();

	public RunningIndexes(ConfiguredIndexes indexes, SnapvecLifecycle lifecycle) {
		this.indexes = indexes;
		this.lifecycle = lifecycle;
	}

	/**
	 * Adds an index. Its name is reserved while the index starts, with no lock held.
	 * @param name the name of the index
	 * @param definition defines it, given the names that are taken
	 * @return its handle
	 */
	public SafeIndex add(String name, Function<Collection<String>, IndexDefinition> definition) {
		String reserved = name.toLowerCase(Locale.ROOT);
		if (!this.starting.add(reserved)) {
			throw new IllegalStateException(String.format(Locale.ROOT, "an index '%s' is already being added", name));
		}
		try {
			ManagedIndexes managed = this.indexes.managed();
			IndexDefinition defined = definition.apply(managed.names());
			StoredIndex index = managed.create(defined, this.indexes.create(defined));
			index.guard();
			this.lifecycle.add(index, () -> managed.add(index));
			return index.index();
		}
		finally {
			this.starting.remove(reserved);
		}
	}

}
