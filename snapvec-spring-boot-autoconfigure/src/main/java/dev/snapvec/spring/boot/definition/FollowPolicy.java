package dev.snapvec.spring.boot.definition;

import java.time.Duration;

import org.springframework.scheduling.Trigger;

/**
 * Whether another process writes an index, and this one reads its snapshots.
 * <p>
 * Internal: not for applications.
 *
 * @param enabled whether it does
 * @param interval the pause after which a newer snapshot is looked for
 * @param key the property that says so, for messages
 */
public record FollowPolicy(boolean enabled, Duration interval, String key) {

	public Trigger trigger() {
		return SnapshotPolicy.pause(this.interval);
	}

}
