package dev.snapvec.spring.boot.population;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.spring.boot.event.IndexPopulating;
import dev.snapvec.spring.boot.index.IndexEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PopulationProgress}.
 */
@ExtendWith(OutputCaptureExtension.class)
class PopulationProgressTests {

	private final SafeIndex index = new SafeIndex("products", SnapIndex.builder(8).build());

	private final List<Object> published = new ArrayList<>();

	private final AtomicLong millis = new AtomicLong(100);

	private final PopulationProgress progress = new PopulationProgress(this.index, new IndexEvents(this.published::add),
			() -> TimeUnit.MILLISECONDS.toNanos(this.millis.get()));

	@Test
	void logsProgressEveryFewSeconds(CapturedOutput output) {
		for (int done = 1; done <= 12; done++) {
			this.millis.addAndGet(1000);
			this.progress.progress("encode", done, 12);
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("Populating"))).hasSize(2)
			.first()
			.asString()
			.contains("Populating index 'products': encode 5 of 12");
	}

	@Test
	void publishesProgressTenTimesASecondAndTheEndOfEachPhase() {
		for (int done = 1; done <= 12; done++) {
			this.progress.progress("encode", done, 12);
			this.millis.addAndGet(20);
		}
		assertThat(this.published).containsExactly(new IndexPopulating(this.index, "encode", 1, 12),
				new IndexPopulating(this.index, "encode", 6, 12), new IndexPopulating(this.index, "encode", 11, 12),
				new IndexPopulating(this.index, "encode", 12, 12));
	}

	@Test
	void logsWarningsAtOnce(CapturedOutput output) {
		this.progress.warning("the sample is small");
		assertThat(output).contains("WARN").contains("Populating index 'products': the sample is small");
	}

}
