package dev.snapvec.internal.rows;

import dev.snapvec.internal.code.Groups;

/**
 * Collects the live rows of numbers of one view. Not thread-safe.
 */
public final class NumberMask {

	private final View view;

	private final long[] words;

	private int size;

	public NumberMask(View view) {
		this.view = view;
		this.words = new long[Groups.groups(view.count())];
	}

	/**
	 * Adds rows.
	 * @param numbers numbers, of rows of the view or not
	 * @param count how many of them count
	 */
	public void add(long[] numbers, int count) {
		for (int i = 0; i < count; i++) {
			int row = this.view.rowOfNumber(numbers[i]);
			if (row != IdLookup.NONE && (this.words[row / Groups.GROUP] & (1L << row)) == 0) {
				this.words[row / Groups.GROUP] |= 1L << row;
				this.size++;
			}
		}
	}

	/**
	 * @return the rows that were added; no more can be added
	 */
	public RowMask these() {
		return new RowMask(this.words, this.size);
	}

	/**
	 * @return the live rows with a number that were not added; no more can be added
	 */
	public RowMask others() {
		int others = 0;
		for (int group = 0; group < this.words.length; group++) {
			long rest = this.view.liveWord(group) & ~this.words[group];
			for (long rows = rest; rows != 0; rows &= rows - 1) {
				int row = group * Groups.GROUP + Long.numberOfTrailingZeros(rows);
				if (this.view.number(row) == 0) {
					rest &= ~(1L << row);
				}
			}
			this.words[group] = rest;
			others += Long.bitCount(rest);
		}
		return new RowMask(this.words, others);
	}

}
