package dev.snapvec.spring.boot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the Java of docs/*.md and the READMEs, compiled as it stands there.
 */
class DocumentSnippetTests {

	private static final Path DOCUMENTS = Path.of("../docs");

	private static final Path SIMPLE_VECTOR_STORE = DOCUMENTS.resolve("from-simple-vector-store.md");

	/** What the snippets take for granted. */
	private static final String GIVEN = """
			abstract class Given {
				static java.util.List<String> ids() { return java.util.List.of(); }
				static float[][] vectors() { return new float[0][]; }
				dev.snapvec.SafeIndex index;
				dev.snapvec.spring.boot.autoconfigure.SnapvecIndexRegistry registry;
				dev.snapvec.spring.boot.SnapvecTenants documents;
				float[] query;
				float[][] sample;
				java.nio.file.Path path;
				interface Catalogue {
					java.util.List<String> ids();
					float[][] vectors();
				}
			}
			""";

	@TempDir
	private Path directory;

	static Stream<Path> documents() throws IOException {
		try (Stream<Path> files = Files.list(DOCUMENTS)) {
			return Stream.concat(files.filter((file) -> file.toString().endsWith(".md")).sorted().toList().stream(),
					Stream.of(Path.of("../README.md"), Path.of("../sample-app/README.md")));
		}
	}

	@ParameterizedTest
	@MethodSource("documents")
	void theSnippetsCompile(Path document) throws IOException {
		for (String snippet : blocks(document, "java")) {
			compile(snippet);
		}
	}

	@Test
	void theImportOfASimpleVectorStoreFillsAnIndex() throws Exception {
		Path file = Files.writeString(this.directory.resolve("store.json"), blocks(SIMPLE_VECTOR_STORE, "json").get(0));
		Path classes = compile(blocks(SIMPLE_VECTOR_STORE, "java").get(0));
		SafeIndex index = new SafeIndex("products", SnapIndex.builder(3).build());
		try (URLClassLoader loader = new URLClassLoader(new URL[] { classes.toUri().toURL() })) {
			Constructor<?> constructor = loader.loadClass("SimpleVectorStoreImport")
				.getDeclaredConstructor(JsonMapper.class, Path.class);
			constructor.setAccessible(true);
			IndexPopulator populator = (IndexPopulator) constructor.newInstance(new JsonMapper(), file);
			populator.populate(index, ProgressListener.NONE);
		}
		assertThat(index.size()).isEqualTo(2);
		assertThat(index.search(new float[] { 1, 0.5f, 0 }, 1).get(0).id()).isEqualTo("doc-1");
		assertThat(index.search(new float[] { 0, 0, 1 }, 1).get(0).id()).isEqualTo("doc-2");
	}

	private static List<String> blocks(Path document, String language) throws IOException {
		return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(document))
			.results()
			.map((match) -> match.group(1))
			.toList();
	}

	/** With the imports that it shows, and no others. */
	private Path compile(String text) throws IOException {
		String imports = text.lines().filter((line) -> line.startsWith("import ")).collect(Collectors.joining("\n"));
		String snippet = text.lines()
			.filter((line) -> !line.startsWith("import "))
			.collect(Collectors.joining("\n", "", "\n"));
		String body;
		if (has(snippet, "^(class |record |interface )")) {
			body = snippet.replaceAll("(?m)^class (\\w+)", "class $1 extends Given");
		}
		else if (has(snippet, "^\\S[^;=]*\\) (throws \\w+ )?\\{$")) {
			body = String.format(Locale.ROOT, "class Members extends Given { %s }", snippet);
		}
		else {
			body = String.format(Locale.ROOT, "class Statements extends Given { void run() throws Exception { %s } }",
					snippet);
		}
		Path classes = Files.createTempDirectory(this.directory, "classes");
		Path source = Files.writeString(classes.resolve("Snippet.java"), imports + "\n" + GIVEN + body);
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		int result = ToolProvider.getSystemJavaCompiler()
			.run(null, null, errors, "-proc:none", "-parameters", "-classpath", System.getProperty("java.class.path"),
					"-d", classes.toString(), source.toString());
		assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
		return classes;
	}

	private static boolean has(String snippet, String line) {
		return Pattern.compile(line, Pattern.MULTILINE).matcher(snippet).find();
	}

}
