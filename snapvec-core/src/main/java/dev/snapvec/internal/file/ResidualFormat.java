package dev.snapvec.internal.file;

import java.io.IOException;
import java.util.Map;

import dev.snapvec.internal.code.Padding;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * The file of a ResidualSnapIndex. All numbers are little-endian. <pre>
 * "SNPR"  u32 version  u32 dimension  u32 coarse bits  u32 residual bits  u32 seed  u32 n
 * u32 flags                  bit 0: normalized
 * u32 padded dimension
 * u8 coarse code[n][padded]
 * u8 residual code[n][padded]
 * f32 norm[n]                unless normalized
 * ids  attributes  checksum
 * </pre>
 */
public final class ResidualFormat {

	private static final int NORMALIZED = 1;

	private ResidualFormat() {
	}

	/**
	 * What the file says of the index.
	 *
	 * @param dimension length of the vectors
	 * @param coarseBits bits a coordinate of the first stage
	 * @param residualBits bits a coordinate of the second stage
	 * @param seed seed of the rotation
	 * @param normalized whether vectors had length 1
	 * @param rows how many rows
	 */
	public record Header(int dimension, int coarseBits, int residualBits, long seed, boolean normalized,
			int rows) implements IndexHeader {

		private ByteCodes codes(int bits) {
			return new ByteCodes(Padding.padded(this.dimension), 1 << bits);
		}

		@Override
		public long bytesBeforeIds(int version) {
			return this.rows * (2L * Padding.padded(this.dimension) + Limits.normBytes(this.normalized));
		}

	}

	static Header readHeader(FileSource source) throws IOException {
		int dimension = source.u32("dimension", 1, Limits.DIMENSION);
		int coarseBits = source.u32("coarse bits", 2, 4);
		int residualBits = source.u32("residual bits", 2, 4);
		long seed = source.u32();
		int rows = source.u32("row count", 0, Limits.ROWS);
		int flags = source.u32("flags", 0, NORMALIZED);
		int padded = Padding.padded(dimension);
		source.u32("padded dimension", padded, padded);
		Header header = new Header(dimension, coarseBits, residualBits, seed, flags != 0, rows);
		source.require(header.bytesBeforeIds(source.version()) + (long) rows * IdSection.LEAST_BYTES,
				"%d rows of %d coordinates", rows, padded);
		return header;
	}

	/** Reads everything behind the header. */
	public static void readRows(FileSource source, Header header, RowLoader loader) throws IOException {
		header.codes(header.coarseBits()).readByRow(source, loader, 0);
		header.codes(header.residualBits()).readByRow(source, loader, 1);
		if (!header.normalized()) {
			FloatSection.read(source, loader, FloatColumn.NORM, Float.MAX_VALUE);
		}
		IdSection.read(source, loader);
	}

	public static void write(FileSink sink, Header header, RowOrder order, Map<String, String> attributes)
			throws IOException {
		sink.header(FileKind.RESIDUAL);
		sink.u32(header.dimension());
		sink.u32(header.coarseBits());
		sink.u32(header.residualBits());
		sink.u32(header.seed());
		sink.u32(header.rows());
		sink.u32(header.normalized() ? NORMALIZED : 0);
		sink.u32(Padding.padded(header.dimension()));
		header.codes(header.coarseBits()).writeByRow(sink, order, 0);
		header.codes(header.residualBits()).writeByRow(sink, order, 1);
		if (!header.normalized()) {
			FloatSection.write(sink, order, FloatColumn.NORM);
		}
		IdSection.write(sink, order);
		Attributes.write(sink, attributes);
	}

}
