package dev.snapvec.internal.file;

import java.io.IOException;
import java.util.Map;

import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;
import org.jspecify.annotations.Nullable;

/**
 * The file of a PqSnapIndex. All numbers are little-endian. <pre>
 * "SNPQ"  u32 version  u32 dimension  u32 M  u32 K  u32 width of a subspace  u32 seed  u32 n
 * u32 flags                  bit 0: normalized, bit 1: Hadamard transform, bit 2: learned rotation
 * u32 length of transformed vectors
 * f32 codebook[M][K][width]
 * f32 rotation[length][length]   if learned
 * u8 code[n][M]
 * f32 norm[n]                unless normalized
 * ids  attributes  checksum
 * </pre>
 */
public final class PqFormat {

	private PqFormat() {
	}

	/**
	 * What the file says of the index.
	 *
	 * @param product its product quantizer
	 * @param seed seed of everything random
	 * @param rows how many rows
	 */
	public record Header(ProductHeader product, long seed, int rows) implements IndexHeader {

		@Override
		public int dimension() {
			return this.product.dimension();
		}

		@Override
		public boolean normalized() {
			return this.product.normalized();
		}

		@Override
		public long bytesBeforeIds(int version) {
			return this.product.bytes()
					+ this.rows * (this.product.subspaces() + (long) Limits.normBytes(this.product.normalized()));
		}

	}

	static Header readHeader(FileSource source) throws IOException {
		int dimension = source.u32("dimension", 1, Limits.DIMENSION);
		int subspaces = source.u32("subspace count", 1, Limits.DIMENSION);
		int centroids = source.u32("centroid count", 2, 256);
		int width = source.u32("subspace width", 1, Limits.DIMENSION);
		long seed = source.u32();
		int rows = source.u32("row count", 0, Limits.ROWS);
		int flags = source.u32("flags", 0, 7);
		int length = source.u32("length of transformed vectors", 1, Limits.DIMENSION);
		ProductHeader product = new ProductHeader(dimension, length, subspaces, centroids, (flags & 1) != 0,
				(flags & 2) != 0, (flags & 4) != 0);
		product.check(width);
		Header header = new Header(product, seed, rows);
		source.require(header.bytesBeforeIds(source.version()) + (long) rows * IdSection.LEAST_BYTES,
				"codebooks and %d rows of %d codes", rows, subspaces);
		return header;
	}

	/** Reads everything behind codebooks and rotation. */
	public static void readRows(FileSource source, Header header, RowLoader loader) throws IOException {
		header.product().codes().readByRow(source, loader, 0);
		if (!header.product().normalized()) {
			FloatSection.read(source, loader, FloatColumn.NORM, Float.MAX_VALUE);
		}
		IdSection.read(source, loader);
	}

	public static void write(FileSink sink, Header header, float[] codebooks, float @Nullable [] rotation,
			RowOrder order, Map<String, String> attributes) throws IOException {
		ProductHeader product = header.product();
		sink.header(FileKind.PQ);
		sink.u32(product.dimension());
		sink.u32(product.subspaces());
		sink.u32(product.centroids());
		sink.u32(product.width());
		sink.u32(header.seed());
		sink.u32(header.rows());
		sink.u32((product.normalized() ? 1 : 0) | (product.hadamard() ? 2 : 0) | (product.rotated() ? 4 : 0));
		sink.u32(product.length());
		sink.floats(codebooks, codebooks.length);
		if (rotation != null) {
			sink.floats(rotation, rotation.length);
		}
		product.codes().writeByRow(sink, order, 0);
		if (!product.normalized()) {
			FloatSection.write(sink, order, FloatColumn.NORM);
		}
		IdSection.write(sink, order);
		Attributes.write(sink, attributes);
	}

}
