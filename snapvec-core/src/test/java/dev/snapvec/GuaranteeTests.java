package dev.snapvec;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every numbered guarantee has a row in the tables of the documents, and every test these
 * tables name is there.
 */
class GuaranteeTests {

	private static final Path SOURCES = Path.of("src/main/java/dev/snapvec");

	private static final Path TESTS = Path.of("src/test/java");

	private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` (\\d+) \\|", Pattern.MULTILINE);

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests)#(\\w+)`");

	private static final Set<Class<? extends Annotation>> ANNOTATIONS = Set.of(Test.class, ParameterizedTest.class);

	private static String document(String name) throws IOException {
		return Files.readString(Path.of("../docs", name));
	}

	@ParameterizedTest
	@CsvSource({ "VectorIndex.java,concurrency.md", "SafeIndex.java,concurrency.md",
			"store/IndexStore.java,durability.md", "documents/DocumentIndex.java,documents.md" })
	void everyNumberedGuaranteeHasARow(String file, String document) throws IOException {
		String source = Files.readString(SOURCES.resolve(file));
		String list = source.substring(source.indexOf("<ol>"), source.indexOf("</ol>"));
		String type = file.replaceAll(".*/|\\.java", "");
		List<String> numbers = new ArrayList<>();
		for (int from = list.indexOf("<li>"); from >= 0; from = list.indexOf("<li>", from + 1)) {
			numbers.add(Integer.toString(numbers.size() + 1));
		}
		assertThat(numbers).hasSizeGreaterThan(3);
		assertThat(ROW.matcher(document(document)).results().filter((row) -> row.group(1).equals(type)))
			.extracting((row) -> row.group(2))
			.isEqualTo(numbers);
	}

	@ParameterizedTest
	@ValueSource(strings = { "concurrency.md", "durability.md", "documents.md" })
	void everyTestThatIsNamedIsThere(String document) throws Exception {
		List<MatchResult> named = TEST.matcher(document(document)).results().toList();
		assertThat(named).hasSizeGreaterThan(10);
		for (MatchResult test : named) {
			assertThat(type(test.group(1)).getDeclaredMethods()).as(test.group())
				.anyMatch((method) -> method.getName().equals(test.group(2)) && isTest(method));
		}
	}

	private static Class<?> type(String name) throws Exception {
		try (Stream<Path> files = Files.walk(TESTS)) {
			Path file = files.filter((path) -> path.endsWith(name + ".java"))
				.findFirst()
				.orElseThrow(() -> new AssertionError("there is no class " + name));
			return Class.forName(TESTS.relativize(file).toString().replaceAll("\\.java$", "").replace('/', '.'));
		}
	}

	private static boolean isTest(Method method) {
		return Arrays.stream(method.getAnnotations()).map(Annotation::annotationType).anyMatch(ANNOTATIONS::contains);
	}

}
