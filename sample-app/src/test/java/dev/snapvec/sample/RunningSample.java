package dev.snapvec.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.langchain4j.model.embedding.EmbeddingModel;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * The whole application, started as its users start it, with 200 entries and a directory
 * of the test's own. It can be started again on the same directory, which a context of
 * the test framework cannot. What is the same at every start, reading WordNet and
 * embedding its entries, is done once for all tests.
 */
class RunningSample implements AutoCloseable {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final JsonMapper JSON = new JsonMapper();

	private final ConfigurableApplicationContext context;

	RunningSample(Path directory) {
		this(directory, Map.of());
	}

	RunningSample(Path directory, Map<String, String> overrides, Class<?>... sources) {
		Map<String, String> properties = new HashMap<>();
		properties.put("server.port", "0");
		properties.put("sample.corpus-size", "200");
		properties.put("sample.documents", directory.resolve("documents.jsonl").toString());
		properties.put("snapvec.directory", directory.resolve("snapvec").toString());
		// so many lists as 200 entries are enough for
		properties.put("snapvec.indexes.documents.nlist", "4");
		properties.put("snapvec.indexes.documents.nprobe", "4");
		properties.putAll(overrides);
		this.context = new SpringApplicationBuilder(SampleApplication.class, Counting.class).sources(sources)
			.run(properties.entrySet().stream().map((entry) -> "--" + entry).toArray(String[]::new));
	}

	Answer search(String query) throws IOException, InterruptedException {
		return get("/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
	}

	Answer search(String query, String index) throws IOException, InterruptedException {
		return get(String.format(Locale.ROOT, "/search?index=%s&q=%s", index,
				URLEncoder.encode(query, StandardCharsets.UTF_8)));
	}

	Answer get(String path) throws IOException, InterruptedException {
		return send(request(path).GET());
	}

	Answer post(String json) throws IOException, InterruptedException {
		return post("/documents", json);
	}

	Answer operate(String index, String operation) throws IOException, InterruptedException {
		return post("/actuator/snapvec/" + index, String.format(Locale.ROOT, "{\"operation\": \"%s\"}", operation));
	}

	Answer post(String path, String json) throws IOException, InterruptedException {
		return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
	}

	Answer delete(String id) throws IOException, InterruptedException {
		return send(request("/documents/" + id).DELETE());
	}

	/** Sends what an HTTP client refuses to send, such as the name of another host. */
	String send(@Nullable String host, String path) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port()))) {
			String headers = (host != null) ? "Host: " + host + "\r\n" : "";
			socket.getOutputStream()
				.write(String.format(Locale.ROOT, "GET %s HTTP/1.0\r\n%sConnection: close\r\n\r\n", path, headers)
					.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	String port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port");
	}

	private HttpRequest.Builder request(String path) {
		String port = port();
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
	}

	private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
		HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
		return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
				response.body());
	}

	int embeddedTexts() {
		return this.context.getBean(CountingEmbeddingModel.class).texts();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * What came back.
	 *
	 * @param status the HTTP status
	 * @param type the content type
	 * @param body the body
	 */
	record Answer(int status, String type, String body) {

		JsonNode json() {
			return JSON.readTree(this.body);
		}

		String detail() {
			return json().path("detail").asString();
		}

		List<String> ids() {
			return json().path("hits").values().stream().map((hit) -> hit.path("id").asString()).toList();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Counting {

		@Bean
		@Primary
		KnownCorpus knownCorpus(WordNet wordNet) {
			return new KnownCorpus(wordNet);
		}

		@Bean
		@Primary
		CountingEmbeddingModel countingEmbeddingModel(EmbeddingModel embeddingModel) {
			return new CountingEmbeddingModel(embeddingModel);
		}

	}

}
