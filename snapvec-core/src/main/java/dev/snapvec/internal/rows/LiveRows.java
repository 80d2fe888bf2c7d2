package dev.snapvec.internal.rows;

import java.util.Arrays;

import dev.snapvec.internal.code.Groups;

/**
 * The live rows of a view. Immutable: a change copies the bit sets of the blocks that it
 * affects and shares the rest.
 */
final class LiveRows {

	private static final int WORDS = Groups.BLOCK / Long.SIZE;

	static final LiveRows ALL = new LiveRows(new long[0][], 0);

	/**
	 * One bit per dead row, by block; a block without dead rows is null or beyond the
	 * end.
	 */
	private final long[][] dead;

	private final int deadCount;

	private LiveRows(long[][] dead, int deadCount) {
		this.dead = dead;
		this.deadCount = deadCount;
	}

	int deadCount() {
		return this.deadCount;
	}

	/** The live rows of a group of 64, lowest bit first. */
	long word(int group) {
		int block = group / WORDS;
		long[] words = (block < this.dead.length) ? this.dead[block] : null;
		return (words != null) ? ~words[group % WORDS] : -1L;
	}

	boolean isLive(int row) {
		return (word(row / Long.SIZE) & (1L << row)) != 0;
	}

	/**
	 * These rows without the first {@code count} of the given ones, all of which are
	 * live.
	 */
	LiveRows without(int[] rows, int count) {
		if (count == 0) {
			return this;
		}
		int blocks = this.dead.length;
		for (int i = 0; i < count; i++) {
			blocks = Math.max(blocks, Groups.block(rows[i]) + 1);
		}
		long[][] copy = new long[blocks][];
		System.arraycopy(this.dead, 0, copy, 0, this.dead.length);
		boolean[] mine = new boolean[blocks];
		for (int i = 0; i < count; i++) {
			int block = Groups.block(rows[i]);
			if (!mine[block]) {
				copy[block] = (copy[block] != null) ? copy[block].clone() : new long[WORDS];
				mine[block] = true;
			}
			copy[block][Groups.inBlock(rows[i]) / Long.SIZE] |= 1L << rows[i];
		}
		return new LiveRows(copy, this.deadCount + count);
	}

	/**
	 * The rows among the first {@code count} that were live in an earlier state and are
	 * dead in this one.
	 */
	int[] goneSince(LiveRows before, int count) {
		int[] gone = new int[this.deadCount - before.deadCount];
		int found = 0;
		for (int block = 0; block < this.dead.length && block * Groups.BLOCK < count; block++) {
			if (block < before.dead.length && this.dead[block] == before.dead[block]) {
				continue;
			}
			for (int group = block * WORDS; group < (block + 1) * WORDS; group++) {
				for (long word = before.word(group) & ~word(group); word != 0; word &= word - 1) {
					int row = group * Long.SIZE + Long.numberOfTrailingZeros(word);
					if (row < count) {
						gone[found++] = row;
					}
				}
			}
		}
		return Arrays.copyOf(gone, found);
	}

	long bytes() {
		long bytes = this.dead.length * 8L;
		for (long[] words : this.dead) {
			bytes += (words != null) ? words.length * 8L : 0;
		}
		return bytes;
	}

}
