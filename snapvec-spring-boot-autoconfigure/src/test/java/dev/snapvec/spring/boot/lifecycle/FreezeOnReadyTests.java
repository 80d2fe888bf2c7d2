package dev.snapvec.spring.boot.lifecycle;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FreezeOnReady}.
 */
@ExtendWith(OutputCaptureExtension.class)
class FreezeOnReadyTests {

	@TempDir
	private Path directory;

	@Test
	void freezesWhenTheApplicationIsReady(CapturedOutput output) {
		IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.indexes.journal.dimension=8", "snapvec.indexes.journal.freeze=manual")
			.run((context) -> {
				SafeIndex products = context.getBean("products", SafeIndex.class);
				assertThat(products.isFrozen()).isFalse();
				context.publishEvent(ready(context.getSourceApplicationContext(ConfigurableApplicationContext.class)));
				assertThat(products.isFrozen()).isTrue();
				assertThat(context.getBean("journal", SafeIndex.class).isFrozen()).isFalse();
			});
		assertThat(output)
			.contains("Froze index 'products': 0 rows in",
					"to add to it while the application runs, set snapvec.indexes.products.freeze to manual")
			.doesNotContain("Froze index 'journal'");
	}

	@Test
	void otherApplicationsThatAreReadyAreIgnored() {
		IndexRunner.in(this.directory).run((context) -> {
			context.publishEvent(ready(new GenericApplicationContext()));
			assertThat(context.getBean(SafeIndex.class).isFrozen()).isFalse();
		});
	}

	@Test
	void whatTheApplicationWritesWhenItIsReadyComesBefore(CapturedOutput output) {
		IndexRunner.in(this.directory).withBean(WriteOnReady.class).run((context) -> {
			context.publishEvent(ready(context.getSourceApplicationContext(ConfigurableApplicationContext.class)));
			SafeIndex index = context.getBean(SafeIndex.class);
			assertThat(index.size()).isEqualTo(2);
			assertThat(index.isFrozen()).isTrue();
		});
		assertThat(output).doesNotContain("rejects changes");
	}

	private static ApplicationReadyEvent ready(ConfigurableApplicationContext context) {
		return new ApplicationReadyEvent(new SpringApplication(), new String[0], context, null);
	}

	private static final class WriteOnReady implements ApplicationListener<ApplicationReadyEvent> {

		private final SafeIndex index;

		WriteOnReady(SafeIndex index) {
			this.index = index;
		}

		@Override
		public void onApplicationEvent(ApplicationReadyEvent event) {
			IndexRunner.add(this.index, 2);
		}

	}

}
