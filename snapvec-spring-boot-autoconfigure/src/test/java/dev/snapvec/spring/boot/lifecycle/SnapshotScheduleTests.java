package dev.snapvec.spring.boot.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.support.SimpleTriggerContext;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.StringUtils;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.spring.boot.definition.SnapshotPolicy;
import dev.snapvec.store.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SnapshotSchedule}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SnapshotScheduleTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory).withPropertyValues("snapvec.defaults.snapshot.interval=20ms");
	}

	@Test
	void savesWhatChangedAndNothingElse() {
		runner().run((context) -> {
			Recorder recorder = new Recorder();
			context.getBean(IndexSnapshots.class).addListener(recorder);
			SafeIndex index = context.getBean(SafeIndex.class);
			index.add("a", IndexRunner.vector(1));
			Awaitility.await().untilAtomic(recorder.written, Matchers.is(1));
			index.add("b", IndexRunner.vector(2));
			Awaitility.await().untilAtomic(recorder.written, Matchers.is(2));
			Awaitility.await().during(Duration.ofMillis(100)).untilAtomic(recorder.written, Matchers.is(2));
			assertThat(context.getBean(IndexSnapshots.class).isDirty("products")).isFalse();
			assertThat(context.getBean(IndexSnapshots.class).list("products")).hasSize(2);
		});
	}

	@Test
	void savesByTheClock() {
		IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.defaults.snapshot.cron=* * * * * *", "snapvec.defaults.snapshot.jitter=10ms")
			.run((context) -> {
				Recorder recorder = new Recorder();
				context.getBean(IndexSnapshots.class).addListener(recorder);
				context.getBean(SafeIndex.class).add("a", IndexRunner.vector(1));
				Awaitility.await().untilAtomic(recorder.written, Matchers.is(1));
				assertThat(context.getBean(IndexSnapshots.class).next("products"))
					.hasValueSatisfying((next) -> assertThat(next).isBefore(Instant.now().plusSeconds(2)));
			});
	}

	@Test
	void anIntervalAndACronExpressionExcludeEachOther() {
		runner().withPropertyValues("snapvec.defaults.snapshot.cron=0 0 3 * * *")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("snapvec.defaults.snapshot.interval")
				.hasStackTraceContaining("snapvec.defaults.snapshot.cron"));
		runner().withPropertyValues("snapvec.indexes.products.snapshot.cron=0 0 3 * * *")
			.run((context) -> assertThat(context.getBean(IndexSnapshots.class).next("products")).as("its own counts")
				.hasValueSatisfying((next) -> assertThat(next).isAfter(Instant.now().plusMillis(30))));
	}

	@Test
	void whatIsNoCronExpressionIsRefusedWithItsKey() {
		IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.indexes.products.snapshot.cron=at noon")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("snapvec.indexes.products.snapshot.cron")
				.hasStackTraceContaining("at noon"));
	}

	@Test
	void jitterPutsASnapshotOffByLessThanItsLength() {
		Trigger trigger = new SnapshotPolicy(true, "", Duration.ofMillis(20), null, Duration.ofMillis(50), false, 1,
				Duration.ZERO)
			.trigger();
		Clock stopped = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
		for (int i = 0; i < 1000; i++) {
			assertThat(trigger.nextExecution(new SimpleTriggerContext(stopped))).isBetween(Instant.EPOCH.plusMillis(20),
					Instant.EPOCH.plusMillis(70));
		}
	}

	@Test
	void runsOnADaemonThreadOfItsOwnThatEndsWithTheApplication() {
		Recorder recorder = new Recorder();
		runner().run((context) -> {
			context.getBean(IndexSnapshots.class).addListener(recorder);
			context.getBean(SafeIndex.class).add("a", IndexRunner.vector(1));
			Awaitility.await().until(() -> !recorder.threads.isEmpty());
			assertThat(recorder.threads).allSatisfy((thread) -> {
				assertThat(thread.getName()).startsWith("snapvec-snapshot-");
				assertThat(thread.isDaemon()).isTrue();
			});
		});
		Awaitility.await().until(() -> recorder.threads.stream().noneMatch(Thread::isAlive));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void runsOnAVirtualThreadWhereTheApplicationDoes() {
		Recorder recorder = new Recorder();
		runner().withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			context.getBean(IndexSnapshots.class).addListener(recorder);
			context.getBean(SafeIndex.class).add("a", IndexRunner.vector(1));
			Awaitility.await().until(() -> !recorder.threads.isEmpty());
			assertThat(recorder.threads)
				.allSatisfy((thread) -> assertThat(thread.getName()).startsWith("snapvec-snapshot-"));
			assertThat(recorder.threads)
				.allSatisfy((thread) -> assertThat(thread).extracting("virtual").isEqualTo(true));
		});
	}

	@Test
	void aFailureIsLoggedOnceAndDoesNotEndTheSchedule(CapturedOutput output) {
		runner().run((context) -> {
			Recorder recorder = new Recorder();
			IndexSnapshots snapshots = context.getBean(IndexSnapshots.class);
			snapshots.addListener(recorder);
			FileSystemUtils.deleteRecursively(this.directory.resolve("products"));
			context.getBean(SafeIndex.class).add("a", IndexRunner.vector(1));
			Awaitility.await().until(() -> recorder.failed.get() >= 3);
			assertThat(snapshots.failure("products")).isPresent();
			assertThat(snapshots.isDirty("products")).isTrue();
			Files.createDirectories(this.directory.resolve("products"));
			Awaitility.await().until(() -> snapshots.failure("products").isEmpty());
			assertThat(snapshots.isDirty("products")).isFalse();
			assertThat(snapshots.list("products")).hasSize(1);
		});
		assertThat(StringUtils.countOccurrencesOf(output.getOut(), "Index 'products' could not be saved")).isEqualTo(1);
	}

	@Test
	void aFailureAtTheEndStillGivesTheDirectoryUp() throws IOException {
		Path products = this.directory.resolve("products");
		IndexRunner.in(this.directory).run((context) -> {
			context.getBean(SafeIndex.class).add("a", IndexRunner.vector(1));
			FileSystemUtils.deleteRecursively(products);
		});
		Files.createDirectories(products);
		IndexRunner.in(this.directory).run((context) -> assertThat(context).hasNotFailed());
	}

	private static final class Recorder implements SnapshotListener {

		private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

		private final AtomicInteger written = new AtomicInteger();

		private final AtomicInteger failed = new AtomicInteger();

		@Override
		public void written(String index, Snapshot snapshot, Duration duration) {
			this.threads.add(Thread.currentThread());
			this.written.incrementAndGet();
		}

		@Override
		public void failed(String index, Exception failure) {
			this.failed.incrementAndGet();
		}

	}

}
