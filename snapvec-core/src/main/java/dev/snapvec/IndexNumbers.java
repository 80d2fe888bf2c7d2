package dev.snapvec;

import java.util.List;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.number.NumberedIndex;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.View;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the rows of an index.
 *
 * @param index the index
 */
record IndexNumbers(QuantizedIndex index) implements NumberedIndex {

	@Override
	public long newest() {
		return this.index.view().newestNumber();
	}

	@Override
	public long commit() {
		return this.index.commit();
	}

	@Override
	public long number(String id) {
		View view = this.index.view();
		int row = view.rowOf(RowId.of(id));
		return (row >= 0) ? view.number(row) : -1;
	}

	@Override
	public @Nullable String id(long number) {
		View view = this.index.view();
		int row = view.rowOfNumber(number);
		return (row >= 0) ? view.id(row) : null;
	}

	@Override
	public void forEach(Visitor visitor) {
		View view = this.index.view();
		for (int first = 0; first < view.count() && view.isNumbered(); first += Groups.GROUP) {
			for (long word = view.liveWord(first / Groups.GROUP); word != 0; word &= word - 1) {
				int row = first + Long.numberOfTrailingZeros(word);
				if (view.number(row) != 0) {
					visitor.visit(view.id(row), view.number(row));
				}
			}
		}
	}

	@Override
	public void put(List<String> ids, float[][] vectors, long[] numbers) {
		IndexWriter.Batch batch = this.index.encode(ids, vectors, true, ProgressListener.NONE);
		batch.number(numbers);
		this.index.put(batch, null);
	}

	@Override
	public void renumber(List<String> ids, long[] expected, long[] numbers) {
		this.index.writer().renumber(ids, expected, numbers);
	}

	@Override
	public void givenUpTo(long newest) {
		if (this.index.fitted() != null) {
			this.index.writer().numbersUpTo(newest);
		}
	}

	/**
	 * Returns whether another index has the same numbers, each for a row of the same id.
	 */
	boolean areThoseOf(IndexNumbers other) {
		boolean[] same = { true };
		int[] count = new int[2];
		other.forEach((id, number) -> {
			count[0]++;
			same[0] &= id.equals(id(number));
		});
		forEach((id, number) -> count[1]++);
		return same[0] && count[0] == count[1];
	}

}
