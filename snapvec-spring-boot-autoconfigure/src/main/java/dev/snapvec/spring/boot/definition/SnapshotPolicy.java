package dev.snapvec.spring.boot.definition;

import java.time.Duration;

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
 * @param disabledBy what turns them off, for messages
 * @param interval the pause between two of them
 * @param cron a schedule that takes the place of the interval; null for none
 * @param jitter at most how much later than scheduled one is written
 * @param onShutdown whether one is written when the application stops
 * @param retained how many are kept
 * @param lockTimeout maximum time to wait for another process to release the directory
 */
public record SnapshotPolicy(boolean enabled, String disabledBy, Duration interval, @Nullable String cron,
		Duration jitter, boolean onShutdown, int retained, Duration lockTimeout) {

	/** By the clock, or with a pause in between. */
	public Trigger trigger() {
		Trigger trigger = (this.cron != null) ? new CronTrigger(this.cron) : pause(this.interval);
		return new JitterTrigger(trigger, this.jitter);
	}

	public static Trigger pause(Duration pause) {
		PeriodicTrigger trigger = new PeriodicTrigger(pause);
		trigger.setInitialDelay(pause);
		return trigger;
	}

}
