package dev.snapvec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prose uses the terms of the glossary in docs/architecture.md. This finds phrases that
 * were replaced: anywhere in documents and metadata, and in the comments and string
 * literals of Java sources.
 */
class ProseTests {

	private static final Path REPOSITORY = Path.of("..");

	/** Files, and directories with all that is below them. */
	private static final List<String> ROOTS = List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md",
			"docs", "snapvec-core/src/main/java", "sample-app/README.md", "sample-app/src/main/java",
			"sample-app/src/main/resources", "snapvec-spring-boot-autoconfigure/src/main/java",
			"snapvec-spring-boot-autoconfigure/src/main/resources", "snapvec-core/src/test/resources/other-digits");

	private static final List<String> EXTENSIONS = List.of(".md", ".json", ".yml", ".java");

	/** Phrases as regular expressions, and what to write instead. */
	private static final Map<String, String> PHRASES = Map.ofEntries(
			Map.entry("possible are", "must be ..., but was ..."), Map.entry("halfs", "float16, or nibbles"),
			Map.entry("at once", "immediately, concurrently or together"),
			Map.entry("who comes second", "a second writer"), Map.entry("what there is to find", "recall"),
			Map.entry("there must be as many", "expected one ... per ..."),
			Map.entry("nothing finer", "does not support rerank"), Map.entry("to live in", "usable"),
			Map.entry("has a listener told", "notifies a listener"), Map.entry("(is|are) told", "receives"),
			Map.entry("(rank(s|ed)?|scor(es?|ed|ing)) again", "rerank"), Map.entry("last word", "rerank"),
			Map.entry("anew", "again, or rebuild"), Map.entry("has not said", "not yet recorded"),
			Map.entry("from begin to end", "to the end"),
			Map.entry("compiler takes in|not taken? in|taken in by force", "inlines, inlined"),
			Map.entry("what is likely to disappoint", "conditions likely to hurt recall or latency"),
			Map.entry("ends torn", "torn tail"), Map.entry("learn(s|ed|ing)?", "train, trained or fit"),
			Map.entry("remember(s|ed|ing)?", "cache, cached"), Map.entry("length 1", "norm 1, or unit vector"),
			Map.entry("shall", "must, or is to"));

	private static final Map<Pattern, String> PATTERNS = PHRASES.entrySet()
		.stream()
		.collect(Collectors.toMap(
				(phrase) -> Pattern.compile("(?i)\\b(?:" + phrase.getKey().replace(" ", "\\s+") + ")\\b"),
				Map.Entry::getValue));

	private static final Pattern JAVA_PROSE = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*|\"\"\".*?\"\"\""
			+ "|\"[^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+\"|'(?:\\\\.|[^'\\\\])+'");

	/** What is in a comment, but not prose. */
	private static final Pattern MARKUP = Pattern.compile("(?m)^\\s*\\*|\\{@(?:code|link)\\s[^}]*}");

	/** The phrases in a text, each with its line and what to write instead. */
	private static List<String> findings(String text) {
		Map<Integer, String> findings = new TreeMap<>();
		PATTERNS.forEach((phrase, instead) -> {
			Matcher matcher = phrase.matcher(text);
			while (matcher.find()) {
				long line = 1 + text.substring(0, matcher.start()).chars().filter((c) -> c == '\n').count();
				findings.merge(matcher.start(), String.format(Locale.ROOT, "%d: '%s', write: %s", line,
						matcher.group().replaceAll("\\s+", " "), instead), (one, other) -> one + "\n" + other);
			}
		});
		return List.copyOf(findings.values());
	}

	/** A Java source without its code: blanks in the place of everything else. */
	private static String prose(String source) {
		StringBuilder prose = new StringBuilder(blank(source));
		Matcher matcher = JAVA_PROSE.matcher(source);
		while (matcher.find()) {
			String text = MARKUP.matcher(matcher.group()).replaceAll((markup) -> blank(markup.group()));
			prose.replace(matcher.start(), matcher.end(), text.replace('"', ' '));
		}
		return prose.toString();
	}

	private static String blank(String text) {
		char[] blank = text.toCharArray();
		for (int i = 0; i < blank.length; i++) {
			blank[i] = (blank[i] == '\n') ? '\n' : ' ';
		}
		return String.valueOf(blank);
	}

	@Test
	void replacedPhrasesDoNotComeBack() throws IOException {
		List<String> findings = new ArrayList<>();
		int files = 0;
		for (String root : ROOTS) {
			try (Stream<Path> paths = Files.walk(REPOSITORY.resolve(root))) {
				for (Path file : paths.filter(ProseTests::isRead).sorted().toList()) {
					files++;
					String text = Files.readString(file);
					findings(file.toString().endsWith(".java") ? prose(text) : text)
						.forEach((finding) -> findings.add(REPOSITORY.relativize(file) + ":" + finding));
				}
			}
		}
		assertThat(files).isGreaterThan(ROOTS.size());
		assertThat(findings).as(String.join("\n", findings)).isEmpty();
	}

	private static boolean isRead(Path file) {
		return EXTENSIONS.stream().anyMatch(file.toString()::endsWith);
	}

	@Test
	void phrasesAreFoundInCommentsAndLiteralsButNotInNames() {
		String source = """
				/** Of {@code halfs}. Reads them at
				 * once. */
				class Halfs {
					int halfs = '"' + learned("a \\" of length 1", "possible" + " are"); // anew
					int last, word;
				}
				""";
		assertThat(findings(prose(source))).extracting((finding) -> finding.replaceAll(",.*", ""))
			.containsExactly("1: 'at once'", "4: 'length 1'", "4: 'possible are'", "4: 'anew'");
	}

}
