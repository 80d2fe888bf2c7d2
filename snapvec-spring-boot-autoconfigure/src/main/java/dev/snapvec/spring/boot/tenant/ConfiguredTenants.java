package dev.snapvec.spring.boot.tenant;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import dev.snapvec.SafeIndex;
import dev.snapvec.SearchInterceptor;
import dev.snapvec.spring.boot.SnapvecTenants;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.index.Attempt;
import dev.snapvec.spring.boot.index.ManagedIndexes;
import dev.snapvec.spring.boot.index.Notices;
import dev.snapvec.spring.boot.index.PersistentIndex;
import dev.snapvec.spring.boot.observation.IndexObservation;
import dev.snapvec.spring.boot.population.Population;

/**
 * The indexes of tenants that the properties define, by name below
 * {@code snapvec.tenants}.
 * <p>
 * Internal: not for applications.
 */
public class ConfiguredTenants {

	private final Map<String, TenantIndexes> tenants = new LinkedHashMap<>();

	private final ManagedIndexes indexes;

	private final IndexObservation observation;

	private final Population population;

	public ConfiguredTenants(List<TenantDefinition> definitions, ManagedIndexes indexes, IndexObservation observation,
			Population population) {
		this.indexes = indexes;
		this.observation = observation;
		this.population = population;
		definitions.forEach((definition) -> this.tenants.put(definition.template().name(),
				new TenantIndexes(definition, this::open)));
	}

	/**
	 * Opens an index as at the start of an application, and then passes it to handlers.
	 */
	private PersistentIndex open(IndexDefinition definition, Iterable<Consumer<SafeIndex>> handlers, Notices notices) {
		SafeIndex index = new SafeIndex(definition.name(), definition.newIndex());
		SearchInterceptor observed = this.observation.search(definition.template());
		if (observed != null) {
			index.addSearchInterceptor(observed);
		}
		PersistentIndex opening = this.indexes.createWritten(definition, index);
		opening.guard();
		return Attempt.orUndo(() -> {
			if (opening.open(notices)) {
				this.population.populate(index, definition.template());
				opening.populated();
				opening.update(notices);
			}
			opening.record(notices);
			handlers.forEach((handler) -> handler.accept(index));
			return opening;
		}, () -> {
			opening.end(false, notices);
			opening.release();
		});
	}

	public SnapvecTenants get(String name) {
		TenantIndexes found = this.tenants.get(name);
		if (found == null) {
			throw new IllegalStateException(
					String.format(Locale.ROOT, "no tenants are named '%s' below snapvec.tenants", name));
		}
		return found;
	}

	public Collection<TenantIndexes> all() {
		return this.tenants.values();
	}

}
