package dev.snapvec.internal.code;

/**
 * Reads the codes of one group after the other, wherever their bits lie. Confined to one
 * thread.
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
	 * @param code how the codes are cut
	 * @param first the number of their first slice in a block
	 */
	public GroupReader(CodeSlices code, int first) {
		this.code = code;
		this.first = first;
		this.joined = code.joined();
	}

	/**
	 * Goes to a group.
	 * @param slices holds the bytes of each slice of a block
	 * @param group the number of the group in the block
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
	 * @param code which code
	 * @param values receives the codes of the rows of the group
	 */
	public void codes(int code, byte[] values) {
		Transpose.codes(this.joined, this.bytes, this.from, code, values);
	}

	/**
	 * @return holds the group, put together as {@link CodeSlices#joined} has it
	 */
	public byte[] bytes() {
		return this.bytes;
	}

	/**
	 * @return where in it the group begins
	 */
	public int from() {
		return this.from;
	}

}
