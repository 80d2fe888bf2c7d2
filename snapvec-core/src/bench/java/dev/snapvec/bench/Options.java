package dev.snapvec.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 */
final class Options {

	static final int SYNTHETIC_ROWS = 1_000_000;

	static final String USAGE = String.format(Locale.ROOT, """
			--base FILE --queries FILE   fvecs files; without them clustered vectors are made
			--rows N                     the first N rows only (made: %d)
			--query-rows N               the first N queries only (1000)
			--sample-rows N              rows to learn from (20000)
			--dimension N, --seed N      of made vectors (384, 1)
			--clusters N                 of made vectors (one for 100 rows)
			--configs FILE|NAMES         our configurations, by comma or line; 'none' for none
			--peers NAMES                lucene, jvector, hnswlib, springai
			--threads N                  searching at once for qps (all processors)
			--passes N                   timed passes, of which medians are reported (5)
			--warmup SECONDS             searching before the timed passes (3)
			--out FILE                   a line of JSON for each, added to the file
			--plot FILE                  a picture of recall against time, as SVG
			--markdown FILE              the table, as Markdown""", SYNTHETIC_ROWS);

	private static final Set<String> NAMES = Set.of("base", "queries", "rows", "query-rows", "sample-rows", "dimension",
			"clusters", "seed", "configs", "peers", "threads", "passes", "warmup", "out", "plot", "markdown");

	private static final int QUERY_ROWS = 1000;

	private static final int SAMPLE_ROWS = 20_000;

	private static final int DIMENSION = 384;

	private static final int ROWS_A_CLUSTER = 100;

	private static final int PASSES = 5;

	private static final int WARMUP_SECONDS = 3;

	private final Map<String, String> values;

	private Options(Map<String, String> values) {
		this.values = values;
	}

	static Options parse(String[] arguments) {
		Map<String, String> values = new HashMap<>();
		for (int i = 0; i < arguments.length; i += 2) {
			String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
			if (!NAMES.contains(name)) {
				throw new IllegalArgumentException(String.format(Locale.ROOT, "'%s' is not an option", arguments[i]));
			}
			if (i + 1 == arguments.length) {
				throw new IllegalArgumentException(String.format(Locale.ROOT, "'%s' has no value", arguments[i]));
			}
			values.put(name, arguments[i + 1]);
		}
		if (values.containsKey("base") != values.containsKey("queries")) {
			throw new IllegalArgumentException("--base and --queries go together");
		}
		return new Options(values);
	}

	@Nullable Path base() {
		return path("base");
	}

	@Nullable Path queries() {
		return path("queries");
	}

	@Nullable Path out() {
		return path("out");
	}

	@Nullable Path plot() {
		return path("plot");
	}

	@Nullable Path markdown() {
		return path("markdown");
	}

	int rows(int otherwise) {
		return number("rows", otherwise);
	}

	int queryRows() {
		return number("query-rows", QUERY_ROWS);
	}

	int sampleRows() {
		return number("sample-rows", SAMPLE_ROWS);
	}

	int dimension() {
		return number("dimension", DIMENSION);
	}

	int clusters(int rows) {
		return number("clusters", Math.max(1, rows / ROWS_A_CLUSTER));
	}

	long seed() {
		return number("seed", 1);
	}

	int threads() {
		return number("threads", Runtime.getRuntime().availableProcessors());
	}

	int passes() {
		return number("passes", PASSES);
	}

	int warmupSeconds() {
		return number("warmup", WARMUP_SECONDS);
	}

	/**
	 * Returns the names of our configurations.
	 * @return the names, or {@code null} for all
	 */
	@Nullable List<String> configs() throws IOException {
		String configs = this.values.get("configs");
		if (configs == null) {
			return null;
		}
		if (configs.equals("none")) {
			return List.of();
		}
		return Files.isRegularFile(Path.of(configs)) ? names(Files.readString(Path.of(configs))) : names(configs);
	}

	List<String> peers() {
		return names(this.values.getOrDefault("peers", ""));
	}

	private static List<String> names(String text) {
		return Arrays.stream(text.split("[,\\s]+")).filter((name) -> !name.isEmpty()).toList();
	}

	private @Nullable Path path(String name) {
		String value = this.values.get(name);
		return (value != null) ? Path.of(value) : null;
	}

	private int number(String name, int otherwise) {
		String value = this.values.get(name);
		if (value == null) {
			return otherwise;
		}
		if (!value.matches("\\d{1,9}")) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "--%s is '%s', it must be a whole number", name, value));
		}
		return Integer.parseInt(value);
	}

}
