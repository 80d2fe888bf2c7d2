package dev.snapvec.internal.code;

/**
 * Some bits of every code of a row, stored separately so that a scan can read only these.
 *
 * @param codes number of codes per row
 * @param shift number of lower bits of a code that are not in the slice
 * @param bits number of bits in the slice: 1, 2, 3, 4 or 8
 * @param group number of rows that are stored together, column by column:
 * {@link Groups#GROUP}, or {@link #SMALL_GROUP} if mostly single rows are read
 * @param packing how the bits are packed into the bytes of a row
 * @param columns bytes per row
 */
public record Slice(int codes, int shift, int bits, int group, Packing packing, int columns) {

	/** The number of bytes in a long. */
	static final int SMALL_GROUP = Long.BYTES;

	Slice(int codes, int shift, int bits, int group) {
		this(codes, shift, bits, group, Packing.of(bits), Packing.of(bits).columns(codes, bits));
	}

	/**
	 * @return units per row
	 */
	public int units() {
		return this.columns * Byte.SIZE / this.packing.unitBits();
	}

	/**
	 * @return number of values of a unit
	 */
	public int unitSize() {
		return this.packing.unitSize();
	}

	/**
	 * @param row a row of a block
	 * @return position of its first byte
	 */
	public int start(int row) {
		return row / this.group * this.columns * this.group + row % this.group;
	}

	/** The bits of a code, at their position in the code. */
	int get(int code, byte[] bytes, int at, int step) {
		return this.packing.get(code, this.bits, bytes, at, step) << this.shift;
	}

	Slice inGroupsOf(int rows) {
		return new Slice(this.codes, this.shift, this.bits, rows);
	}

}
