package dev.snapvec.spring.boot.definition;

import java.time.Duration;

import org.springframework.scheduling.Trigger;

/**
 * Whether another process writes an index and this one loads its snapshots.
 * <p>
 * Internal: not for applications.
 *
 * @param enabled whether the index follows another process
 * @param interval time between checks for a newer snapshot
 * @param key the property that enables it, for messages
 */
public record FollowPolicy(boolean enabled, Duration interval, String key) {

	public Trigger trigger() {
		return SnapshotPolicy.pause(this.interval);
	}

}
