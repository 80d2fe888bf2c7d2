package dev.snapvec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the figures that docs/choosing.md takes from docs/benchmarks.md.
 */
class ChoosingDocumentTests {

	@Test
	void theFiguresAreThoseThatWereMeasured() throws IOException {
		DocumentTable measured = DocumentTable.read("benchmarks.md", "name | recall@10");
		DocumentTable quoted = DocumentTable.read("choosing.md", "name | recall@10");
		assertThat(quoted.rows()).isNotEmpty();
		for (List<String> row : quoted.rows()) {
			List<String> expected = quoted.header()
				.stream()
				.map((column) -> measured.row(row.get(0)).get(measured.header().indexOf(column)))
				.toList();
			assertThat(row).isEqualTo(expected);
		}
	}

	@Test
	void theTimeOfARowIsThatOfTheScanThatWasMeasured() throws IOException {
		DocumentTable measured = DocumentTable.read("benchmarks.md", "name | recall@10");
		double micros = Double.parseDouble(measured.row("snap4").get(measured.header().indexOf("p50 µs")));
		assertThat(Files.readString(Path.of("../docs/choosing.md"))).contains(
				String.format(Locale.ROOT, "a scan takes about %d ns per row", Math.round(1000 * micros / 57_638)));
	}

}
