package dev.snapvec.spring.boot.autoconfigure;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PopulationLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class PopulationLogTests {

	@Test
	void logsProgressEveryFewSeconds(CapturedOutput output) {
		AtomicLong seconds = new AtomicLong(100);
		PopulationLog log = new PopulationLog("products", () -> TimeUnit.SECONDS.toNanos(seconds.get()));
		for (int done = 1; done <= 12; done++) {
			seconds.incrementAndGet();
			log.progress("encode", done, 12);
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("Populating"))).hasSize(2)
			.first()
			.asString()
			.contains("Populating index 'products': encode 5 of 12");
	}

	@Test
	void logsWarningsAtOnce(CapturedOutput output) {
		new PopulationLog("products", System::nanoTime).warning("the sample is small");
		assertThat(output).contains("WARN").contains("Populating index 'products': the sample is small");
	}

}
