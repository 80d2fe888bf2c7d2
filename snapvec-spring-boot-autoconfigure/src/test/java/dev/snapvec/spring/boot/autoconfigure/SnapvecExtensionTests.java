package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexCustomizer;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.event.IndexEvent;
import dev.snapvec.spring.boot.event.IndexFrozen;
import dev.snapvec.spring.boot.event.IndexPopulated;
import dev.snapvec.spring.boot.event.IndexRestored;
import dev.snapvec.spring.boot.event.SnapshotFailed;
import dev.snapvec.spring.boot.event.SnapshotWritten;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what an application can add: customizers, registrars and listeners.
 */
@ExtendWith(OutputCaptureExtension.class)
class SnapvecExtensionTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory);
	}

	@Test
	void customizersChangeBuildersInTheirOrderAfterTheProperties() {
		runner().withPropertyValues("snapvec.indexes.products.bits=2")
			.withUserConfiguration(Customizers.class)
			.run((context) -> {
				SafeIndex index = context.getBean(SafeIndex.class);
				assertThat(index.stats().parameters()).containsEntry("bits", 3);
				assertThat(index.attributes()).containsEntry("owner", "second");
			});
	}

	@Test
	void registrarsAddIndexesThatAreRestoredAndSavedAsOthers() {
		ApplicationContextRunner runner = runner().withPropertyValues("snapvec.defaults.bits=3")
			.withBean(SnapvecIndexRegistrar.class, () -> (registry) -> {
				IndexProperties properties = new IndexProperties();
				properties.setDimension(8);
				registry.register("tenant", properties);
			});
		runner.run((context) -> {
			SnapvecIndexes indexes = context.getBean(SnapvecIndexes.class);
			assertThat(indexes.names()).containsExactly("products", "tenant");
			assertThat(indexes.get("tenant").stats().parameters()).containsEntry("bits", 3);
			IndexRunner.add(indexes.get("tenant"), 4);
		});
		runner.run((context) -> assertThat(context.getBean(SnapvecIndexes.class).get("tenant").size()).isEqualTo(4));
	}

	@Test
	void aRegistrarCannotTakeANameThatIsTaken() {
		runner()
			.withBean(SnapvecIndexRegistrar.class,
					() -> (registry) -> registry.register("products", new IndexProperties()))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("there is an index 'products' already"));
	}

	@Test
	void aRegistrarsIndexIsValidatedToo() {
		runner()
			.withBean(SnapvecIndexRegistrar.class,
					() -> (registry) -> registry.register("tenant", new IndexProperties()))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("snapvec.indexes.tenant.dimension"));
	}

	@Test
	void whatHappensToAnIndexIsPublished() {
		ApplicationContextRunner runner = runner().withBean(Recorder.class)
			.withBean(IndexPopulator.class, () -> IndexRunner.populator(3));
		runner.run((context) -> {
			Recorder recorder = context.getBean(Recorder.class);
			assertThat(recorder.types()).containsExactly(IndexPopulated.class, SnapshotWritten.class);
			context.publishEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0],
					context.getSourceApplicationContext(ConfigurableApplicationContext.class), null));
			assertThat(recorder.types()).endsWith(IndexFrozen.class);
			context.getBean(SafeIndex.class).unfreeze();
			context.getBean(SafeIndex.class).delete("id0");
			FileSystemUtils.deleteRecursively(this.directory.resolve("products"));
			assertThatExceptionOfType(SnapvecException.class)
				.isThrownBy(() -> context.getBean(IndexSnapshots.class).write("products"));
			assertThat(recorder.types()).endsWith(SnapshotFailed.class);
			assertThat(recorder.events).allSatisfy((event) -> assertThat(event.index().name()).isEqualTo("products"));
		});
		runner.run((context) -> assertThat(context.getBean(Recorder.class).types()).contains(SnapshotWritten.class));
		runner
			.run((context) -> assertThat(context.getBean(Recorder.class).types()).containsExactly(IndexRestored.class));
	}

	@Test
	void aListenerThatFailsChangesNothing(CapturedOutput output) {
		runner().withBean(FailingListener.class)
			.withBean(IndexPopulator.class, () -> IndexRunner.populator(3))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("A listener of SnapshotWritten of index 'products' failed");
		runner().run((context) -> assertThat(context.getBean(SafeIndex.class).size()).isEqualTo(3));
	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		SnapvecIndexCustomizer second() {
			return (index, builder) -> builder.attribute("owner", "second");
		}

		@Bean
		@Order(1)
		SnapvecIndexCustomizer first() {
			return (index, builder) -> {
				builder.attribute("owner", "first");
				((SnapIndex.Builder) builder).bits(3);
			};
		}

	}

	static class Recorder {

		private final List<IndexEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(IndexEvent event) {
			this.events.add(event);
		}

		List<Class<?>> types() {
			return this.events.stream().<Class<?>>map(IndexEvent::getClass).toList();
		}

	}

	static class FailingListener {

		@EventListener
		void on(SnapshotWritten event) {
			throw new IllegalStateException("no matter");
		}

	}

}
