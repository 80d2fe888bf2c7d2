package dev.snapvec.spring.boot.health;

import java.time.Duration;
import java.time.Instant;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.store.LogStats;
import dev.snapvec.store.Snapshot;

/**
 * {@link HealthIndicator} for an index: it is down if it could not be restored, or not be
 * saved or reloaded when it last should have been, or if its changes cannot be recorded.
 * Nothing is read from disk to find out.
 */
class IndexHealthIndicator implements HealthIndicator {

	private final SafeIndex index;

	private final IndexSnapshots snapshots;

	IndexHealthIndicator(SafeIndex index, IndexSnapshots snapshots) {
		this.index = index;
		this.snapshots = snapshots;
	}

	@Override
	public Health health() {
		Exception failure = this.snapshots.failure(this.index.name()).orElse(null);
		Snapshot latest = this.snapshots.latest(this.index.name()).orElse(null);
		LogStats log = this.snapshots.log(this.index.name()).orElse(null);
		Exception cause = (failure == null && log != null) ? log.failure() : failure;
		Health.Builder health = (cause != null) ? Health.down().withDetail("error", error(cause)) : Health.up();
		health.withDetail("rows", this.index.size())
			.withDetail("frozen", this.index.isFrozen())
			.withDetail("dirty", this.index.isDirty())
			.withDetail("follower", this.snapshots.isFollower(this.index.name()))
			.withDetail("lastSnapshotOutcome", (failure != null) ? "failure" : ((latest != null) ? "success" : "none"));
		if (latest != null) {
			health.withDetail("lastSnapshot", latest.written())
				.withDetail("lastSnapshotNumber", latest.number())
				.withDetail("lastSnapshotAge", Duration.between(latest.written(), Instant.now()));
		}
		if (log != null) {
			health.withDetail("logBytes", log.bytes());
		}
		return health.build();
	}

	/** As Spring Boot writes it, but without where files are. */
	private String error(Exception failure) {
		return failure.getClass().getName() + ": " + this.snapshots.describe(this.index.name(), failure);
	}

}
