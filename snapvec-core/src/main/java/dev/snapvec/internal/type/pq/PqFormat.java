package dev.snapvec.internal.type.pq;

import java.io.IOException;

import dev.snapvec.CommonSpec;
import dev.snapvec.PqSpec;
import dev.snapvec.ProductSpec;
import dev.snapvec.Similarity;
import dev.snapvec.internal.file.FileKind;
import dev.snapvec.internal.file.FileSink;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.NormSection;
import dev.snapvec.internal.quantize.Codebooks;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;
import dev.snapvec.internal.type.FileHeader;
import dev.snapvec.internal.type.IndexFormat;

/**
 * The file of a PqSnapIndex. All numbers are little-endian. <pre>
 * "SNPQ"  u32 version  u32 dimension  u32 M  u32 K  u32 width of a subspace  u32 seed  u32 n
 * u32 flags                  bit 0: normalized, bit 1: Hadamard transform, bit 2: trained rotation
 * u32 transformed: dimension of transformed vectors
 * f32 codebook[M][K][width]
 * f32 rotation[transformed][transformed]   if trained
 * u8 code[n][M]
 * f32 norm[n]                unless normalized
 * ids  numbers  attributes  checksum
 * </pre>
 */
public final class PqFormat implements IndexFormat {

	public static final FileKind KIND = new FileKind("SNPQ", 2, 2);

	private static final int NORMALIZED = 1;

	private static final int RHT = 2;

	private static final int OPQ = 4;

	private final PqSpec spec;

	private final ProductFormat product;

	private final NormSection norms;

	public PqFormat(PqSpec spec) {
		this.spec = spec;
		this.product = new ProductFormat(spec.common(), spec.product());
		this.norms = new NormSection(spec.common().normalized());
	}

	/** See {@link FileHeader.Reader}. */
	public static FileHeader readHeader(FileSource source) throws IOException {
		int dimension = source.number("dimension");
		int subspaces = source.number("subspace count");
		int centroids = source.number("centroid count");
		int width = source.number("subspace width");
		long seed = source.u32();
		int rows = source.rowCount();
		int flags = source.u32("flags", 0, NORMALIZED | RHT | OPQ);
		int length = source.number("dimension of transformed vectors");
		CommonSpec common = CommonSpec.of(dimension).withSeed(seed).withNormalized((flags & NORMALIZED) != 0);
		PqSpec spec = new PqSpec(common, new ProductSpec(subspaces, centroids, (flags & RHT) != 0, (flags & OPQ) != 0));
		PqFormat format = new PqFormat(spec);
		format.product.check(length, width);
		return FileHeader.requireFits(source, format, spec, rows, "codebooks and %d rows of %d codes", rows, subspaces);
	}

	@Override
	public FileKind kind() {
		return KIND;
	}

	@Override
	public PqSpec inHeader() {
		return this.spec.withScores(Similarity.COSINE, true);
	}

	@Override
	public long bytesBeforeIds(int rows, int version) {
		return this.product.bytes() + this.product.codes().length(rows) + this.norms.bytes(rows);
	}

	@Override
	public Quantizer readQuantizer(FileSource source) throws IOException {
		Codebooks codebooks = this.product.readCodebooks(source);
		return new PqQuantizer(this.spec, this.product.readTransform(source), codebooks);
	}

	@Override
	public int[] readRows(FileSource source, RowLoader loader) throws IOException {
		this.product.codes().readByRow(source, loader, 0);
		this.norms.read(source, loader);
		return new int[1];
	}

	@Override
	public void write(FileSink sink, Quantizer quantizer, RowOrder order) throws IOException {
		PqQuantizer learned = (PqQuantizer) quantizer;
		ProductSpec product = this.spec.product();
		sink.u32(this.spec.dimension());
		sink.u32(product.subspaces());
		sink.u32(product.centroids());
		sink.u32(this.product.width());
		sink.u32(this.spec.common().seed());
		sink.u32(order.size());
		sink.u32((this.spec.common().normalized() ? NORMALIZED : 0) | (product.rht() ? RHT : 0)
				| (product.opq() ? OPQ : 0));
		sink.u32(this.product.length());
		this.product.write(sink, learned.codebooks(), learned.transform());
		this.product.codes().writeByRow(sink, order, 0);
		this.norms.write(sink, order);
	}

}
