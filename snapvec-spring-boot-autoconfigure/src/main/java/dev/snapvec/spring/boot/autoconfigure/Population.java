package dev.snapvec.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.snapvec.NotFittedException;
import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.TrainableIndex;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.event.IndexPopulated;

/**
 * Has the application's populators train and fill an index.
 */
class Population {

	private static final Log logger = LogFactory.getLog(Population.class);

	private final ListableBeanFactory beanFactory;

	private final IndexEvents events;

	Population(ListableBeanFactory beanFactory, IndexEvents events) {
		this.events = events;
		this.beanFactory = beanFactory;
	}

	/** Refuses populators of an index that must have none. */
	void requireNone(IndexDefinition definition) {
		populators(definition.name()).findFirst()
			.ifPresent((populator) -> definition.refusePopulator(beanName(populator)));
	}

	private Stream<IndexPopulator> populators(String index) {
		return this.beanFactory.getBeanProvider(IndexPopulator.class)
			.orderedStream()
			.filter((populator) -> populator.populates(index));
	}

	/**
	 * Fills an index.
	 * @param index the index
	 * @return whether there was a populator for it
	 */
	boolean populate(SafeIndex index) {
		return populate(index, index.name());
	}

	/**
	 * Fills an index.
	 * @param index the index
	 * @param name what populators know it by
	 * @return whether there was a populator for it
	 */
	boolean populate(SafeIndex index, String name) {
		List<IndexPopulator> populators = populators(name).toList();
		if (populators.isEmpty()) {
			return false;
		}
		long start = System.nanoTime();
		train(index, populators);
		for (IndexPopulator populator : populators) {
			populate(index, populator);
		}
		logger.info(String.format(Locale.ROOT, "Populated index '%s': %d rows in %d ms", index.name(), index.size(),
				(System.nanoTime() - start) / 1_000_000));
		this.events.publish(new IndexPopulated(index, Duration.ofNanos(System.nanoTime() - start)));
		return true;
	}

	private void train(SafeIndex index, List<IndexPopulator> populators) {
		if (!(index.index() instanceof TrainableIndex trainable) || trainable.isFitted()) {
			return;
		}
		ProgressListener progress = progress(index);
		List<float[]> sample = new ArrayList<>();
		for (IndexPopulator populator : populators) {
			try {
				Collections.addAll(sample, populator.trainingSample(index, progress));
			}
			// A populator may throw anything; what it threw is the cause.
			catch (Exception ex) {
				throw PopulationException.sampling(index.name(), beanName(populator), ex);
			}
		}
		if (!sample.isEmpty()) {
			train(index, sample, progress);
		}
	}

	private static void train(SafeIndex index, List<float[]> sample, ProgressListener progress) {
		long start = System.nanoTime();
		try {
			index.fit(sample.toArray(float[][]::new), progress);
		}
		catch (IllegalArgumentException | SnapvecException ex) {
			throw PopulationException.training(index.name(), sample.size(), ex);
		}
		logger.info(String.format(Locale.ROOT, "Trained index '%s': from %d vectors in %d ms", index.name(),
				sample.size(), (System.nanoTime() - start) / 1_000_000));
	}

	private void populate(SafeIndex index, IndexPopulator populator) {
		try {
			populator.populate(index, progress(index));
		}
		catch (NotFittedException ex) {
			throw PopulationException.untrained(index.name(), beanName(populator), ex);
		}
		// A populator may throw anything; what it threw is the cause.
		catch (Exception ex) {
			throw PopulationException.populating(index.name(), beanName(populator), index.size(), ex);
		}
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
