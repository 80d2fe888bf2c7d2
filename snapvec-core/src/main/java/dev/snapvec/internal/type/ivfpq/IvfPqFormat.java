package dev.snapvec.internal.type.ivfpq;

import java.io.IOException;
import java.util.Locale;

import dev.snapvec.CommonSpec;
import dev.snapvec.IvfPqSpec;
import dev.snapvec.ProductSpec;
import dev.snapvec.Similarity;
import dev.snapvec.internal.file.FileKind;
import dev.snapvec.internal.file.FileSink;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.FloatMatrix;
import dev.snapvec.internal.file.Float16Section;
import dev.snapvec.internal.file.MalformedFileException;
import dev.snapvec.internal.file.NormSection;
import dev.snapvec.internal.quantize.CoarseCentroids;
import dev.snapvec.internal.quantize.Codebooks;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;
import dev.snapvec.internal.type.FileHeader;
import dev.snapvec.internal.type.IndexFormat;
import dev.snapvec.internal.type.pq.ProductFormat;

/**
 * The file of an IvfPqSnapIndex. All numbers are little-endian. <pre>
 * "SNPI"  u32 version  u32 dimension  u32 transformed: dimension of transformed vectors  u32 nlist
 * u32 M  u32 K  u32 width of a subspace  u32 seed  u32 n
 * u32 flags                  bit 0: normalized, bit 1: Hadamard transform, bit 2: full precision,
 *                            bit 3: trained rotation
 * f32 coarse centroid[nlist][transformed]
 * f32 codebook[M][K][width]
 * f32 rotation[transformed][transformed]   if trained
 * i64 offset[nlist + 1]      start of each list among the rows, and end of the last
 * u8 code[M][n]              (version 1: [n][M])
 * f32 norm[n]                unless normalized
 * f16 vector[n][transformed]      with full precision (versions 1 to 3: f32)
 * ids  numbers  attributes  checksum
 * </pre>
 */
public final class IvfPqFormat implements IndexFormat {

	public static final FileKind KIND = new FileKind("SNPI", 5, 5);

	private static final int NORMALIZED = 1;

	private static final int RHT = 2;

	private static final int FULL_PRECISION = 4;

	private static final int OPQ = 8;

	private final IvfPqSpec spec;

	private final ProductFormat product;

	private final NormSection norms;

	public IvfPqFormat(IvfPqSpec spec) {
		this.spec = spec;
		this.product = new ProductFormat(spec.common(), spec.product());
		this.norms = new NormSection(spec.common().normalized());
	}

	/** See {@link FileHeader.Reader}. */
	public static FileHeader readHeader(FileSource source) throws IOException {
		int dimension = source.number("dimension");
		int length = source.number("dimension of transformed vectors");
		int nlist = source.u32("nlist", 0, Integer.MAX_VALUE / 2);
		int subspaces = source.number("subspace count");
		int centroids = source.number("centroid count");
		int width = source.number("subspace width");
		long seed = source.u32();
		int rows = source.rowCount();
		int flags = source.u32("flags", 0, NORMALIZED | RHT | FULL_PRECISION | OPQ);
		CommonSpec common = CommonSpec.of(dimension).withSeed(seed).withNormalized((flags & NORMALIZED) != 0);
		ProductSpec product = new ProductSpec(subspaces, centroids, (flags & RHT) != 0, (flags & OPQ) != 0);
		IvfPqSpec spec = IvfPqSpec.of(common, product, nlist, (flags & FULL_PRECISION) != 0);
		IvfPqFormat format = new IvfPqFormat(spec);
		format.product.check(length, width);
		return FileHeader.requireFits(source, format, spec, rows, "%d lists, codebooks and %d rows of %d codes", nlist,
				rows, subspaces);
	}

	@Override
	public FileKind kind() {
		return KIND;
	}

	@Override
	public IvfPqSpec inHeader() {
		return IvfPqSpec.of(this.spec.common().withScores(Similarity.COSINE, true), this.spec.product(),
				this.spec.nlist(), this.spec.keepFullPrecision());
	}

	@Override
	public long bytesBeforeIds(int rows, int version) {
		long length = this.product.length();
		long lists = this.spec.nlist() * length * Float.BYTES + (this.spec.nlist() + 1L) * Long.BYTES;
		long vector = this.spec.keepFullPrecision() ? length * (isSingle(version) ? Float.BYTES : Short.BYTES) : 0;
		return lists + this.product.bytes() + this.product.codes().length(rows) + this.norms.bytes(rows)
				+ rows * vector;
	}

	/** Whether vectors are float32. */
	private static boolean isSingle(int version) {
		return version <= 3;
	}

	@Override
	public Quantizer readQuantizer(FileSource source) throws IOException {
		CoarseCentroids coarse = new CoarseCentroids(this.spec.nlist(), this.product.length(),
				FloatMatrix.read(source, this.spec.nlist(), this.product.length(), "coarse centroids"));
		Codebooks codebooks = this.product.readCodebooks(source);
		return new IvfPqQuantizer(this.spec, this.product.readTransform(source), coarse, codebooks);
	}

	@Override
	public int[] readRows(FileSource source, RowLoader loader) throws IOException {
		int[] offsets = readOffsets(source, loader.count());
		if (source.version() == 1) {
			this.product.codes().readByRow(source, loader, 0);
		}
		else {
			this.product.codes().readByColumn(source, loader, 0);
		}
		this.norms.read(source, loader);
		if (this.spec.keepFullPrecision()) {
			Float16Section.read(source, loader, this.product.length(), isSingle(source.version()),
					!this.spec.common().normalized());
		}
		return offsets;
	}

	private int[] readOffsets(FileSource source, int rows) throws IOException {
		int nlist = this.spec.nlist();
		int[] offsets = new int[nlist + 1];
		for (int list = 0; list <= nlist; list++) {
			long offset = source.i64();
			long least = (list == 0) ? 0 : offsets[list - 1];
			long most = (list == 0) ? 0 : rows;
			least = (list == nlist) ? rows : least;
			if (offset < least || offset > most) {
				throw new MalformedFileException(String.format(Locale.ROOT,
						"list %d must start at row %d to %d, but starts at %d", list, least, most, offset));
			}
			offsets[list] = (int) offset;
		}
		return offsets;
	}

	@Override
	public void write(FileSink sink, Quantizer quantizer, RowOrder order) throws IOException {
		IvfPqQuantizer learned = (IvfPqQuantizer) quantizer;
		ProductSpec product = this.spec.product();
		sink.u32(this.spec.dimension());
		sink.u32(this.product.length());
		sink.u32(this.spec.nlist());
		sink.u32(product.subspaces());
		sink.u32(product.centroids());
		sink.u32(this.product.width());
		sink.u32(this.spec.common().seed());
		sink.u32(order.size());
		sink.u32((this.spec.common().normalized() ? NORMALIZED : 0) | (product.rht() ? RHT : 0)
				| (this.spec.keepFullPrecision() ? FULL_PRECISION : 0) | (product.opq() ? OPQ : 0));
		float[] coarse = learned.coarse().values();
		sink.floats(coarse, coarse.length);
		this.product.write(sink, learned.codebooks(), learned.transform());
		for (int offset : order.listOffsets()) {
			sink.i64(offset);
		}
		this.product.codes().writeByColumn(sink, order, 0);
		this.norms.write(sink, order);
		if (this.spec.keepFullPrecision()) {
			Float16Section.write(sink, order, this.product.length());
		}
	}

}
