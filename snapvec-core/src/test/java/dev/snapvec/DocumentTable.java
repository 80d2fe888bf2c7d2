package dev.snapvec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of a document in docs.
 *
 * @param header the titles of its columns
 * @param rows its cells, without backquotes
 */
record DocumentTable(List<String> header, List<List<String>> rows) {

	/** The first table of a document whose header begins with a text. */
	static DocumentTable read(String document, String header) throws IOException {
		return read(document, header, 0);
	}

	static DocumentTable read(String document, String header, int skip) throws IOException {
		List<String> lines = Files.readAllLines(Path.of("../docs", document));
		int at = -1;
		for (int found = 0; found <= skip; found++) {
			at++;
			while (!lines.get(at).replaceAll(" +\\|", " |").startsWith("| " + header + " |")) {
				at++;
			}
		}
		List<List<String>> rows = lines.stream()
			.skip(at + 2)
			.takeWhile((line) -> line.startsWith("|"))
			.map(DocumentTable::cells)
			.toList();
		return new DocumentTable(cells(lines.get(at)), rows);
	}

	private static List<String> cells(String line) {
		return Stream.of(line.substring(1).split("\\|")).map((cell) -> cell.strip().replace("`", "")).toList();
	}

	/** The row whose first cell is a name. */
	List<String> row(String name) {
		return this.rows.stream().filter((row) -> row.get(0).equals(name)).findFirst().orElseThrow();
	}

}
