package dev.snapvec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * An index to test: a type with options. Searches scan all of it unless a request says
 * otherwise.
 *
 * @param name what to call it
 * @param normalized whether its vectors have length 1
 * @param maker makes it, empty and not fitted
 */
public record IndexCase(String name, boolean normalized, Supplier<VectorIndex> maker) {

	private static final int SAMPLE = 300;

	public static List<IndexCase> all() {
		return List.of(of("snap 4 bits", false, () -> SnapIndex.builder(24).build()),
				of("snap 3 bits", false, () -> SnapIndex.builder(40).bits(3).seed(7).build()),
				of("snap 2 bits unit", true, () -> SnapIndex.builder(24).bits(2).normalized(true).build()),
				of("snap 3 bits useProd", false, () -> SnapIndex.builder(24).bits(3).useProd(true).build()),
				of("snap 4 bits useProd dot", false,
						() -> SnapIndex.builder(40).useProd(true).similarity(Similarity.DOT_PRODUCT).build()),
				of("residual 4+4", false, () -> ResidualSnapIndex.builder(40).build()),
				of("residual 2+3 unit", true,
						() -> ResidualSnapIndex.builder(24).coarseBits(2).residualBits(3).normalized(true).build()),
				of("residual 3+4 uncorrected dot", false,
						() -> ResidualSnapIndex.builder(24)
							.coarseBits(3)
							.similarity(Similarity.DOT_PRODUCT)
							.correctedScores(false)
							.build()),
				of("pq K=16", false, () -> PqSnapIndex.builder(24).subspaces(6).centroids(16).build()),
				of("pq K=64 opq", false, () -> PqSnapIndex.builder(40).subspaces(5).centroids(64).opq(true).build()),
				of("pq K=64 rht unit", true,
						() -> PqSnapIndex.builder(24).subspaces(8).centroids(64).rht(true).normalized(true).build()),
				of("ivf-pq K=16", false,
						() -> IvfPqSnapIndex.builder(24).nlist(6).nprobe(6).subspaces(6).centroids(16).build()),
				of("ivf-pq K=64 opq full precision", false,
						() -> IvfPqSnapIndex.builder(40)
							.nlist(5)
							.nprobe(5)
							.subspaces(8)
							.centroids(64)
							.opq(true)
							.keepFullPrecision(true)
							.build()),
				of("ivf-pq K=256 full precision", false,
						() -> IvfPqSnapIndex.builder(18)
							.nlist(4)
							.nprobe(4)
							.subspaces(9)
							.centroids(256)
							.keepFullPrecision(true)
							.build()),
				of("ivf-pq K=16 rht unit dot full precision", true,
						() -> IvfPqSnapIndex.builder(24)
							.nlist(4)
							.nprobe(4)
							.subspaces(4)
							.centroids(16)
							.rht(true)
							.normalized(true)
							.keepFullPrecision(true)
							.build()));
	}

	/** One case of each of the four types. */
	public static List<IndexCase> types() {
		return all().stream()
			.filter((index) -> List.of("snap 4 bits", "residual 4+4", "pq K=16", "ivf-pq K=64 opq full precision")
				.contains(index.name))
			.toList();
	}

	private static IndexCase of(String name, boolean normalized, Supplier<VectorIndex> maker) {
		return new IndexCase(name, normalized, maker);
	}

	public VectorIndex unfitted() {
		return this.maker.get();
	}

	public VectorIndex empty() {
		VectorIndex index = unfitted();
		if (index instanceof TrainableIndex trainable) {
			trainable.fit(vectors(1000, SAMPLE));
		}
		return index;
	}

	/** An index with rows of the ids prefix-0, prefix-1 and so on. */
	public VectorIndex filled(String prefix, long seed, int rows) {
		VectorIndex index = empty();
		index.addAll(TestVectors.ids(prefix, rows), vectors(seed, rows));
		return index;
	}

	public int dimension() {
		return unfitted().dimension();
	}

	public float[][] vectors(long seed, int count) {
		int dimension = dimension();
		return this.normalized ? TestVectors.unit(seed, count, dimension) : TestVectors.random(seed, count, dimension);
	}

	public float[] vector(long seed) {
		return vectors(seed, 1)[0];
	}

	/** What the index saves. */
	public static byte[] savedBytes(VectorIndex index) {
		try {
			Path directory = Files.createTempDirectory("snapvec");
			Path file = directory.resolve("index");
			try {
				index.save(file);
				return Files.readAllBytes(file);
			}
			finally {
				Files.deleteIfExists(file);
				Files.delete(directory);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
