package dev.snapvec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import dev.snapvec.internal.number.Numbers;

/**
 * Loads mutated files, in a process with little memory of its own. Arguments: a
 * directory, a seed, the number of the first file, how many. Each file follows from the
 * seed and its number.
 */
final class MutatingProcess {

	private static final int MOST_FAILURES = 20;

	private MutatingProcess() {
	}

	public static void main(String[] arguments) throws IOException {
		Path directory = Path.of(arguments[0]);
		long seed = Long.parseLong(arguments[1]);
		long first = Long.parseLong(arguments[2]);
		long count = Long.parseLong(arguments[3]);
		List<byte[]> files = files();
		Path file = directory.resolve("mutated");
		Path saved = directory.resolve("saved");
		long start = System.nanoTime();
		int loaded = 0;
		int failures = 0;
		for (long number = first; number < first + count && failures < MOST_FAILURES; number++) {
			Random random = new Random(seed * 1_000_003 + number);
			Files.write(file, new MutatedFile(random, files).next());
			try {
				loaded += load(file, saved, random) ? 1 : 0;
			}
			catch (RuntimeException | Error ex) {
				failures++;
				System.out.printf(Locale.ROOT, "file %d of seed %d: %s%n", number, seed, ex);
				Files.copy(file, directory.resolve("failed-" + number));
				ex.printStackTrace(System.out);
			}
		}
		System.out.printf(Locale.ROOT, "%d files, %d loaded, %d refused, %d failed, %d s, seed %d%n", count, loaded,
				count - loaded - failures, failures, (System.nanoTime() - start) / 1_000_000_000, seed);
		System.exit((failures == 0) ? 0 : 1);
	}

	private static boolean load(Path file, Path saved, Random random) {
		VectorIndex index;
		try {
			index = VectorIndex.load(file);
		}
		catch (SnapvecException ex) {
			refused(file, ex);
			return false;
		}
		IndexFile.verify(file);
		IndexFile description = IndexFile.describe(file);
		if (description.rows() != index.size() || !description.attributes().equals(index.attributes())) {
			throw new AssertionError(description + " loads as " + index);
		}
		UsableIndex.check(index, random, saved);
		return true;
	}

	/** What does not load does not pass. */
	private static void refused(Path file, SnapvecException refusal) {
		if (refusal.getMessage() == null || !refusal.getMessage().contains(file.toString())) {
			throw new AssertionError("the refusal does not name the file", refusal);
		}
		try {
			IndexFile.verify(file);
		}
		catch (SnapvecException ex) {
			return;
		}
		throw new AssertionError("it passes, but does not load", refusal);
	}

	/** Small files of all types and versions. */
	private static List<byte[]> files() throws IOException {
		List<byte[]> files = new ArrayList<>();
		for (VectorIndex index : List.of(SnapIndex.builder(3).build(), SnapIndex.builder(9).bits(3).build(),
				SnapIndex.builder(8).bits(2).normalized(true).build(),
				SnapIndex.builder(5).bits(3).useProd(true).build(),
				SnapIndex.builder(4).useProd(true).similarity(Similarity.DOT_PRODUCT).build(),
				ResidualSnapIndex.builder(3).build(), ResidualSnapIndex.builder(6).coarseBits(2).rerank(5).build(),
				ResidualSnapIndex.builder(8)
					.residualBits(3)
					.normalized(true)
					.similarity(Similarity.DOT_PRODUCT)
					.build(),
				PqSnapIndex.builder(4).subspaces(2).centroids(3).build(),
				PqSnapIndex.builder(6).subspaces(3).centroids(17).opq(true).build(),
				PqSnapIndex.builder(3).subspaces(2).centroids(4).rht(true).normalized(true).build(),
				PqSnapIndex.builder(4).subspaces(2).centroids(16).correctedScores(false).build(),
				IvfPqSnapIndex.builder(4).nlist(3).subspaces(2).centroids(3).similarity(Similarity.DOT_PRODUCT).build(),
				IvfPqSnapIndex.builder(5).nlist(4).subspaces(5).centroids(16).keepFullPrecision(true).build(),
				IvfPqSnapIndex.builder(2)
					.nlist(2)
					.subspaces(2)
					.centroids(256)
					.keepFullPrecision(true)
					.normalized(true)
					.build(),
				IvfPqSnapIndex.builder(3)
					.nlist(2)
					.subspaces(1)
					.centroids(20)
					.opq(true)
					.keepFullPrecision(true)
					.correctedScores(false)
					.similarity(Similarity.DOT_PRODUCT)
					.build(),
				IvfPqSnapIndex.builder(3).nlist(5).nprobe(2).subspaces(4).centroids(2).rht(true).build())) {
			if (index instanceof TrainableIndex trainable) {
				trainable.fit(TestVectors.unit(1, 300, index.dimension()));
			}
			files.add(IndexCase.savedBytes(index));
			index.addAll(List.of("a", "-17", "", "é", "12345678901234567890"),
					TestVectors.unit(2, 5, index.dimension()));
			files.add(IndexCase.savedBytes(index));
			Numbers.of(index).renumber(List.of("-17", "é"), new long[2], new long[] { 3, 1L << 40 });
			files.add(IndexCase.savedBytes(index));
			index.attributes(Map.of("model", "m", "n", ""));
			files.add(IndexCase.savedBytes(index));
			index.addAll(TestVectors.ids("id", 90), TestVectors.unit(3, 90, index.dimension()));
			files.add(IndexCase.savedBytes(index));
		}
		try (Stream<Path> paths = Files.list(GoldenCase.directory())) {
			for (Path path : paths.sorted().toList()) {
				String name = path.getFileName().toString();
				if (name.startsWith("legacy-v") && !name.endsWith(".json")) {
					files.add(Files.readAllBytes(path));
				}
			}
		}
		return files;
	}

}
