package dev.snapvec.spring.boot.population;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.snapvec.NotFittedException;
import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.event.IndexPopulated;
import dev.snapvec.spring.boot.index.IndexEvents;
import dev.snapvec.spring.boot.index.Stopwatch;

/**
 * Trains and fills indexes with the populators of the application.
 * <p>
 * Internal: not for applications.
 */
public class Population {

	private static final Log logger = LogFactory.getLog(Population.class);

	private final ListableBeanFactory beanFactory;

	private final IndexEvents events;

	private final Supplier<Collection<IndexDefinition>> definitions;

	private final List<String> tenants;

	private final BooleanSupplier closing;

	/**
	 * @param beanFactory contains the populators
	 * @param definitions the definitions of all indexes
	 * @param tenants the names of the templates of tenants
	 * @param events publishes the progress
	 * @param closing whether the application is being closed, which makes populators fail
	 */
	public Population(ListableBeanFactory beanFactory, Supplier<Collection<IndexDefinition>> definitions,
			List<String> tenants, IndexEvents events, BooleanSupplier closing) {
		this.closing = closing;
		this.beanFactory = beanFactory;
		this.definitions = definitions;
		this.tenants = tenants;
		this.events = events;
	}

	/** Rejects populators that do not declare clearly which indexes they fill. */
	public void requireChoices() {
		requireChoices(List.of());
	}

	/** As {@link #requireChoices()}, with an index that is being added. */
	public void requireChoices(IndexDefinition added) {
		requireChoices(List.of(added));
	}

	private void requireChoices(List<IndexDefinition> added) {
		List<IndexDefinition> indexes = new ArrayList<>(this.definitions.get());
		indexes.addAll(added);
		List<String> names = names(indexes.stream());
		List<String> fillable = names(indexes.stream().filter((index) -> !index.follows()));
		populators()
			.forEach((populator) -> new PopulatorChoice(beanName(populator), populator).require(names, fillable));
	}

	private List<String> names(Stream<IndexDefinition> indexes) {
		return Stream.concat(indexes.map(IndexDefinition::name), this.tenants.stream()).sorted().toList();
	}

	/** Logs the populators of a follower, which are not called. */
	public void skip(IndexDefinition follower) {
		populators().filter((populator) -> populator.populates(follower.name()))
			.forEach((populator) -> logger.info(String.format(Locale.ROOT,
					"Index '%s' is not populated by '%s', because it follows another process: %s is true",
					follower.name(), beanName(populator), follower.reloadKey())));
	}

	private Stream<IndexPopulator> populators() {
		return this.beanFactory.getBeanProvider(IndexPopulator.class).orderedStream();
	}

	private Stream<IndexPopulator> populators(String index) {
		return populators().filter((populator) -> populator.populates(index));
	}

	/**
	 * Fills an index.
	 * @param index the index
	 * @return whether there was a populator for it
	 */
	public boolean populate(SafeIndex index) {
		return populate(index, index.name());
	}

	/**
	 * Fills an index.
	 * @param index the index
	 * @param name the name by which populators know it
	 * @return whether there was a populator for it
	 */
	public boolean populate(SafeIndex index, String name) {
		List<IndexPopulator> populators = populators(name).toList();
		if (populators.isEmpty()) {
			return false;
		}
		Stopwatch time = new Stopwatch();
		train(index, populators);
		for (IndexPopulator populator : populators) {
			populate(index, populator);
		}
		logger.info(String.format(Locale.ROOT, "Populated index '%s': %d rows in %d ms", index.name(), index.size(),
				time.millis()));
		this.events.publish(new IndexPopulated(index, time.elapsed()));
		return true;
	}

	private void train(SafeIndex index, List<IndexPopulator> populators) {
		if (index.isFitted()) {
			return;
		}
		ProgressListener progress = progress(index);
		List<float[]> sample = new ArrayList<>();
		for (IndexPopulator populator : populators) {
			try {
				Collections.addAll(sample, populator.trainingSample(index, progress));
			}
			// A populator may throw anything, which becomes the cause.
			catch (Exception ex) {
				throw logged(PopulationException.sampling(index.name(), beanName(populator), ex));
			}
			catch (Error ex) {
				throw logged(index, populator, ex);
			}
		}
		if (!sample.isEmpty()) {
			train(index, sample, progress);
		}
	}

	private void train(SafeIndex index, List<float[]> sample, ProgressListener progress) {
		Stopwatch time = new Stopwatch();
		try {
			index.fit(sample.toArray(float[][]::new), progress);
		}
		catch (IllegalArgumentException | SnapvecException ex) {
			throw logged(PopulationException.training(index.name(), sample.size(), ex));
		}
		logger.info(String.format(Locale.ROOT, "Trained index '%s': from %d vectors in %d ms", index.name(),
				sample.size(), time.millis()));
	}

	private void populate(SafeIndex index, IndexPopulator populator) {
		try {
			populator.populate(index, progress(index));
		}
		catch (NotFittedException ex) {
			throw logged(PopulationException.untrained(index.name(), beanName(populator), ex));
		}
		// A populator may throw anything, which becomes the cause.
		catch (Exception ex) {
			throw logged(PopulationException.populating(index.name(), beanName(populator), index.size(), ex));
		}
		catch (Error ex) {
			throw logged(index, populator, ex);
		}
	}

	/**
	 * Logged here, because the failure analysis that follows omits the stack trace of the
	 * cause.
	 */
	private PopulationException logged(PopulationException failure) {
		if (this.closing.getAsBoolean()) {
			logger.debug(failure.getMessage(), failure.getCause());
		}
		else {
			logger.error(failure.getMessage(), failure.getCause());
		}
		return failure;
	}

	private Error logged(SafeIndex index, IndexPopulator populator, Error failure) {
		logger.error(String.format(Locale.ROOT, "populator '%s' of index '%s' failed after %d rows",
				beanName(populator), index.name(), index.size()), failure);
		return failure;
	}

	private ProgressListener progress(SafeIndex index) {
		return new PopulationProgress(index, this.events, System::nanoTime);
	}

	private String beanName(IndexPopulator populator) {
		return this.beanFactory.getBeansOfType(IndexPopulator.class)
			.entrySet()
			.stream()
			.filter((bean) -> bean.getValue() == populator)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseGet(() -> populator.getClass().getName());
	}

}
