package dev.snapvec.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Results as a table of Markdown, its columns aligned so that it is readable as text too.
 */
final class ResultTable {

	private static final List<String> HEADER = List.of("name", "recall@10", "p50 µs", "p99 µs", "qps 1", "qps",
			"build s", "fit s", "file MB", "heap B/row", "mapped MB", "alloc B/query", "load ms",
			"read GB/s plain / vector");

	private static final double GIGA = 1e9;

	private ResultTable() {
	}

	static String of(List<Result> results) {
		List<List<String>> lines = new ArrayList<>();
		lines.add(HEADER);
		results.forEach((result) -> lines.add(cells(result)));
		int[] widths = new int[HEADER.size()];
		for (List<String> line : lines) {
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], line.get(i).length());
			}
		}
		StringBuilder table = new StringBuilder(line(HEADER, widths));
		table.append("|").append("-".repeat(widths[0] + 2)).append("|");
		for (int i = 1; i < widths.length; i++) {
			table.append("-".repeat(widths[i] + 1)).append(":|");
		}
		table.append("\n");
		lines.stream().skip(1).forEach((line) -> table.append(line(line, widths)));
		return table.toString();
	}

	private static String line(List<String> cells, int[] widths) {
		List<String> padded = new ArrayList<>();
		for (int i = 0; i < widths.length; i++) {
			String pad = " ".repeat(widths[i] - cells.get(i).length());
			padded.add((i == 0) ? cells.get(i) + pad : pad + cells.get(i));
		}
		return padded.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
	}

	private static List<String> cells(Result result) {
		Timing timing = result.timing();
		return List.of(result.name(), number("%.3f", timing.recall()), number("%,.0f", timing.p50Micros()),
				number("%,.0f", timing.p99Micros()), number("%,.0f", timing.queriesPerSecondOfOne()),
				number("%,.0f", timing.queriesPerSecond()), number("%.1f", result.buildSeconds()),
				number("%.1f", result.fitSeconds()), number("%.1f", result.fileMegabytes()),
				number("%,.0f", result.heapBytesPerRow()), number("%.1f", result.mappedBytes() / 1e6),
				number("%,.0f", timing.allocatedBytes()), number("%.1f", result.stored().loadMillis()),
				rates(result.readRate()));
	}

	private static String rates(@Nullable ReadRate rate) {
		return (rate != null) ? number("%.1f", rate.plain() / GIGA) + " / " + number("%.1f", rate.vector() / GIGA) : "";
	}

	private static String number(String format, double value) {
		return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "";
	}

}
