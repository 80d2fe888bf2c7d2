package dev.snapvec.spring.boot.definition;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.TriggerContext;

/**
 * Comes a random time later than another trigger, so that applications that started
 * together do not save at the same moment.
 * <p>
 * Internal: not for applications.
 */
public class JitterTrigger implements Trigger {

	private final Trigger trigger;

	private final long jitterMillis;

	public JitterTrigger(Trigger trigger, Duration jitter) {
		this.trigger = trigger;
		this.jitterMillis = jitter.toMillis();
	}

	@Override
	public @Nullable Instant nextExecution(TriggerContext context) {
		Instant next = this.trigger.nextExecution(context);
		return (next != null) ? next.plusMillis(ThreadLocalRandom.current().nextLong(this.jitterMillis + 1)) : null;
	}

}
