package dev.snapvec.spring.boot.index;

import java.util.Locale;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;

import dev.snapvec.spring.boot.event.IndexEvent;

/**
 * Publishes events. The failure of a listener must not abort a start, a schedule or a
 * stop.
 * <p>
 * Internal: not for applications.
 */
public class IndexEvents {

	private static final Log logger = LogFactory.getLog(IndexEvents.class);

	private final ApplicationEventPublisher publisher;

	public IndexEvents(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	public void publish(IndexEvent event) {
		try {
			this.publisher.publishEvent(event);
		}
		// A listener may throw anything; the event has happened all the same.
		catch (RuntimeException ex) {
			logger.warn(String.format(Locale.ROOT, "A listener of %s of index '%s' failed",
					event.getClass().getSimpleName(), event.index().name()), ex);
		}
	}

}
