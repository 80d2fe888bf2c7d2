package dev.snapvec.spring.boot.definition;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.TriggerContext;

/**
 * Delays another trigger by a random time, so that applications that were started
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
