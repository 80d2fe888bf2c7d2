package dev.snapvec.sample;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the application processed ahead of time, as {@code spring-boot:process-aot}
 * does it, and run on the JVM with what was generated.
 */
@Tag("slow")
class AheadOfTimeTests {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final String CLASS_PATH = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
		.filter((entry) -> !entry.endsWith("test-classes"))
		.collect(Collectors.joining(File.pathSeparator));

	@TempDir
	private Path directory;

	@Test
	void whatIsGeneratedFillsItsIndexesAndSearches() throws Exception {
		Path classes = this.directory.resolve("classes");
		process(classes);
		assertThat(classes.resolve("dev/snapvec/sample/SampleApplication__ApplicationContextInitializer.class"))
			.exists();
		Process application = start(classes);
		try {
			String port = awaitReady(application);
			assertThat(get(port, "/search?q=dog&k=3")).contains("\"hits\":[{\"id\":\"n-");
			assertThat(get(port, "/search?q=dog&index=documents")).contains("\"hits\":[]");
			assertThat(get(port, "/actuator/snapvec")).contains("\"wordnet\":{\"type\":\"SnapIndex\"",
					"\"frozen\":true");
			assertThat(get(port, "/actuator/health")).contains("\"status\":\"UP\"");
		}
		finally {
			application.destroy();
			assertThat(application.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(this.directory.resolve("snapvec/wordnet/snapshot-0000000001.snapvec")).exists();
	}

	private void process(Path classes) throws IOException, InterruptedException {
		Path sources = this.directory.resolve("sources");
		run(CLASS_PATH, SpringApplicationAotProcessor.class.getName(), SampleApplication.class.getName(),
				sources.toString(), classes.toString(), classes.toString(), "dev.snapvec", "sample-app");
		compile(sources, classes);
	}

	private static void compile(Path sources, Path classes) throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-parameters", "-classpath",
				CLASS_PATH + File.pathSeparator + classes, "-d", classes.toString()));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
		}
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		int result = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments.toArray(String[]::new));
		assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
	}

	private Process start(Path classes) throws IOException {
		return process(classes + File.pathSeparator + CLASS_PATH, "-Dspring.aot.enabled=true",
				SampleApplication.class.getName(), "--server.port=0", "--sample.corpus-size=64",
				"--sample.documents=" + this.directory.resolve("documents.jsonl"),
				"--snapvec.directory=" + this.directory.resolve("snapvec"), "--snapvec.indexes.documents.nlist=2",
				"--snapvec.indexes.documents.nprobe=2");
	}

	private void run(String classPath, String... command) throws IOException, InterruptedException {
		Process process = process(classPath, command);
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).as(log()).isZero();
	}

	private Process process(String classPath, String... command) throws IOException {
		return ChildJvm.with(classPath, List.of(command))
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("log").toFile())
			.start();
	}

	private String awaitReady(Process application) {
		Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			assertThat(application.isAlive()).as(log()).isTrue();
			assertThat(log()).contains("Starting AOT-processed SampleApplication")
				.contains("Froze index 'wordnet'")
				.containsPattern(PORT);
		});
		Matcher matcher = PORT.matcher(log());
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

	private String log() {
		try {
			return Files.readString(this.directory.resolve("log"));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private static String get(String port, String path) throws IOException, InterruptedException {
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
					BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

}
