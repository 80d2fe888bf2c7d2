package dev.snapvec.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.snapvec.SafeIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Times that a store is given, or finds.
 */
class LogSyncTests {

	@TempDir
	Path directory;

	@Test
	void anIntervalIsAtLeastAMillisecond() {
		for (Duration interval : List.of(Duration.ofNanos(1), Duration.ofNanos(999_999), Duration.ZERO,
				Duration.ofDays(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
			assertThatIllegalArgumentException().isThrownBy(() -> LogSync.every(interval))
				.withMessage("interval must be at least PT0.001S, but was " + interval);
		}
		assertThat(LogSync.every(Duration.ofMillis(1))).hasToString("every PT0.001S");
	}

	@Test
	void anIntervalMayBeLongerThanAnyoneWaits() {
		for (Duration interval : List.of(Duration.ofDays(300_000), ChronoUnit.FOREVER.getDuration())) {
			SafeIndex index = StoreFixture.newIndex();
			try (IndexStore store = IndexStore.open(this.directory.resolve(interval.toString()), 1)) {
				store.log(index, LogSync.every(interval));
				index.add("a", StoreFixture.vector(1));
			}
			assertThat(index.size()).isEqualTo(1);
		}
	}

	@Test
	void anAgeIsNeverNegative() {
		for (Instant written : List.of(Instant.now().plusSeconds(3600), Instant.MAX)) {
			assertThat(new Snapshot(1, this.directory, 1, written).age()).isZero();
		}
		assertThat(new Snapshot(1, this.directory, 1, Instant.now().minusSeconds(3600)).age())
			.isBetween(Duration.ofSeconds(3600), Duration.ofSeconds(3700));
		assertThat(new Snapshot(1, this.directory, 1, Instant.MIN).age()).isPositive();
	}

}
