package dev.snapvec.internal.type.residual;

import java.io.IOException;

import dev.snapvec.CommonSpec;
import dev.snapvec.ResidualSpec;
import dev.snapvec.Similarity;
import dev.snapvec.internal.code.Padding;
import dev.snapvec.internal.file.ByteCodes;
import dev.snapvec.internal.file.FileKind;
import dev.snapvec.internal.file.FileSink;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.NormSection;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;
import dev.snapvec.internal.type.FileHeader;
import dev.snapvec.internal.type.IndexFormat;

/**
 * The file of a ResidualSnapIndex. All numbers are little-endian. <pre>
 * "SNPR"  u32 version  u32 dimension  u32 coarse bits  u32 residual bits  u32 seed  u32 n
 * u32 flags                  bit 0: normalized
 * u32 padded dimension
 * u8 coarse code[n][padded]
 * u8 residual code[n][padded]
 * f32 norm[n]                unless normalized
 * ids  numbers  attributes  checksum
 * </pre>
 */
public final class ResidualFormat implements IndexFormat {

	public static final FileKind KIND = new FileKind("SNPR", 1, 2);

	private static final int NORMALIZED = 1;

	private final ResidualSpec spec;

	private final int padded;

	private final NormSection norms;

	public ResidualFormat(ResidualSpec spec) {
		this.spec = spec;
		this.padded = Padding.padded(spec.dimension());
		this.norms = new NormSection(spec.common().normalized());
	}

	/** See {@link FileHeader.Reader}. */
	public static FileHeader readHeader(FileSource source) throws IOException {
		int dimension = source.number("dimension");
		int coarseBits = source.number("coarse bits");
		int residualBits = source.number("residual bits");
		long seed = source.u32();
		int rows = source.rowCount();
		int flags = source.u32("flags", 0, NORMALIZED);
		CommonSpec common = CommonSpec.of(dimension).withSeed(seed).withNormalized(flags != 0);
		ResidualSpec spec = new ResidualSpec(common, coarseBits, residualBits, 0);
		ResidualFormat format = new ResidualFormat(spec);
		source.u32("padded dimension", format.padded, format.padded);
		return FileHeader.requireFits(source, format, spec, rows, "%d rows of %d coordinates", rows, format.padded);
	}

	@Override
	public FileKind kind() {
		return KIND;
	}

	@Override
	public ResidualSpec inHeader() {
		return this.spec.withScores(Similarity.COSINE, true).withSearch(null, 0);
	}

	@Override
	public long bytesBeforeIds(int rows, int version) {
		return rows * (2L * this.padded) + this.norms.bytes(rows);
	}

	@Override
	public Quantizer readQuantizer(FileSource source) {
		return new ResidualQuantizer(this.spec);
	}

	private ByteCodes codes(int bits) {
		return new ByteCodes(this.padded, 1 << bits);
	}

	@Override
	public int[] readRows(FileSource source, RowLoader loader) throws IOException {
		codes(this.spec.coarseBits()).readByRow(source, loader, 0);
		codes(this.spec.residualBits()).readByRow(source, loader, 1);
		this.norms.read(source, loader);
		return new int[1];
	}

	@Override
	public void write(FileSink sink, Quantizer quantizer, RowOrder order) throws IOException {
		sink.u32(this.spec.dimension());
		sink.u32(this.spec.coarseBits());
		sink.u32(this.spec.residualBits());
		sink.u32(this.spec.common().seed());
		sink.u32(order.size());
		sink.u32(this.spec.common().normalized() ? NORMALIZED : 0);
		sink.u32(this.padded);
		codes(this.spec.coarseBits()).writeByRow(sink, order, 0);
		codes(this.spec.residualBits()).writeByRow(sink, order, 1);
		this.norms.write(sink, order);
	}

}
