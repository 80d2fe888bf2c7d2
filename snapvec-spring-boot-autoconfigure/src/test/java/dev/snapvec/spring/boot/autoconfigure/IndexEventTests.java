package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.event.IndexEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a listener of events may call: everything, from its own thread and from one that
 * it waits for.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IndexEventTests {

	@TempDir
	private Path directory;

	private final Map<String, Throwable> failures = new ConcurrentHashMap<>();

	private final Set<String> heard = ConcurrentHashMap.newKeySet();

	private Map<String, BiConsumer<ApplicationContext, SafeIndex>> calls() {
		Map<String, BiConsumer<ApplicationContext, SafeIndex>> calls = new TreeMap<>();
		calls.put("attribute", (context, index) -> index.attribute("name", "value"));
		calls.put("addAll", (context, index) -> index.upsert("extra", IndexRunner.vector(77)));
		calls.put("delete", (context, index) -> index.delete("extra"));
		calls.put("compact", (context, index) -> index.compact());
		calls.put("freeze", (context, index) -> {
			index.freeze();
			index.unfreeze();
		});
		calls.put("replace", (context, index) -> {
			SnapIndex next = SnapIndex.builder(8).build();
			next.add("next", IndexRunner.vector(5));
			index.replace(next);
		});
		calls.put("export", (context, index) -> index.save(this.directory.resolve("export")));
		calls.put("save", (context, index) -> context.getBean(IndexSnapshots.class).write(index.name()));
		calls.put("reload", (context, index) -> context.getBean(IndexSnapshots.class).reload(index.name()));
		calls.put("search", (context, index) -> index.search(IndexRunner.vector(1), 1));
		calls.put("register", (context, index) -> {
			IndexProperties properties = new IndexProperties();
			properties.setDimension(8);
			context.getBean(SnapvecIndexRegistry.class).register("another" + System.nanoTime(), properties);
		});
		calls.put("betweenMutations", (context, index) -> index.local()
			.betweenMutations(() -> context.getBean(IndexSnapshots.class).write(index.name())));
		return calls;
	}

	@ParameterizedTest
	@CsvSource({ "true, false", "true, true", "false, false", "false, true" })
	void aListenerMayCallEverythingItselfOrWaitForAThreadThatDoes(boolean itself, boolean logs) {
		ApplicationContextRunner runner = IndexRunner.in(this.directory.resolve("data"))
			.withPropertyValues("snapvec.indexes.products.write-ahead-log.enabled=" + logs,
					"snapvec.indexes.products.write-ahead-log.sync=never", "snapvec.defaults.snapshot.interval=20ms")
			.withInitializer((context) -> context
				.addApplicationListener((PayloadApplicationEvent<?> event) -> on(context, event, itself)))
			.withBean(IndexPopulator.class, () -> IndexPopulator.forIndex("products", (index, progress) -> index
				.addAll(List.of("a"), new float[][] { IndexRunner.vector(1) }, progress)));
		for (int start = 0; start < 2; start++) {
			runner.run((context) -> {
				assertThat(context).hasNotFailed();
				SafeIndex index = context.getBean(SnapvecIndexes.class).get("products");
				index.upsert("late", IndexRunner.vector(9));
				context.publishEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0],
						context.getSourceApplicationContext(ConfigurableApplicationContext.class), null));
			});
		}
		assertThat(this.heard).contains("IndexPopulating", "IndexPopulated", "SnapshotWritten", "IndexRestored");
		assertThat(this.failures).isEmpty();
	}

	/** What is refused must be refused at once and in words. */
	private void on(ApplicationContext context, PayloadApplicationEvent<?> event, boolean itself) {
		if (!(event.getPayload() instanceof IndexEvent happened) || !happened.index().name().equals("products")) {
			return;
		}
		String type = happened.getClass().getSimpleName();
		if (!this.heard.add(type)) {
			return;
		}
		calls().forEach((name, call) -> {
			Runnable calling = () -> {
				try {
					call.accept(context, happened.index());
				}
				catch (IllegalStateException | SnapvecException ex) {
					assertThat(ex).hasMessageContaining("index '");
				}
			};
			try {
				if (itself) {
					calling.run();
				}
				else {
					CompletableFuture.runAsync(calling).get(15, TimeUnit.SECONDS);
				}
			}
			catch (Exception | AssertionError ex) {
				this.failures.put(name + " in " + type, ex);
			}
		});
	}

}
