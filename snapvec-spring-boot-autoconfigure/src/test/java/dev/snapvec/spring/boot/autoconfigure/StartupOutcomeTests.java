package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.index.ManagedIndexes;
import dev.snapvec.spring.boot.index.Notices;
import dev.snapvec.spring.boot.index.StoredIndex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What fails while an application starts or is closed, and what is saved then.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StartupOutcomeTests {

	@TempDir
	private Path directory;

	@Test
	void nothingIsSavedIfAListenerOfTheRefreshFails() {
		IndexRunner.in(this.directory).withBean(HalfWriter.class).run((context) -> assertThat(context).hasFailed());
		assertThat(snapshots("products")).isFalse();
		IndexRunner.in(this.directory).run((context) -> assertThat(context).as("the directory is free").hasNotFailed());
	}

	@Test
	void aRunnerThatFailsBecauseTheApplicationIsClosedKeepsNoIndexFromBeingSaved() {
		Closing closing = new Closing(true);
		assertThatIllegalStateException().isThrownBy(() -> run(closing, (context) -> context.getBeanFactory()
			.registerSingleton("runner", (ApplicationRunner) (arguments) -> closing.closeAndFail(context))));
		closing.join();
		assertThat(snapshots("second")).as("it was changed before the application was closed").isTrue();
	}

	@Test
	void aPopulatorThatFailsBecauseTheApplicationIsClosedDoesNotFailTheStart(CapturedOutput output) {
		Closing closing = new Closing(false);
		run(closing, (context) -> context.getBeanFactory()
			.registerSingleton("populator", IndexPopulator.forIndex("first", (index, progress) -> {
				index.add("a", IndexRunner.vector(1));
				closing.closeAndFail(context);
			})));
		closing.join();
		assertThat(snapshots("first")).isFalse();
		assertThat(snapshots("second")).isTrue();
		assertThat(output).contains("Index 'first' is not filled, because the application is being closed")
			.doesNotContain("APPLICATION FAILED TO START")
			.doesNotContain("ERROR");
	}

	private void run(Closing closing, ApplicationContextInitializer<ConfigurableApplicationContext> initializer) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.addListeners((ApplicationListener<ApplicationFailedEvent>) (event) -> closing.failed.countDown());
		application.addInitializers(initializer,
				(context) -> context.getBeanFactory().registerSingleton("closing", closing));
		application.run("--snapvec.directory=" + this.directory, "--snapvec.defaults.dimension=8",
				"--snapvec.indexes.first.populate=before-ready", "--snapvec.indexes.second.type=snap");
	}

	@Test
	void aPopulatorThatEndsWhenTheIndexIsClosedHasNotPopulatedIt() {
		IndexRunner.in(this.directory).withBean(ClosedMeanwhile.class).run((context) -> {
			StoredIndex index = context.getBean(ManagedIndexes.class).get("products");
			index.update();
			assertThat(index.index().size()).isEqualTo(3);
			assertThat(snapshots("products")).isFalse();
		});
		assertThat(snapshots("products")).isFalse();
	}

	private boolean snapshots(String index) {
		String[] files = this.directory.resolve(index).toFile().list((parent, name) -> name.endsWith(".snapvec"));
		return Files.exists(this.directory.resolve(index)) && files != null && !List.of(files).isEmpty();
	}

	static class ClosedMeanwhile implements IndexPopulator {

		private final ObjectProvider<ManagedIndexes> indexes;

		ClosedMeanwhile(ObjectProvider<ManagedIndexes> indexes) {
			this.indexes = indexes;
		}

		@Override
		public void populate(SafeIndex index, ProgressListener progress) {
			IndexRunner.add(index, 3);
			this.indexes.getObject().get("products").end(true, new Notices());
		}

	}

	static class HalfWriter {

		private final SafeIndex index;

		HalfWriter(SafeIndex index) {
			this.index = index;
		}

		@EventListener
		void on(ContextRefreshedEvent event) {
			IndexRunner.add(this.index, 3);
			throw new IllegalStateException("no more");
		}

	}

	/** Is stopped before indexes are, and ends once the start has failed, if it will. */
	static class Closing implements SmartLifecycle {

		private final CountDownLatch stopped = new CountDownLatch(1);

		private final CountDownLatch failed;

		private volatile boolean running;

		private Thread thread;

		Closing(boolean fails) {
			this.failed = new CountDownLatch(fails ? 1 : 0);
		}

		void closeAndFail(ConfigurableApplicationContext context) throws InterruptedException {
			context.getBean("second", SafeIndex.class).add("a", IndexRunner.vector(1));
			this.thread = new Thread(context::close, "closing");
			this.thread.start();
			assertThat(this.stopped.await(30, TimeUnit.SECONDS)).isTrue();
			throw new IllegalStateException("the catalogue is closed");
		}

		void join() {
			try {
				this.thread.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.stopped.countDown();
			try {
				assertThat(this.failed.await(30, TimeUnit.SECONDS)).isTrue();
				Thread.sleep(100); // until all are told
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SnapvecAutoConfiguration.class)
	static class Application {

	}

}
