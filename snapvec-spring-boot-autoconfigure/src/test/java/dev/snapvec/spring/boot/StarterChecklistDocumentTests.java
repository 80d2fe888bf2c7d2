package dev.snapvec.spring.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for docs/starter-checklist.md.
 */
class StarterChecklistDocumentTests {

	private static final Path DOCUMENT = Path.of("../docs/starter-checklist.md");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| .* \\| ([012]) \\| .* \\|$");

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests)`");

	@Test
	void thereAreFortyRowsAndTheSumIsRight() throws IOException {
		List<MatchResult> rows = ROW.matcher(Files.readString(DOCUMENT)).results().toList();
		assertThat(rows.stream().map((row) -> Integer.valueOf(row.group(1))))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 40).boxed().toList());
		int sum = rows.stream().mapToInt((row) -> Integer.parseInt(row.group(2))).sum();
		assertThat(Files.readString(DOCUMENT)).contains(String.format(Locale.ROOT, "Sum: %d of 80.", sum));
	}

	@Test
	void theTestsThatItNamesExist() throws IOException {
		Set<String> tests;
		try (Stream<Path> files = Files.walk(Path.of(".."))) {
			tests = files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith("Tests.java"))
				.map((name) -> name.replace(".java", ""))
				.collect(Collectors.toSet());
		}
		assertThat(tests)
			.containsAll(TEST.matcher(Files.readString(DOCUMENT)).results().map((match) -> match.group(1)).toList());
	}

}
