package dev.snapvec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's Java snippet, compiled and run as it stands there.
 */
class ReadmeTests {

	private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	@TempDir
	Path directory;

	@Test
	void theJavaSnippetCompilesAndDoesWhatItSays() throws Exception {
		Path file = this.directory.resolve("index.snpv");
		String printed = run(compile(snippet()), file);
		assertThat(printed.lines()).containsExactly("red", "blue");
		assertThat(VectorIndex.load(file).size()).isEqualTo(3);
	}

	@Test
	void theJavaSnippetIsShort() throws IOException {
		assertThat(snippet().lines().filter((line) -> !line.isEmpty() && !line.startsWith("import ")))
			.hasSizeLessThanOrEqualTo(10);
	}

	private static String snippet() throws IOException {
		Matcher matcher = SNIPPET.matcher(Files.readString(Path.of("../README.md")));
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

	/** With the imports that it shows, and no others. */
	private Path compile(String snippet) throws IOException {
		String imports = lines(snippet, true);
		String body = lines(snippet, false);
		Path source = this.directory.resolve("Snippet.java");
		Files.writeString(source, String.format(Locale.ROOT, """
				%s
				public class Snippet {
					public static void run(java.nio.file.Path path) {
						%s
					}
				}
				""", imports, body));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		int result = compiler.run(null, null, errors, "-proc:none", "-classpath", System.getProperty("java.class.path"),
				"-d", this.directory.toString(), source.toString());
		assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
		return this.directory;
	}

	private static String lines(String snippet, boolean imports) {
		return snippet.lines()
			.filter((line) -> line.startsWith("import ") == imports)
			.collect(Collectors.joining("\n"));
	}

	private static String run(Path classes, Path file) throws Exception {
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		PrintStream console = System.out;
		List<URL> urls = List.of(classes.toUri().toURL());
		try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new))) {
			System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
			loader.loadClass("Snippet").getMethod("run", Path.class).invoke(null, file);
		}
		finally {
			System.setOut(console);
		}
		return printed.toString(StandardCharsets.UTF_8);
	}

}
