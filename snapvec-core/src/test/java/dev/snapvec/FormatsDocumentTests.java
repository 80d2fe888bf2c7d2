package dev.snapvec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.snapvec.internal.file.FileKind;
import dev.snapvec.internal.number.Numbers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for docs/formats.md: files consist of what its tables say, byte for byte.
 */
class FormatsDocumentTests {

	private static DocumentTable kinds() throws IOException {
		return DocumentTable.read("formats.md", "magic | type");
	}

	private static DocumentedFile read(byte[] bytes, String magic) throws IOException {
		int kind = kinds().rows().indexOf(kinds().row(magic));
		long written = Long.parseLong(kinds().row(magic).get(3));
		return DocumentedFile.read(bytes, DocumentTable.read("formats.md", "at | bytes", kind).rows(), written);
	}

	private static String magic(byte[] bytes) {
		return new String(bytes, 0, 4, StandardCharsets.US_ASCII);
	}

	@TestFactory
	Stream<DynamicTest> filesThatPythonWroteAreAsDocumented() {
		return GoldenCase.all().stream().map((golden) -> DynamicTest.dynamicTest(golden.name(), () -> {
			byte[] bytes = Files.readAllBytes(golden.file());
			DocumentedFile file = read(bytes, magic(bytes));
			IndexFile described = IndexFile.describe(golden.file());
			assertThat(file.header("version")).isEqualTo(described.version());
			assertThat(file.header("dimension")).isEqualTo(described.dimension());
			assertThat(file.ids()).hasSize(described.rows());
			assertThat(golden.ids()).filteredOn((id) -> !golden.deleted().contains(id)).isSubsetOf(file.ids());
			assertNorms(file, golden);
		}));
	}

	private static void assertNorms(DocumentedFile file, GoldenCase golden) {
		if (!file.has("norms") || golden.flag("normalized")) {
			return;
		}
		for (int row = 0; row < golden.ids().size(); row++) {
			if (golden.deleted().contains(golden.ids().get(row))) {
				continue;
			}
			double norm = TestVectors.length(golden.vectorsOfIds()[row]);
			float stored = file.floats("norms")[file.ids().indexOf(golden.ids().get(row))];
			assertThat((double) stored).as(golden.ids().get(row)).isCloseTo(norm, within(1e-4 * norm + 1e-9));
		}
	}

	@TestFactory
	Stream<DynamicTest> filesWrittenHereAreAsDocumented() {
		return IndexCase.all().stream().map((kind) -> DynamicTest.dynamicTest(kind.name(), () -> {
			VectorIndex index = kind.filled("row-", 3, 100);
			index.attributes(Map.of("model", "m\u00fc", "a", ""));
			byte[] bytes = IndexCase.savedBytes(index);
			DocumentedFile file = read(bytes, magic(bytes));
			assertThat(file.header("version")).hasToString(kinds().row(magic(bytes)).get(3));
			assertThat(file.ids()).hasSize(100).allMatch(index::contains);
			assertThat(file.present()).contains("attribute model=m\u00fc", "attribute a=");
		}));
	}

	@TestFactory
	Stream<DynamicTest> numbersAreAsDocumented() {
		return IndexCase.types().stream().map((kind) -> DynamicTest.dynamicTest(kind.name(), () -> {
			VectorIndex index = kind.filled("row", 3, 10);
			Numbers.of(index).renumber(List.of("row-2", "row-7"), new long[2], new long[] { 5, 1L << 40 });
			Numbers.of(index).givenUpTo(1L << 50);
			DocumentedFile file = read(IndexCase.savedBytes(index), magic(IndexCase.savedBytes(index)));
			assertThat(file.header("commit")).isZero();
			assertThat(file.header("highest")).isEqualTo(1L << 50);
			assertThat(file.numbers()).hasSize(10);
			for (int row = 0; row < 10; row++) {
				assertThat(file.numbers().get(row)).isEqualTo(Numbers.of(index).number(file.ids().get(row)));
			}
		}));
	}

	@Test
	void everyFieldOfTheTablesIsInSomeFile() throws IOException {
		Map<String, Set<String>> missing = new TreeMap<>();
		for (int kind = 0; kind < kinds().rows().size(); kind++) {
			Set<String> fields = new TreeSet<>();
			DocumentTable.read("formats.md", "at | bytes", kind).rows().forEach((row) -> fields.add(row.get(2)));
			missing.put(kinds().rows().get(kind).get(0), fields);
		}
		for (GoldenCase golden : GoldenCase.all()) {
			byte[] bytes = Files.readAllBytes(golden.file());
			missing.get(magic(bytes)).removeAll(read(bytes, magic(bytes)).present());
		}
		assertThat(missing.values()).allMatch(Set::isEmpty);
	}

	@Test
	void theVersionsThatAreReadAndWrittenAreThoseOfTheTable() throws IOException {
		for (List<String> kind : kinds().rows()) {
			FileKind written = TypeRegistry.KINDS.stream()
				.filter((one) -> one.magic().equals(kind.get(0)))
				.findFirst()
				.orElseThrow();
			assertThat(kind.get(3)).isEqualTo(String.valueOf(written.version()));
			assertThat(kind.get(4)).isEqualTo((written.version() > 1) ? "1 to " + written.version() : "1");
		}
		assertThat(kinds().rows()).hasSameSizeAs(TypeRegistry.KINDS);
	}

}
