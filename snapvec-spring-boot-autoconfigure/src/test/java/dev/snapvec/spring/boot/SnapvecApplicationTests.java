package dev.snapvec.spring.boot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.snapvec.Hit;
import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.StoreLockedException;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.spring.boot.event.SnapshotWritten;
import dev.snapvec.store.IndexStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what all auto-configurations do together, in an application that answers
 * requests.
 */
class SnapvecApplicationTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	@Test
	void whatRequestsAddedIsFoundAfterARestart() throws Exception {
		String found;
		CompletableFuture<HttpResponse<String>> slow;
		try (ConfigurableApplicationContext context = run()) {
			assertThat(index(context, "products").size()).isEqualTo(20);
			assertThat(index(context, "products").isFrozen()).isTrue();
			assertThat(index(context, "journal").isFrozen()).isFalse();
			for (int number = 0; number < 10; number++) {
				assertThat(post(context, "/journal/" + number).get().statusCode()).isEqualTo(200);
			}
			found = get(context, "/journal/3").body();
			assertThat(found).contains("\"id\":\"3\"");
			slow = post(context, "/slow/99");
			assertThat(context.getBean(Journal.class).entered.await(10, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(slow.get(10, TimeUnit.SECONDS).statusCode()).as("drained").isEqualTo(200);
		try (ConfigurableApplicationContext context = run("--rows=1")) {
			assertThat(index(context, "products").size()).as("restored, not populated").isEqualTo(20);
			assertThat(index(context, "products").isFrozen()).isTrue();
			assertThat(index(context, "journal").size()).isEqualTo(11);
			assertThat(index(context, "journal").contains("99")).as("the last snapshot came after").isTrue();
			index(context, "journal").delete("99");
			assertThat(get(context, "/journal/3").body()).isEqualTo(found);
		}
	}

	@Test
	void requestsDrainThenTheLastSnapshotIsWrittenAndThenTheDirectoryIsGivenUp() throws Exception {
		Path journal = this.directory.resolve("journal");
		List<String> order = new CopyOnWriteArrayList<>();
		CompletableFuture<HttpResponse<String>> slow;
		try (ConfigurableApplicationContext context = run()) {
			context.addApplicationListener((PayloadApplicationEvent<Object> event) -> {
				if (event.getPayload() instanceof SnapshotWritten written && written.index().name().equals("journal")) {
					order.add(String.format(Locale.ROOT, "saved %d rows", written.index().size()));
					order.add(isFree(journal) ? "free" : "locked");
				}
			});
			slow = post(context, "/slow/99").whenComplete((response, failure) -> order.add("answered"));
			assertThat(context.getBean(Journal.class).entered.await(10, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(slow.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		order.add(isFree(journal) ? "free" : "locked");
		assertThat(order).containsSubsequence("saved 1 rows", "locked", "free").contains("answered").hasSize(4);
	}

	private static boolean isFree(Path directory) {
		try {
			IndexStore.open(directory, 1).close();
			return true;
		}
		catch (StoreLockedException ex) {
			return false;
		}
	}

	@Test
	void indexesAreShownOverHttp() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			assertThat(get(context, "/actuator/snapvec").body()).contains("\"products\":{\"type\":\"SnapIndex\"");
			HttpResponse<String> products = get(context, "/actuator/snapvec/products");
			assertThat(products.statusCode()).isEqualTo(200);
			assertThat(products.body()).contains("\"rows\":20")
				.contains("\"frozen\":true")
				.contains("\"dirty\":false")
				.contains("\"file\":\"snapshot-0000000001.snapvec\"")
				.doesNotContain(this.directory.toString());
			assertThat(get(context, "/actuator/snapvec/orders").statusCode()).isEqualTo(404);
			get(context, "/journal/1");
			assertThat(get(context, "/actuator/metrics/snapvec.search?tag=index:journal").body())
				.contains("{\"statistic\":\"COUNT\",\"value\":1");
		}
	}

	private ConfigurableApplicationContext run(String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setDefaultProperties(
				Map.of("server.port", "0", "snapvec.directory", this.directory.toString(), "snapvec.defaults.dimension",
						"8", "snapvec.indexes.products.bits", "4", "snapvec.indexes.journal.freeze", "manual",
						"management.endpoints.web.exposure.include", "snapvec,metrics"));
		return application.run(arguments);
	}

	private static SafeIndex index(ConfigurableApplicationContext context, String name) {
		return context.getBean(name, SafeIndex.class);
	}

	private HttpResponse<String> get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(uri(context, path)).build(), BodyHandlers.ofString());
	}

	private CompletableFuture<HttpResponse<String>> post(ConfigurableApplicationContext context, String path) {
		HttpRequest request = HttpRequest.newBuilder(uri(context, path))
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
		return this.client.sendAsync(request, BodyHandlers.ofString());
	}

	private static URI uri(ConfigurableApplicationContext context, String path) {
		return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		IndexPopulator catalogue(Environment environment) {
			int rows = environment.getProperty("rows", Integer.class, 20);
			return new IndexPopulator() {

				@Override
				public void populate(SafeIndex index, ProgressListener progress) {
					IndexRunner.add(index, rows);
				}

				@Override
				public boolean populates(String indexName) {
					return indexName.equals("products");
				}

			};
		}

		@Bean
		Journal journalController(@Qualifier("journal") SafeIndex journal) {
			return new Journal(journal);
		}

	}

	@RestController
	static class Journal implements SmartLifecycle {

		private final SafeIndex journal;

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch draining = new CountDownLatch(1);

		private volatile boolean running;

		Journal(SafeIndex journal) {
			this.journal = journal;
		}

		@Override
		public void stop() {
			this.draining.countDown();
			this.running = false;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
		}

		@PostMapping("/journal/{number}")
		void add(@PathVariable int number) {
			this.journal.add(String.valueOf(number), IndexRunner.vector(number));
		}

		@GetMapping("/journal/{number}")
		List<Hit> search(@PathVariable int number) {
			return this.journal.search(IndexRunner.vector(number), 5);
		}

		/**
		 * Writes when the application waits for its requests to end already. It answers
		 * itself: Tomcat counts a request as ended when its handler returns, and may
		 * close the connection before the rest of the answer is sent.
		 */
		@PostMapping("/slow/{number}")
		void addSlowly(@PathVariable int number, HttpServletResponse response)
				throws InterruptedException, IOException {
			this.entered.countDown();
			if (!this.draining.await(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("the application goes on");
			}
			add(number);
			response.setContentLength(0);
			response.flushBuffer();
		}

	}

}
