package dev.snapvec.spring.boot.autoconfigure;

import java.time.Duration;

import org.springframework.scheduling.Trigger;

/**
 * Whether another process writes an index, and this one reads its snapshots.
 *
 * @param enabled whether it does
 * @param interval the pause after which a newer snapshot is looked for
 * @param key the property that says so, for messages
 */
record FollowPolicy(boolean enabled, Duration interval, String key) {

	Trigger trigger() {
		return SnapshotPolicy.pause(this.interval);
	}

}
