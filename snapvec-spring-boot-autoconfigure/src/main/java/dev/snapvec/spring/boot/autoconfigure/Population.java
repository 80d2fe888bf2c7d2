package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.log.LogMessage;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexPopulator;

/**
 * Has the application's populators fill an index.
 */
class Population {

	private static final Log logger = LogFactory.getLog(Population.class);

	private final ListableBeanFactory beanFactory;

	Population(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Fills an index.
	 * @param index the index
	 * @return whether there was a populator for it
	 */
	boolean populate(SafeIndex index) {
		List<IndexPopulator> populators = this.beanFactory.getBeanProvider(IndexPopulator.class)
			.orderedStream()
			.filter((populator) -> populator.populates(index.name()))
			.toList();
		if (populators.isEmpty()) {
			return false;
		}
		long start = System.nanoTime();
		for (IndexPopulator populator : populators) {
			populate(index, populator);
		}
		logger.info(LogMessage.format("Populated index '%s': %d rows in %d ms", index.name(), index.size(),
				(System.nanoTime() - start) / 1_000_000));
		return true;
	}

	private void populate(SafeIndex index, IndexPopulator populator) {
		try {
			populator.populate(index, new PopulationLog(index.name(), System::nanoTime));
		}
		// A populator may throw anything; what it threw is the cause.
		catch (Exception ex) {
			throw new PopulationException(index.name(), beanName(populator), index.size(), ex);
		}
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
