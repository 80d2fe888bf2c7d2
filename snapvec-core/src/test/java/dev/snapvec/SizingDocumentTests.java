package dev.snapvec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.snapvec.internal.number.Numbers;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for docs/sizing.md: what it says that a row takes is what one takes.
 */
class SizingDocumentTests {

	private static final List<Integer> DIMENSIONS = List.of(384, 768, 1536);

	/** With ids of six digits. */
	private static final int FIRST_ID = 100_000;

	private static final int ROWS = 1000;

	private static final int LISTS = 16;

	@TempDir
	private Path directory;

	@TestFactory
	Stream<DynamicTest> rowsTakeTheMemoryOfTheTable() throws IOException {
		return tests("type | settings | bytes per row | 384", 0, (name, dimension, bytes) -> {
			VectorIndex index = fitted(name, dimension);
			assertThat(index.stats().bytesPerRow()).isEqualTo(bytes);
		});
	}

	@TestFactory
	Stream<DynamicTest> rowsTakeTheDiskOfTheTable() throws IOException {
		return tests("type | settings | bytes per row | 384", 1, (name, dimension, bytes) -> {
			VectorIndex index = fitted(name, dimension);
			long empty = fileSize(index);
			fill(index);
			assertThat(fileSize(index) - empty).isEqualTo((long) ROWS * bytes);
		});
	}

	@Test
	void idsAndTheirTableTakeNoMoreThanTheDocumentSays() {
		float[][] vectors = vectors(1, 8);
		for (int rows : new int[] { 3000, 3073, 6000, 70_000, 98_305 }) {
			SnapIndex index = SnapIndex.builder(8).build();
			for (int from = 0; from < rows; from += 1008) {
				List<String> ids = ids(rows).subList(from, Math.min(from + 1008, rows));
				index.addAll(ids, repeat(vectors[0], ids.size()));
				// of blocks that are full
				if (index.size() == 4032) {
					assertThat(bytesOfId(index)).as("%d rows, growing", rows).isBetween(8.0, 8 + 10.0);
				}
			}
			index.freeze();
			assertThat(bytesOfId(index)).as("%d rows", rows).isBetween(8 + 2.5, 8 + 4.0);
		}
	}

	@TestFactory
	Stream<DynamicTest> frozenRowsTakeLessThanSixteenBytesBesideCodesAndLengths() {
		return IndexCase.types().stream().map((kind) -> DynamicTest.dynamicTest(kind.name(), () -> {
			VectorIndex index = kind.empty();
			index.addAll(ids(20_000), kind.vectors(1, 20_000));
			index.freeze();
			IndexStats stats = index.stats();
			int correction = Float.BYTES;
			assertThat(stats.heapBytes() / 20_000.0 - (stats.bytesPerRow() - correction)).isBetween(14.0, 16.0);
		}));
	}

	@Test
	void theNumberOfADocumentTakesThirteenBytes() {
		int rows = 4032 * 4;
		SnapIndex index = SnapIndex.builder(8).build();
		float[][] vectors = repeat(vectors(1, 8)[0], rows);
		index.addAll(ids(rows), vectors);
		index.freeze();
		long without = index.stats().heapBytes();
		index.unfreeze();
		for (int from = 0; from < rows; from += 1008) {
			List<String> some = ids(rows).subList(from, from + 1008);
			Numbers.of(index)
				.put(some, Arrays.copyOf(vectors, 1008), LongStream.range(from + 1, from + 1009).toArray());
		}
		index.compact();
		assertThat((index.stats().heapBytes() - without) / (double) rows).isBetween(12.9, 13.1);
	}

	private static double bytesOfId(SnapIndex index) {
		return index.stats().heapBytes() / (double) index.size() - index.stats().bytesPerRow();
	}

	@Test
	void textIdsTakeTheirTextAndSomeRoomMore() {
		int rows = 4032;
		SnapIndex numbers = SnapIndex.builder(8).build();
		SnapIndex texts = SnapIndex.builder(8).build();
		float[] vector = vectors(1, 8)[0];
		numbers.addAll(ids(rows), repeat(vector, rows));
		texts.addAll(ids(rows).stream().map((id) -> "product-" + id).toList(), repeat(vector, rows));
		numbers.freeze();
		texts.freeze();
		double difference = (texts.stats().heapBytes() - numbers.stats().heapBytes()) / (double) rows;
		int text = 2 + "product-100000".length();
		assertThat(difference).isBetween(text - 0.2, 1.5 * text + 0.2);
	}

	@Test
	void learnedTablesTakeWhatTheDocumentSays() {
		int dimension = 384;
		assertThat(fileSize(fitted("pq subspaces: 96", dimension))).isCloseTo(256L * dimension * 4, within(100L));
		assertThat(fileSize(fitted("ivf-pq subspaces: 96", dimension)))
			.isCloseTo((256L + LISTS) * dimension * 4 + LISTS * 8, within(100L));
		PqSnapIndex opq = PqSnapIndex.builder(dimension).subspaces(96).opq(true).build();
		opq.fit(vectors(300, dimension));
		assertThat(fileSize(opq)).isCloseTo((256L + dimension) * dimension * 4, within(100L));
	}

	private static Stream<DynamicTest> tests(String header, int table, Check check) throws IOException {
		DocumentTable document = DocumentTable.read("sizing.md", header, table);
		return document.rows().stream().flatMap((row) -> {
			String name = row.get(0) + " " + row.get(1);
			return DIMENSIONS.stream().map((dimension) -> DynamicTest.dynamicTest(name + ", " + dimension, () -> {
				int column = document.header().indexOf(String.valueOf(dimension));
				check.run(name, dimension, Integer.parseInt(row.get(column).replace(",", "")));
			}));
		});
	}

	private static VectorIndex fitted(String name, int dimension) {
		VectorIndex index = create(name, dimension);
		if (index instanceof TrainableIndex trainable) {
			trainable.fit(vectors(300, dimension));
		}
		return index;
	}

	private static VectorIndex create(String name, int dimension) {
		return switch (name) {
			case "snap bits: 4" -> SnapIndex.builder(dimension).bits(4).build();
			case "snap bits: 3" -> SnapIndex.builder(dimension).bits(3).build();
			case "snap bits: 2" -> SnapIndex.builder(dimension).bits(2).build();
			case "residual coarse-bits: 4, residual-bits: 4" -> ResidualSnapIndex.builder(dimension).build();
			case "residual coarse-bits: 3, residual-bits: 3" ->
				ResidualSnapIndex.builder(dimension).coarseBits(3).residualBits(3).build();
			case "pq subspaces: 96" -> PqSnapIndex.builder(dimension).subspaces(96).build();
			case "pq subspaces: 96, centroids: 16" ->
				PqSnapIndex.builder(dimension).subspaces(96).centroids(16).build();
			case "ivf-pq subspaces: 96" -> IvfPqSnapIndex.builder(dimension).nlist(LISTS).subspaces(96).build();
			case "ivf-pq subspaces: 96, keep-full-precision: true" ->
				IvfPqSnapIndex.builder(dimension).nlist(LISTS).subspaces(96).keepFullPrecision(true).build();
			default -> throw new IllegalArgumentException(name);
		};
	}

	private long fileSize(VectorIndex index) {
		Path file = this.directory.resolve("index");
		index.save(file);
		return file.toFile().length();
	}

	private static void fill(VectorIndex index) {
		index.addAll(ids(ROWS), vectors(ROWS, index.dimension()));
	}

	private static List<String> ids(int rows) {
		return IntStream.range(0, rows).mapToObj((row) -> Integer.toString(FIRST_ID + row)).toList();
	}

	private static float[][] repeat(float[] vector, int rows) {
		float[][] vectors = new float[rows][];
		Arrays.fill(vectors, vector);
		return vectors;
	}

	private static float[][] vectors(int rows, int dimension) {
		Random random = new Random(1);
		float[][] vectors = new float[rows][dimension];
		for (float[] vector : vectors) {
			for (int i = 0; i < dimension; i++) {
				vector[i] = (float) random.nextGaussian();
			}
		}
		return vectors;
	}

	private interface Check {

		void run(String name, int dimension, int bytes);

	}

}
