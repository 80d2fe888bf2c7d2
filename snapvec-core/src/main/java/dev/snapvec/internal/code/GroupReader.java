package dev.snapvec.internal.code;

/**
 * Reads the codes of one group after another, from any layout. Not thread-safe.
 */
public final class GroupReader {

	private final CodeSlices code;

	private final int first;

	private final Slice joined;

	private final JoinedGroups memory = new JoinedGroups();

	private final int[] group = new int[1];

	private byte[] bytes = {};

	private int from;

	/**
	 * @param code the layout of the codes
	 * @param first number of their first slice in a block
	 */
	public GroupReader(CodeSlices code, int first) {
		this.code = code;
		this.first = first;
		this.joined = code.joined();
	}

	/**
	 * Positions the reader at a group.
	 * @param slices the bytes of each slice of a block
	 * @param group number of the group in the block
	 */
	public void read(byte[][] slices, int group) {
		if (this.code.scannable()) {
			this.bytes = slices[this.first];
			this.from = group * this.joined.columns() * Groups.GROUP;
			return;
		}
		this.group[0] = group;
		this.bytes = this.memory.of(this.code, slices, this.first, this.group, 1);
		this.from = 0;
	}

	/**
	 * @param code number of the code within a row
	 * @param values receives the codes of the rows of the group
	 */
	public void codes(int code, byte[] values) {
		Transpose.codes(this.joined, this.bytes, this.from, code, values);
	}

	/**
	 * @return an array with the group in the form of {@link CodeSlices#joined}
	 */
	public byte[] bytes() {
		return this.bytes;
	}

	/**
	 * @return position of the group in that array
	 */
	public int from() {
		return this.from;
	}

}
