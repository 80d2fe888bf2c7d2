package dev.snapvec.spring.boot.definition;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.support.CronTrigger;
import org.springframework.scheduling.support.PeriodicTrigger;

/**
 * Whether and when snapshots of an index are written, and how many are retained.
 * <p>
 * Internal: not for applications.
 *
 * @param enabled whether they are written
 * @param disabledBy the setting that disables them, for messages
 * @param interval time between two snapshots
 * @param cron cron schedule that replaces the interval; null for none
 * @param jitter maximum random delay of a scheduled snapshot
 * @param onShutdown whether one is written when the application stops
 * @param retained number of snapshots to retain
 * @param lockTimeout maximum time to wait for another process to release the directory
 */
public record SnapshotPolicy(boolean enabled, String disabledBy, Duration interval, @Nullable String cron,
		Duration jitter, boolean onShutdown, int retained, Duration lockTimeout) {

	/** A cron schedule or an interval, with jitter. */
	public Trigger trigger() {
		Trigger trigger = (this.cron != null) ? new CronTrigger(this.cron) : pause(this.interval);
		return (context) -> delayed(trigger.nextExecution(context));
	}

	/** So that applications that were started together do not save at the same moment. */
	private @Nullable Instant delayed(@Nullable Instant next) {
		long most = this.jitter.toMillis();
		return (next != null) ? next.plusMillis(ThreadLocalRandom.current().nextLong(most + 1)) : null;
	}

	public static Trigger pause(Duration pause) {
		PeriodicTrigger trigger = new PeriodicTrigger(pause);
		trigger.setInitialDelay(pause);
		return trigger;
	}

}
