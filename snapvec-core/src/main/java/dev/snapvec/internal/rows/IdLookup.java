package dev.snapvec.internal.rows;

/**
 * Finds the rows of a view by id: an {@link IdTable} where rows are added, a
 * {@link PackedIdTable} in a view that was loaded, or compacted to stay as it is.
 */
sealed interface IdLookup permits IdTable, PackedIdTable {

	/** What {@link #find} answers for an id without a row. */
	int NONE = -1;

	/** The newest row of an id among the first {@code count}, live or not. */
	int find(RowId id, RowBlock[] blocks, int count);

	/** A table with room for as many more ids: this one if it has. */
	IdTable withRoomFor(int ids, RowBlock[] blocks);

	/** Heap bytes of the arrays. */
	long bytes();

}
