package dev.snapvec.spring.boot.lifecycle;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.config.PropertyKeys;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.event.IndexFrozen;
import dev.snapvec.spring.boot.index.IndexEvents;
import dev.snapvec.spring.boot.index.Stopwatch;

/**
 * Freezes indexes when the application is ready, after all other listeners of that event,
 * which may still write. An index that is not fitted is left unchanged: it is empty.
 * <p>
 * Internal: not for applications.
 */
public class FreezeOnReady implements ApplicationListener<ApplicationReadyEvent>, Ordered {

	private static final Log logger = LogFactory.getLog(FreezeOnReady.class);

	private final Supplier<Collection<IndexDefinition>> definitions;

	private final SnapvecIndexes indexes;

	private final ApplicationContext context;

	public FreezeOnReady(Supplier<Collection<IndexDefinition>> definitions, SnapvecIndexes indexes,
			ApplicationContext context) {
		this.definitions = definitions;
		this.indexes = indexes;
		this.context = context;
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.definitions.get()
				.stream()
				.filter(IndexDefinition::freezesOnReady)
				.forEach((definition) -> freeze(this.indexes.get(definition.name())));
		}
	}

	private void freeze(SafeIndex index) {
		if (!index.isFrozen() && index.isFitted()) {
			Stopwatch time = new Stopwatch();
			index.freeze();
			logger.info(String.format(Locale.ROOT, "Froze index '%s': %d rows in %d ms", index.name(), index.size(),
					time.millis()));
			if (index.size() == 0) {
				logger.info(String.format(Locale.ROOT,
						"Index '%1$s' is empty and rejects changes; to add to it while the"
								+ " application runs, set %2$s.%1$s.freeze to manual",
						index.name(), PropertyKeys.INDEXES));
			}
			new IndexEvents(this.context).publish(new IndexFrozen(index));
		}
	}

}
