package dev.snapvec.internal.file;

import java.io.IOException;

import dev.snapvec.internal.code.BitStream;
import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;

/**
 * A section with the codes of all rows as one stream of bits: the first code in the
 * lowest bits of the first byte, and no gaps between rows.
 */
public record BitCodes(int codesPerRow, int bits) {

	public long length(long rows) {
		return (rows * this.codesPerRow * this.bits + 7) / 8;
	}

	public void read(FileSource source, RowLoader loader, int code) throws IOException {
		CodeSlices slices = loader.slices(code);
		long from = source.skip(length(loader.count()), "codes");
		loader.forEachBatch((row, rows) -> source.section(from + length(row), (int) length(rows),
				(stream) -> loader.codes(code, row, slices.isStream() ? stream : packed(slices, stream, rows), rows)));
	}

	private byte[] packed(CodeSlices slices, byte[] stream, int rows) {
		if (!slices.packsStreams()) {
			byte[] codes = new byte[rows * this.codesPerRow];
			BitStream.unpack(stream, 0, codes.length, this.bits, codes, 0);
			return slices.packRows(codes, rows);
		}
		int columns = slices.columns();
		byte[] packed = new byte[rows * columns];
		for (int r = 0; r < rows; r++) {
			slices.packStream(stream, r * columns, packed, r * columns);
		}
		return packed;
	}

	/**
	 * Reads 3-bit codes as stored by versions 1 and 2 of SnapIndex files: two per byte.
	 */
	public void readPairs(FileSource source, RowLoader loader, int code) throws IOException {
		long from = source.skip(pairsLength(loader.count()), "codes");
		loader.forEachBatch((row, rows) -> source.section(from + pairsLength(row), (int) pairsLength(rows), (pairs) -> {
			byte[] codes = new byte[rows * this.codesPerRow];
			for (int i = 0; i < codes.length; i++) {
				codes[i] = (byte) ((pairs[i / 2] >>> (3 * (i % 2))) & 7);
			}
			loader.codes(code, row, loader.slices(code).packRows(codes, rows), rows);
		}));
	}

	public long pairsLength(long rows) {
		return (rows * this.codesPerRow + 1) / 2;
	}

	public void write(FileSink sink, RowOrder order, int code) throws IOException {
		CodeSlices slices = order.layout().codes().get(code);
		int columns = slices.columns();
		int most = Math.min(Groups.BLOCK, order.size());
		byte[] codes = new byte[most * this.codesPerRow];
		byte[] stream = new byte[(int) length(most)];
		order.forEachCodes(code, (packed, count) -> {
			if (slices.isStream()) {
				sink.bytes(packed, 0, count * columns);
				return;
			}
			for (int r = 0; r < count; r++) {
				slices.unpack(packed, r * columns, codes, r * this.codesPerRow);
			}
			BitStream.pack(codes, 0, count * this.codesPerRow, this.bits, stream, 0);
			sink.bytes(stream, 0, (int) length(count));
		});
	}

}
