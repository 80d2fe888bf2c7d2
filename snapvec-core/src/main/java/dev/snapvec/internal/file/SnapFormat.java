package dev.snapvec.internal.file;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.Padding;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * The file of a SnapIndex. All numbers are little-endian. <pre>
 * "SNPV"  u32 version  u32 dimension  u32 bits  u32 seed  u32 n
 * u32 flags                  (version 2 on) bit 0: useProd, bit 1: normalized
 * u32 length of the codes
 * codes                      b bits a coordinate, b = bits, or bits - 1 with useProd
 * f32 norm[n]
 * i8 sign[n * padded]        with useProd and n &gt; 0: +1 or -1
 * f32 residual length[n]     with useProd and n &gt; 0
 * ids  attributes  checksum
 * </pre> Codes are one stream of bits. Versions 1 and 2 hold 3-bit codes two a byte
 * instead.
 */
public final class SnapFormat {

	private static final int USE_PROD = 1;

	private static final int NORMALIZED = 2;

	/**
	 * No unit vector leaves more, as a share of the root of the padded dimension: it has
	 * 1 of that, and what it decodes to less than 3.
	 */
	private static final float LARGEST_RESIDUAL = 4;

	private SnapFormat() {
	}

	/**
	 * What the file says of the index.
	 *
	 * @param dimension length of the vectors
	 * @param bits bits a coordinate
	 * @param seed seed of the rotation
	 * @param useProd whether one of the bits sketches the residual
	 * @param normalized whether vectors had length 1
	 * @param rows how many rows
	 */
	public record Header(int dimension, int bits, long seed, boolean useProd, boolean normalized,
			int rows) implements IndexHeader {

		private int padded() {
			return Padding.padded(this.dimension);
		}

		private BitCodes codes() {
			return new BitCodes(padded(), this.useProd ? this.bits - 1 : this.bits);
		}

		@Override
		public long bytesBeforeIds(int version) {
			long signs = this.useProd ? (long) this.rows * (padded() + Float.BYTES) : 0;
			return Integer.BYTES + codesLength(this, version) + (long) this.rows * Float.BYTES + signs;
		}

	}

	static Header readHeader(FileSource source) throws IOException {
		int dimension = source.u32("dimension", 1, Limits.DIMENSION);
		int bits = source.u32("bits", 2, 4);
		long seed = source.u32();
		int rows = source.u32("row count", 0, Limits.ROWS);
		int flags = (source.version() >= 2) ? source.u32("flags", 0, USE_PROD | NORMALIZED) : 0;
		boolean useProd = (flags & USE_PROD) != 0;
		if (useProd && bits == 2) {
			throw new MalformedFileException("its header says 2 bits with useProd, which needs 3 or 4");
		}
		Header header = new Header(dimension, bits, seed, useProd, (flags & NORMALIZED) != 0, rows);
		source.require(header.bytesBeforeIds(source.version()) + (long) rows * IdSection.LEAST_BYTES,
				"%d rows of %d coordinates", rows, header.padded());
		return header;
	}

	private static boolean inPairs(Header header, int version) {
		return version < 3 && header.codes().bits() == 3;
	}

	private static long codesLength(Header header, int version) {
		BitCodes codes = header.codes();
		return inPairs(header, version) ? codes.pairsLength(header.rows()) : codes.length(header.rows());
	}

	/** Reads everything behind the header. */
	public static void readRows(FileSource source, Header header, RowLoader loader) throws IOException {
		BitCodes codes = header.codes();
		long expected = codesLength(header, source.version());
		long length = source.u32();
		if (length != expected) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"its codes take %d bytes by their own length, %d by its header", length, expected));
		}
		if (inPairs(header, source.version())) {
			codes.readPairs(source, loader, 0);
		}
		else {
			codes.read(source, loader, 0);
		}
		FloatSection.read(source, loader, FloatColumn.NORM, Float.MAX_VALUE);
		if (header.useProd()) {
			readSigns(source, codes.codesPerRow(), loader);
			FloatSection.read(source, loader, FloatColumn.WEIGHT,
					header.normalized() ? FloatMatrix.LARGEST : LARGEST_RESIDUAL);
		}
		IdSection.read(source, loader);
	}

	private static void readSigns(FileSource source, int dimension, RowLoader loader) throws IOException {
		CodeSlices slices = CodeSlices.of(dimension, 1);
		long from = source.skip((long) loader.count() * dimension, "signs");
		loader.forEachBatch((row, rows) -> source.section(from + (long) row * dimension, rows * dimension, (signs) -> {
			for (int i = 0; i < rows * dimension; i++) {
				if (signs[i] != 1 && signs[i] != -1) {
					throw new MalformedFileException(String.format(Locale.ROOT,
							"a sign of row %d is %d, it should be 1 or -1", row + i / dimension, signs[i]));
				}
				signs[i] = (byte) ((signs[i] + 1) / 2);
			}
			loader.codes(1, row, slices.packRows(signs, rows), rows);
		}));
	}

	public static void write(FileSink sink, Header header, RowOrder order, Map<String, String> attributes)
			throws IOException {
		BitCodes codes = header.codes();
		long length = codes.length(order.size());
		if (length > 0xffffffffL) {
			throw new IOException(String.format(Locale.ROOT,
					"%d rows take %d bytes of codes, a SNPV file holds at most 4294967295", order.size(), length));
		}
		sink.header(FileKind.SNAP);
		sink.u32(header.dimension());
		sink.u32(header.bits());
		sink.u32(header.seed());
		sink.u32(order.size());
		sink.u32((header.useProd() ? USE_PROD : 0) | (header.normalized() ? NORMALIZED : 0));
		sink.u32(length);
		codes.write(sink, order, 0);
		FloatSection.write(sink, order, FloatColumn.NORM);
		if (header.useProd()) {
			writeSigns(sink, codes.codesPerRow(), order);
			FloatSection.write(sink, order, FloatColumn.WEIGHT);
		}
		IdSection.write(sink, order);
		Attributes.write(sink, attributes);
	}

	private static void writeSigns(FileSink sink, int dimension, RowOrder order) throws IOException {
		CodeSlices slices = CodeSlices.of(dimension, 1);
		byte[] signs = new byte[dimension];
		EncodedRows rows = order.batch();
		for (int from = 0; from < order.size(); from += Groups.BLOCK) {
			int count = order.copy(from, rows);
			for (int r = 0; r < count; r++) {
				slices.unpack(rows.codes(1), r * slices.columns(), signs, 0);
				for (int i = 0; i < dimension; i++) {
					signs[i] = (byte) (2 * signs[i] - 1);
				}
				sink.bytes(signs, 0, dimension);
			}
		}
	}

}
