package dev.snapvec.internal.code;

/**
 * Some bits of every code of a row, kept apart from the others so that a scan can read
 * them alone.
 *
 * @param codes how many codes a row has
 * @param shift where in a code the bits begin
 * @param bits how many they are: 1, 2, 3, 4 or 8
 * @param group how many rows lie together, column by column: {@link Groups#GROUP}, or
 * {@link #SMALL_GROUP} where mostly single rows are read
 * @param packing how the bits lie in the bytes of a row
 * @param columns bytes a row
 */
public record Slice(int codes, int shift, int bits, int group, Packing packing, int columns) {

	/** As many rows as there are bytes in a long. */
	static final int SMALL_GROUP = Long.BYTES;

	Slice(int codes, int shift, int bits, int group) {
		this(codes, shift, bits, group, Packing.of(bits), Packing.of(bits).columns(codes, bits));
	}

	/**
	 * @return units a row
	 */
	public int units() {
		return this.columns * Byte.SIZE / this.packing.unitBits();
	}

	/**
	 * @return how many values a unit has
	 */
	public int unitSize() {
		return this.packing.unitSize();
	}

	/**
	 * @param row a row of a block
	 * @return where its first byte is
	 */
	public int start(int row) {
		return row / this.group * this.columns * this.group + row % this.group;
	}

	/** The bits of a code, in their place. */
	int get(int code, byte[] bytes, int at, int step) {
		return this.packing.get(code, this.bits, bytes, at, step) << this.shift;
	}

	Slice inGroupsOf(int rows) {
		return new Slice(this.codes, this.shift, this.bits, rows);
	}

}
