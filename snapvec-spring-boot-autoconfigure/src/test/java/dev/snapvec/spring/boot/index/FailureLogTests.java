package dev.snapvec.spring.boot.index;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureLogTests {

	private final AtomicLong time = new AtomicLong();

	private final FailureLog log = new FailureLog(LogFactory.getLog(FailureLogTests.class), this.time::get);

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			this.log.failed("It fails", new IllegalStateException("the disk is full"));
		}
	}

	@Test
	void theFirstFailureIsLoggedWithItsStackTraceAndEveryTenthWithout(CapturedOutput output) {
		fail(1);
		assertThat(output).contains("It fails").contains("at " + FailureLogTests.class.getName());
		fail(8);
		assertThat(output).containsOnlyOnce("It fails");
		fail(1);
		assertThat(output).contains("It fails (10 times in a row): java.lang.IllegalStateException: the disk is full");
	}

	@Test
	void aFailureIsLoggedOnceAnHourHoweverRareItIs(CapturedOutput output) {
		fail(2);
		this.time.addAndGet(Duration.ofHours(1).toNanos());
		fail(2);
		assertThat(output).containsOnlyOnce("It fails (3 times in a row)")
			.doesNotContain("(2 times")
			.doesNotContain("(4");
	}

	@Test
	void successIsLoggedOnceAfterFailuresAndBeginsAnew(CapturedOutput output) {
		this.log.succeeded("It works");
		assertThat(output).doesNotContain("It works");
		fail(2);
		this.log.succeeded("It works");
		this.log.succeeded("It works");
		assertThat(output).containsOnlyOnce("It works again, after 2 failures");
		fail(1);
		assertThat(output.getAll().split("at " + FailureLogTests.class.getName() + ".fail")).hasSize(3);
	}

}
