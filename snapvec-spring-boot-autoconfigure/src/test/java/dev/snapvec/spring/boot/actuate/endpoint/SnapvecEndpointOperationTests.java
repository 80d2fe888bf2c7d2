package dev.snapvec.spring.boot.actuate.endpoint;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.store.IndexStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link SnapvecEndpoint} does to indexes, over HTTP and JMX.
 */
class SnapvecEndpointOperationTests {

	private static final String UNRESTRICTED = "management.endpoint.snapvec.access";

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	@Test
	void operationsAreOffByDefault() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of())) {
			assertThat(get(context, "/products").statusCode()).isEqualTo(200);
			assertThat(post(context, "products", "freeze").statusCode()).isEqualTo(405);
			assertThat(index(context).isFrozen()).isFalse();
		}
	}

	@Test
	void aChangedIndexIsSavedAndAnUnchangedOneIsNot() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of(UNRESTRICTED, "unrestricted"))) {
			IndexRunner.add(index(context), 3);
			HttpResponse<String> saved = post(context, "products", "snapshot");
			assertThat(saved.statusCode()).isEqualTo(200);
			assertThat(saved.body()).contains("\"outcome\":\"DONE\"")
				.contains("\"operation\":\"SNAPSHOT\"")
				.contains("\"file\":\"snapshot-0000000001.snapvec\"")
				.doesNotContain(this.directory.toString());
			HttpResponse<String> unchanged = post(context, "products", "snapshot");
			assertThat(unchanged.statusCode()).isEqualTo(204);
			assertThat(unchanged.body()).isEmpty();
		}
	}

	@Test
	void anIndexIsFrozenAndUnfrozen() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of(UNRESTRICTED, "unrestricted"))) {
			assertThat(post(context, "products", "freeze").statusCode()).isEqualTo(200);
			assertThat(index(context).isFrozen()).isTrue();
			assertThat(post(context, "products", "freeze").statusCode()).isEqualTo(204);
			assertThat(post(context, "products", "unfreeze").statusCode()).isEqualTo(200);
			assertThat(index(context).isFrozen()).isFalse();
			assertThat(post(context, "products", "unfreeze").statusCode()).isEqualTo(204);
		}
	}

	@Test
	void deletedRowsAreDropped() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of(UNRESTRICTED, "unrestricted"))) {
			IndexRunner.add(index(context), 5);
			index(context).delete("id0");
			assertThat(index(context).stats().deadRows()).isEqualTo(1);
			assertThat(post(context, "products", "compact").statusCode()).isEqualTo(200);
			assertThat(index(context).stats().deadRows()).isZero();
			assertThat(post(context, "products", "compact").statusCode()).isEqualTo(204);
		}
	}

	@Test
	void snapshotsAreVerified() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of(UNRESTRICTED, "unrestricted"))) {
			assertThat(post(context, "products", "verify").statusCode()).as("there are none").isEqualTo(204);
			IndexRunner.add(index(context), 5);
			post(context, "products", "snapshot");
			assertThat(post(context, "products", "verify").body())
				.contains("{\"file\":\"snapshot-0000000001.snapvec\",\"sound\":true,\"checksummed\":true")
				.contains("\"restore\":{\"snapshot\":\"snapshot-0000000001.snapvec\",\"replayed\":0,\"rows\":5");
			Path file = this.directory.resolve("products/snapshot-0000000001.snapvec");
			byte[] bytes = Files.readAllBytes(file);
			bytes[bytes.length / 2] ^= 1;
			Files.write(file, bytes);
			HttpResponse<String> damaged = post(context, "products", "verify");
			assertThat(damaged.statusCode()).isEqualTo(200);
			assertThat(damaged.body()).contains("\"sound\":false")
				.contains("\"restore\":{\"replayed\":0,\"rows\":0,\"error\":\"snapshot-0000000001.snapvec is not")
				.doesNotContain(this.directory.toString());
		}
	}

	@Test
	void aDirectoryThatIsGoneIsNotSound() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of(UNRESTRICTED, "unrestricted"))) {
			IndexRunner.add(index(context), 5);
			post(context, "products", "snapshot");
			FileSystemUtils.deleteRecursively(this.directory.resolve("products"));
			HttpResponse<String> gone = post(context, "products", "verify");
			assertThat(gone.statusCode()).isEqualTo(500);
			assertThat(gone.body()).contains("cannot verify products: no such file or directory")
				.doesNotContain(this.directory.toString());
		}
	}

	@Test
	void logsAreVerifiedAsAStartWouldReadThem() throws Exception {
		try (ConfigurableApplicationContext context = run(
				Map.of(UNRESTRICTED, "unrestricted", "snapvec.indexes.products.write-ahead-log.enabled", "true"))) {
			IndexRunner.add(index(context), 5);
			assertThat(post(context, "products", "verify").body())
				.contains("{\"file\":\"mutations-0000000001.snaplog\",\"sound\":true")
				.contains("\"restoreNewestSound\":{\"snapshot\":\"snapshot-0000000001.snapvec\"")
				.contains("\"rows\":5");
			Path log = this.directory.resolve("products/mutations-0000000001.snaplog");
			byte[] bytes = Files.readAllBytes(log);
			bytes[10] ^= 1;
			Files.write(log, bytes);
			assertThat(post(context, "products", "verify").body())
				.contains("{\"file\":\"mutations-0000000001.snaplog\",\"sound\":false")
				.contains("\"error\":\"mutations-0000000001.snaplog is damaged")
				.contains(
						"\"restoreNewestSound\":{\"snapshot\":\"snapshot-0000000001.snapvec\",\"replayed\":0,\"rows\":0")
				.doesNotContain(this.directory.toString());
		}
	}

	@Test
	void recallIsMeasuredWithoutTheMetersAndTheCacheNoticing() throws Exception {
		try (ConfigurableApplicationContext context = run(
				Map.of(UNRESTRICTED, "unrestricted", "management.endpoints.web.exposure.include", "snapvec,metrics"))) {
			IndexRunner.add(index(context), 40);
			HttpResponse<String> measured = post(context, "products", "recall");
			assertThat(measured.statusCode()).isEqualTo(200);
			assertThat(measured.body()).contains("\"outcome\":\"DONE\"")
				.contains("\"reference\":\"CODES\"")
				.contains("\"topK\":10")
				.contains("\"samples\":40")
				.contains("\"recall\":1.0");
			assertThat(send(context, "products", "{\"operation\": \"recall\", \"samples\": 7, \"seed\": 3}").body())
				.contains("\"samples\":7");
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("snapvec.search").timer().count()).isZero();
			assertThat(meters.get("cache.gets").functionCounters()).allMatch((counter) -> counter.count() == 0);
		}
	}

	@Test
	void recallOfTooManySamplesIsRefused() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of(UNRESTRICTED, "unrestricted"))) {
			for (String samples : List.of("0", "1001", "many")) {
				assertThat(send(context, "products", "{\"operation\": \"recall\", \"samples\": \"" + samples + "\"}")
					.statusCode()).isEqualTo(400);
			}
			assertThat(post(context, "orders", "recall").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void recallOfAnIndexWithNothingToFindIsAConflict() throws Exception {
		try (ConfigurableApplicationContext context = run(
				Map.of(UNRESTRICTED, "unrestricted", "snapvec.indexes.untrained.type", "pq",
						"snapvec.indexes.untrained.dimension", "8", "snapvec.indexes.untrained.subspaces", "4"))) {
			HttpResponse<String> empty = post(context, "products", "recall");
			assertThat(empty.statusCode()).isEqualTo(409);
			assertThat(empty.body())
				.contains("recall needs at least 2 rows with nonzero vectors; the index holds 0 rows");
			HttpResponse<String> untrained = post(context, "untrained", "recall");
			assertThat(untrained.statusCode()).isEqualTo(409);
			assertThat(untrained.body()).contains("call fit first");
		}
	}

	@Test
	void aFollowerIsReloadedAndAnIndexThatIsWrittenHereIsNot() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of(UNRESTRICTED, "unrestricted",
				"snapvec.indexes.replica.dimension", "8", "snapvec.indexes.replica.reload.enabled", "true",
				"snapvec.indexes.replica.reload.interval", "1h"))) {
			assertThat(post(context, "replica", "reload").statusCode()).as("there is nothing").isEqualTo(204);
			try (IndexStore store = IndexStore.open(this.directory.resolve("replica"), 1)) {
				SafeIndex written = new SafeIndex("replica", SnapIndex.builder(8).build());
				IndexRunner.add(written, 3);
				store.save(written);
			}
			HttpResponse<String> reloaded = post(context, "replica", "reload");
			assertThat(reloaded.statusCode()).isEqualTo(200);
			assertThat(reloaded.body()).contains("\"operation\":\"RELOAD\"")
				.contains("\"file\":\"snapshot-0000000001.snapvec\"")
				.doesNotContain(this.directory.toString());
			assertThat(get(context, "/replica").body()).contains("\"rows\":3").contains("\"follower\":true");
			assertThat(post(context, "replica", "reload").statusCode()).as("nothing is newer").isEqualTo(204);
			assertThat(post(context, "replica", "unfreeze").statusCode()).isEqualTo(409);
			assertThat(post(context, "replica", "snapshot").statusCode()).isEqualTo(409);
			HttpResponse<String> refused = post(context, "products", "reload");
			assertThat(refused.statusCode()).isEqualTo(409);
			assertThat(refused.body())
				.contains("this process writes it, as snapvec.indexes.products.reload.enabled is false");
			assertThat(post(context, "orders", "reload").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void aReloadThatFailsIsAnError() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of(UNRESTRICTED, "unrestricted",
				"snapvec.indexes.replica.dimension", "8", "snapvec.indexes.replica.reload.enabled", "true",
				"snapvec.indexes.replica.reload.interval", "1h"))) {
			Path directory = Files.createDirectories(this.directory.resolve("replica"));
			Files.write(directory.resolve("snapshot-0000000001.snapvec"), new byte[100]);
			HttpResponse<String> failed = post(context, "replica", "reload");
			assertThat(failed.statusCode()).isEqualTo(500);
			assertThat(failed.body()).contains("\"outcome\":\"FAILED\"").doesNotContain(this.directory.toString());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "clear-cache", "clearCache", "CLEAR_CACHE" })
	void answersAreForgotten(String operation) throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of(UNRESTRICTED, "unrestricted"))) {
			IndexRunner.add(index(context), 3);
			assertThat(post(context, "products", operation).statusCode()).as("there are none").isEqualTo(204);
			index(context).search(IndexRunner.vector(1), 2);
			assertThat(post(context, "products", operation).statusCode()).isEqualTo(200);
			assertThat(post(context, "products", operation).statusCode()).isEqualTo(204);
			assertThat(post(context, "orders", operation).statusCode()).isEqualTo(404);
		}
	}

	@Test
	void anIndexThatRemembersNoAnswersIsAConflict() throws Exception {
		try (ConfigurableApplicationContext context = run(
				Map.of(UNRESTRICTED, "unrestricted", "snapvec.defaults.cache.enabled", "false"))) {
			HttpResponse<String> refused = post(context, "products", "clear-cache");
			assertThat(refused.statusCode()).isEqualTo(409);
			assertThat(refused.body())
				.contains("search results of index 'products' are not cached: its cache.enabled is false");
		}
	}

	@Test
	void anUnknownIndexOrOperationIsRefused() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of(UNRESTRICTED, "unrestricted"))) {
			assertThat(post(context, "orders", "freeze").statusCode()).isEqualTo(404);
			assertThat(post(context, "products", "explode").statusCode()).isEqualTo(400);
			assertThat(post(context, "products", "\"}{").statusCode()).isEqualTo(400);
			assertThat(send(context, "products", "{}").statusCode()).isEqualTo(400);
		}
	}

	@Test
	void aSnapshotThatIsTurnedOffIsAConflict() throws Exception {
		try (ConfigurableApplicationContext context = run(
				Map.of(UNRESTRICTED, "unrestricted", "snapvec.defaults.snapshot.enabled", "false"))) {
			HttpResponse<String> refused = post(context, "products", "snapshot");
			assertThat(refused.statusCode()).isEqualTo(409);
			assertThat(refused.body()).contains("snapshots of index 'products' are disabled");
		}
	}

	@Test
	void aSnapshotThatFailsIsAnErrorThatDoesNotTellWhereFilesAre() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of(UNRESTRICTED, "unrestricted"))) {
			IndexRunner.add(index(context), 5);
			FileSystemUtils.deleteRecursively(this.directory.resolve("products"));
			HttpResponse<String> failed = post(context, "products", "snapshot");
			assertThat(failed.statusCode()).isEqualTo(500);
			assertThat(failed.body()).contains("\"outcome\":\"FAILED\"").doesNotContain(this.directory.toString());
		}
	}

	@Test
	void operationsRunOverJmx() throws Exception {
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		try (ConfigurableApplicationContext context = run(Map.of(UNRESTRICTED, "unrestricted", "spring.jmx.enabled",
				"true", "management.endpoints.jmx.exposure.include", "snapvec"))) {
			ObjectName name = server
				.queryNames(new ObjectName("org.springframework.boot:type=Endpoint,name=Snapvec,*"), null)
				.iterator()
				.next();
			assertThat(invoke(server, name, "indexes")).asString().contains("products");
			assertThat(invoke(server, name, "index", "products")).asString().contains("rows=0");
			assertThat(invoke(server, name, "index", "orders")).isNull();
			assertThat(invoke(server, name, "operate", "products", "freeze", null, null)).asString()
				.contains("outcome=DONE");
			assertThat(index(context).isFrozen()).isTrue();
			IndexRunner.add(unfrozen(index(context)), 20);
			assertThat(invoke(server, name, "operate", "products", "clearCache", null, null)).asString()
				.contains("outcome=UNCHANGED");
			assertThat(invoke(server, name, "operate", "products", "reload", null, null)).asString()
				.contains("outcome=REFUSED");
			assertThat(invoke(server, name, "operate", "products", "recall", "15", "1")).asString()
				.contains("samples=15")
				.contains("recall=1.0");
		}
	}

	private static SafeIndex unfrozen(SafeIndex index) {
		index.unfreeze();
		return index;
	}

	private static Object invoke(MBeanServer server, ObjectName name, String operation, String... arguments)
			throws Exception {
		String[] signature = new String[arguments.length];
		Arrays.fill(signature, String.class.getName());
		return server.invoke(name, operation, arguments, signature);
	}

	private ConfigurableApplicationContext run(Map<String, Object> properties) {
		Map<String, Object> all = new HashMap<>(Map.of("server.port", "0", "snapvec.directory",
				this.directory.toString(), "snapvec.indexes.products.dimension", "8", "snapvec.defaults.freeze",
				"manual", "management.endpoints.web.exposure.include", "snapvec"));
		all.putAll(properties);
		SpringApplication application = new SpringApplication(Application.class);
		application.setDefaultProperties(all);
		return application.run();
	}

	private static SafeIndex index(ConfigurableApplicationContext context) {
		return context.getBean(SafeIndex.class);
	}

	private HttpResponse<String> get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(uri(context, path)).build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> post(ConfigurableApplicationContext context, String index, String operation)
			throws IOException, InterruptedException {
		return send(context, index, "{\"operation\": \"" + operation + "\"}");
	}

	private HttpResponse<String> send(ConfigurableApplicationContext context, String index, String body)
			throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(uri(context, "/" + index))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return this.client.send(request, BodyHandlers.ofString());
	}

	private static URI uri(ConfigurableApplicationContext context, String path) {
		return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port")
				+ "/actuator/snapvec" + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
