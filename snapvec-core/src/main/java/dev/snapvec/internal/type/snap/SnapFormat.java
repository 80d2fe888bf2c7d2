package dev.snapvec.internal.type.snap;

import java.io.IOException;
import java.util.Locale;

import dev.snapvec.CommonSpec;
import dev.snapvec.Similarity;
import dev.snapvec.SnapSpec;
import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Padding;
import dev.snapvec.internal.file.BitCodes;
import dev.snapvec.internal.file.FileKind;
import dev.snapvec.internal.file.FileSink;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.FloatMatrix;
import dev.snapvec.internal.file.FloatSection;
import dev.snapvec.internal.file.MalformedFileException;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;
import dev.snapvec.internal.type.FileHeader;
import dev.snapvec.internal.type.IndexFormat;

/**
 * The file of a SnapIndex. All numbers are little-endian. <pre>
 * "SNPV"  u32 version  u32 dimension  u32 bits  u32 seed  u32 n
 * u32 flags                  (version 2 on) bit 0: useProd, bit 1: normalized
 * u32 length of the codes in bytes
 * codes                      b bits per coordinate, b = bits, or bits - 1 with useProd
 * f32 norm[n]
 * i8 sign[n * padded]        with useProd and n &gt; 0: +1 or -1
 * f32 residual norm[n]       with useProd and n &gt; 0
 * ids  numbers  attributes  checksum
 * </pre> Codes are one stream of bits. Versions 1 and 2 store 3-bit codes two per byte
 * instead.
 */
public final class SnapFormat implements IndexFormat {

	public static final FileKind KIND = new FileKind("SNPV", 3, 4);

	private static final int USE_PROD = 1;

	private static final int NORMALIZED = 2;

	/**
	 * Maximum norm of a residual, divided by the square root of the padded dimension: a
	 * unit vector has 1, and its decoded vector less than 3.
	 */
	private static final float LARGEST_RESIDUAL = 4;

	private final SnapSpec spec;

	private final int padded;

	private final BitCodes codes;

	public SnapFormat(SnapSpec spec) {
		this.spec = spec;
		this.padded = Padding.padded(spec.dimension());
		this.codes = new BitCodes(this.padded, spec.useProd() ? spec.bits() - 1 : spec.bits());
	}

	/** See {@link FileHeader.Reader}. */
	public static FileHeader readHeader(FileSource source) throws IOException {
		int dimension = source.number("dimension");
		int bits = source.number("bits");
		long seed = source.u32();
		int rows = source.rowCount();
		int flags = (source.version() >= 2) ? source.u32("flags", 0, USE_PROD | NORMALIZED) : 0;
		CommonSpec common = CommonSpec.of(dimension).withSeed(seed).withNormalized((flags & NORMALIZED) != 0);
		SnapSpec spec = new SnapSpec(common, bits, (flags & USE_PROD) != 0);
		SnapFormat format = new SnapFormat(spec);
		return FileHeader.requireFits(source, format, spec, rows, "%d rows of %d coordinates", rows, format.padded);
	}

	@Override
	public FileKind kind() {
		return KIND;
	}

	@Override
	public SnapSpec inHeader() {
		return this.spec.withScores(Similarity.COSINE, true);
	}

	@Override
	public long bytesBeforeIds(int rows, int version) {
		long signs = this.spec.useProd() ? (long) rows * (this.padded + Float.BYTES) : 0;
		return Integer.BYTES + codesLength(rows, version) + (long) rows * Float.BYTES + signs;
	}

	private boolean inPairs(int version) {
		return version < 3 && this.codes.bits() == 3;
	}

	private long codesLength(int rows, int version) {
		return inPairs(version) ? this.codes.pairsLength(rows) : this.codes.length(rows);
	}

	@Override
	public Quantizer readQuantizer(FileSource source) throws IOException {
		String refusal = SnapQuantizer.refusal(this.spec);
		if (refusal != null) {
			throw new IOException(refusal);
		}
		return new SnapQuantizer(this.spec);
	}

	@Override
	public int[] readRows(FileSource source, RowLoader loader) throws IOException {
		long expected = codesLength(loader.count(), source.version());
		long length = source.u32();
		if (length != expected) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"its codes take %d bytes by their length field, but %d by its header", length, expected));
		}
		if (inPairs(source.version())) {
			this.codes.readPairs(source, loader, 0);
		}
		else {
			this.codes.read(source, loader, 0);
		}
		FloatSection.read(source, loader, FloatColumn.NORM, Float.MAX_VALUE);
		if (this.spec.useProd()) {
			readSigns(source, loader);
			FloatSection.read(source, loader, FloatColumn.WEIGHT,
					this.spec.common().normalized() ? FloatMatrix.LARGEST : LARGEST_RESIDUAL);
		}
		return new int[1];
	}

	private void readSigns(FileSource source, RowLoader loader) throws IOException {
		int dimension = this.padded;
		CodeSlices slices = CodeSlices.of(dimension, 1);
		long from = source.skip((long) loader.count() * dimension, "signs");
		loader.forEachBatch((row, rows) -> source.section(from + (long) row * dimension, rows * dimension, (signs) -> {
			for (int i = 0; i < rows * dimension; i++) {
				if (signs[i] != 1 && signs[i] != -1) {
					throw new MalformedFileException(String.format(Locale.ROOT,
							"a sign of row %d must be 1 or -1, but was %d", row + i / dimension, signs[i]));
				}
				signs[i] = (byte) ((signs[i] + 1) / 2);
			}
			loader.codes(1, row, slices.packRows(signs, rows), rows);
		}));
	}

	@Override
	public void write(FileSink sink, Quantizer quantizer, RowOrder order) throws IOException {
		long length = this.codes.length(order.size());
		if (length > 0xffffffffL) {
			throw new IOException(String.format(Locale.ROOT,
					"%d rows take %d bytes of codes, but a SNPV file holds at most 4294967295", order.size(), length));
		}
		sink.u32(this.spec.dimension());
		sink.u32(this.spec.bits());
		sink.u32(this.spec.common().seed());
		sink.u32(order.size());
		sink.u32((this.spec.useProd() ? USE_PROD : 0) | (this.spec.common().normalized() ? NORMALIZED : 0));
		sink.u32(length);
		this.codes.write(sink, order, 0);
		FloatSection.write(sink, order, FloatColumn.NORM);
		if (this.spec.useProd()) {
			writeSigns(sink, order);
			FloatSection.write(sink, order, FloatColumn.WEIGHT);
		}
	}

	private void writeSigns(FileSink sink, RowOrder order) throws IOException {
		CodeSlices slices = CodeSlices.of(this.padded, 1);
		byte[] signs = new byte[this.padded];
		order.forEachCodes(1, (packed, count) -> {
			for (int r = 0; r < count; r++) {
				slices.unpack(packed, r * slices.columns(), signs, 0);
				for (int i = 0; i < signs.length; i++) {
					signs[i] = (byte) (2 * signs[i] - 1);
				}
				sink.bytes(signs, 0, signs.length);
			}
		});
	}

}
