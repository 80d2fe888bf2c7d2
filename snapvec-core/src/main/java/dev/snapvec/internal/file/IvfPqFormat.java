package dev.snapvec.internal.file;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;
import org.jspecify.annotations.Nullable;

/**
 * The file of an IvfPqSnapIndex. All numbers are little-endian. <pre>
 * "SNPI"  u32 version  u32 dimension  u32 length of transformed vectors  u32 nlist
 * u32 M  u32 K  u32 width of a subspace  u32 seed  u32 n
 * u32 flags                  bit 0: normalized, bit 1: Hadamard transform, bit 2: full precision,
 *                            bit 3: learned rotation
 * f32 coarse centroid[nlist][length]
 * f32 codebook[M][K][width]
 * f32 rotation[length][length]   if learned
 * i64 offset[nlist + 1]      where each list begins among the rows, and where the last ends
 * u8 code[M][n]              (version 1: [n][M])
 * f32 norm[n]                unless normalized
 * f16 vector[n][length]      with full precision (versions 1 to 3: f32)
 * ids  attributes  checksum
 * </pre>
 */
public final class IvfPqFormat {

	private IvfPqFormat() {
	}

	/**
	 * What the file says of the index.
	 *
	 * @param product the product quantizer of the residuals
	 * @param nlist how many lists
	 * @param fullPrecision whether transformed vectors are kept as float16
	 * @param seed seed of everything random
	 * @param rows how many rows
	 */
	public record Header(ProductHeader product, int nlist, boolean fullPrecision, long seed,
			int rows) implements IndexHeader {

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
			long vector = this.fullPrecision ? (long) this.product.length() * vectorBytes(version) : 0;
			long lists = (long) this.nlist * this.product.length() * Float.BYTES + (this.nlist + 1L) * Long.BYTES;
			return this.product.bytes() + lists
					+ this.rows * (this.product.subspaces() + vector + Limits.normBytes(this.product.normalized()));
		}

	}

	static Header readHeader(FileSource source) throws IOException {
		int dimension = source.u32("dimension", 1, Limits.DIMENSION);
		int length = source.u32("length of transformed vectors", 1, Limits.DIMENSION);
		int nlist = source.u32("nlist", 1, Integer.MAX_VALUE / 2);
		int subspaces = source.u32("subspace count", 1, Limits.DIMENSION);
		int centroids = source.u32("centroid count", 2, 256);
		int width = source.u32("subspace width", 1, Limits.DIMENSION);
		long seed = source.u32();
		int rows = source.u32("row count", 0, Limits.ROWS);
		int flags = source.u32("flags", 0, 15);
		ProductHeader product = new ProductHeader(dimension, length, subspaces, centroids, (flags & 1) != 0,
				(flags & 2) != 0, (flags & 8) != 0);
		product.check(width);
		boolean fullPrecision = (flags & 4) != 0;
		Header header = new Header(product, nlist, fullPrecision, seed, rows);
		source.require(header.bytesBeforeIds(source.version()) + (long) rows * IdSection.LEAST_BYTES,
				"%d lists, codebooks and %d rows of %d codes", nlist, rows, subspaces);
		return header;
	}

	private static int vectorBytes(int version) {
		return (version <= 3) ? Float.BYTES : Short.BYTES;
	}

	/**
	 * @param source the file, read up to the coarse centroids
	 * @return nlist × length numbers
	 */
	public static float[] readCoarse(FileSource source, Header header) throws IOException {
		return FloatMatrix.read(source, header.nlist(), header.product().length(), "coarse centroids");
	}

	/**
	 * Reads everything behind the rotation.
	 * @return where each list begins, and where the last one ends
	 */
	public static int[] readRows(FileSource source, Header header, RowLoader loader) throws IOException {
		int[] offsets = readOffsets(source, header);
		if (source.version() == 1) {
			header.product().codes().readByRow(source, loader, 0);
		}
		else {
			header.product().codes().readByColumn(source, loader, 0);
		}
		if (!header.product().normalized()) {
			FloatSection.read(source, loader, FloatColumn.NORM, Float.MAX_VALUE);
		}
		if (header.fullPrecision()) {
			Float16Section.read(source, loader, header.product().length(), source.version() <= 3,
					!header.product().normalized());
		}
		IdSection.read(source, loader);
		return offsets;
	}

	private static int[] readOffsets(FileSource source, Header header) throws IOException {
		int[] offsets = new int[header.nlist() + 1];
		for (int list = 0; list <= header.nlist(); list++) {
			long offset = source.i64();
			long least = (list == 0) ? 0 : offsets[list - 1];
			long most = (list == 0) ? 0 : header.rows();
			least = (list == header.nlist()) ? header.rows() : least;
			if (offset < least || offset > most) {
				throw new MalformedFileException(String.format(Locale.ROOT,
						"list %d begins at row %d, possible are %d to %d", list, offset, least, most));
			}
			offsets[list] = (int) offset;
		}
		return offsets;
	}

	public static void write(FileSink sink, Header header, float[] coarse, float[] codebooks,
			float @Nullable [] rotation, RowOrder order, Map<String, String> attributes) throws IOException {
		ProductHeader product = header.product();
		sink.header(FileKind.IVF_PQ);
		sink.u32(product.dimension());
		sink.u32(product.length());
		sink.u32(header.nlist());
		sink.u32(product.subspaces());
		sink.u32(product.centroids());
		sink.u32(product.width());
		sink.u32(header.seed());
		sink.u32(header.rows());
		sink.u32((product.normalized() ? 1 : 0) | (product.hadamard() ? 2 : 0) | (header.fullPrecision() ? 4 : 0)
				| (product.rotated() ? 8 : 0));
		sink.floats(coarse, coarse.length);
		sink.floats(codebooks, codebooks.length);
		if (rotation != null) {
			sink.floats(rotation, rotation.length);
		}
		for (int offset : order.listOffsets()) {
			sink.i64(offset);
		}
		product.codes().writeByColumn(sink, order, 0);
		if (!product.normalized()) {
			FloatSection.write(sink, order, FloatColumn.NORM);
		}
		if (header.fullPrecision()) {
			Float16Section.write(sink, order, product.length());
		}
		IdSection.write(sink, order);
		Attributes.write(sink, attributes);
	}

}
