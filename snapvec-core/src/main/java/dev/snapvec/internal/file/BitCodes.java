package dev.snapvec.internal.file;

import java.io.IOException;

import dev.snapvec.internal.rows.BitPacking;
import dev.snapvec.internal.rows.Plane;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * A part of a file that holds the codes of all rows as one stream of bits, the first code
 * in the lowest bits of the first byte, rows without a gap between them.
 */
public record BitCodes(int codesPerRow, int bits, Plane plane) {

	public BitCodes(int codesPerRow, int bits) {
		this(codesPerRow, bits, Plane.of(codesPerRow, bits));
	}

	public long length(long rows) {
		return (rows * this.codesPerRow * this.bits + 7) / 8;
	}

	/** Whether a row takes whole bytes in the stream, as many as in memory. */
	private boolean wholeBytes() {
		return this.codesPerRow * this.bits == this.plane.columns() * Byte.SIZE;
	}

	/** Whether they are the same bytes. */
	private boolean aligned() {
		return this.plane.packing() != Plane.Packing.PAIRS && wholeBytes();
	}

	public void read(FileSource source, RowLoader loader, int planeIndex) throws IOException {
		long from = source.skip(length(loader.count()), "codes");
		loader.forEachBatch((row, rows) -> source.section(from + length(row), (int) length(rows),
				(stream) -> loader.codes(planeIndex, row, aligned() ? stream : packed(stream, rows), rows)));
	}

	private byte[] packed(byte[] stream, int rows) {
		if (!wholeBytes()) {
			byte[] codes = new byte[rows * this.codesPerRow];
			BitPacking.unpack(stream, 0, codes.length, this.bits, codes, 0);
			return this.plane.packRows(codes, this.codesPerRow, this.bits, rows);
		}
		byte[] packed = new byte[rows * this.plane.columns()];
		for (int r = 0; r < rows; r++) {
			this.plane.packStream(stream, r * this.plane.columns(), packed, r * this.plane.columns());
		}
		return packed;
	}

	/** Reads 3-bit codes as versions 1 and 2 of SnapIndex files hold them: two a byte. */
	public void readPairs(FileSource source, RowLoader loader, int planeIndex) throws IOException {
		long from = source.skip(pairsLength(loader.count()), "codes");
		loader.forEachBatch((row, rows) -> source.section(from + pairsLength(row), (int) pairsLength(rows), (pairs) -> {
			byte[] codes = new byte[rows * this.codesPerRow];
			for (int i = 0; i < codes.length; i++) {
				codes[i] = (byte) ((pairs[i / 2] >>> (3 * (i % 2))) & 7);
			}
			loader.codes(planeIndex, row, this.plane.packRows(codes, this.codesPerRow, this.bits, rows), rows);
		}));
	}

	public long pairsLength(long rows) {
		return (rows * this.codesPerRow + 1) / 2;
	}

	public void write(FileSink sink, RowOrder order, int planeIndex) throws IOException {
		int most = Math.min(RowBlock.ROWS, order.size());
		byte[] codes = new byte[most * this.codesPerRow];
		byte[] stream = new byte[(int) length(most)];
		order.forEachBatch((rows, count) -> {
			byte[] packed = rows.plane(planeIndex);
			if (aligned()) {
				sink.bytes(packed, 0, count * this.plane.columns());
				return;
			}
			for (int r = 0; r < count; r++) {
				this.plane.unpack(packed, r * this.plane.columns(), this.codesPerRow, this.bits, codes,
						r * this.codesPerRow);
			}
			BitPacking.pack(codes, 0, count * this.codesPerRow, this.bits, stream, 0);
			sink.bytes(stream, 0, (int) length(count));
		});
	}

}
