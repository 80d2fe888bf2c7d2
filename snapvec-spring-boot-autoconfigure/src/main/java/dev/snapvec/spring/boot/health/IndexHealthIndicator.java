package dev.snapvec.spring.boot.health;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.store.LogStats;
import dev.snapvec.store.Snapshot;

/**
 * {@link HealthIndicator} for an index: down if it could not be restored, and
 * {@linkplain SnapvecHealthContributor#DEGRADED degraded} if searches continue but the
 * last due save or reload failed, or changes cannot be recorded. Does not access the
 * disk.
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
		String name = this.index.name();
		Snapshot latest = this.snapshots.latest(name).orElse(null);
		LogStats log = this.snapshots.log(name).orElse(null);
		Exception cause = this.snapshots.lastError(name).orElse(null);
		Health.Builder health = Health.status(status(cause));
		if (cause != null) {
			health.withDetail("lastError", error(cause));
		}
		health.withDetail("rows", this.index.size())
			.withDetail("frozen", this.index.isFrozen())
			.withDetail("dirty", this.index.isDirty())
			.withDetail("follower", this.snapshots.isFollower(name))
			.withDetail("lastSnapshotOutcome",
					this.snapshots.failure(name).isPresent() ? "failure" : ((latest != null) ? "success" : "none"));
		if (latest != null) {
			health.withDetail("lastSnapshot", latest.written())
				.withDetail("lastSnapshotNumber", latest.number())
				.withDetail("lastSnapshotAge", latest.age());
		}
		if (log != null) {
			health.withDetail("logBytes", log.bytes());
		}
		return health.build();
	}

	private Status status(@Nullable Exception cause) {
		if (!this.snapshots.isRestored(this.index.name())) {
			return Status.DOWN;
		}
		return (cause != null) ? SnapvecHealthContributor.DEGRADED : Status.UP;
	}

	/** In the format of Spring Boot, but without file system paths. */
	private String error(Exception failure) {
		return failure.getClass().getName() + ": " + this.snapshots.describe(this.index.name(), failure);
	}

}
