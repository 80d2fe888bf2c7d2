package dev.snapvec.internal.rows;

/**
 * Finds the rows of a view by id: an {@link IdTable} while rows are added, a
 * {@link PackedIdTable} in a view that was loaded, or compacted without further additions
 * expected.
 */
sealed interface IdLookup permits IdTable, PackedIdTable {

	/** Result of {@link #find} for an id without a row. */
	int NONE = -1;

	/** The newest row of an id among the first {@code count}, live or not. */
	int find(RowId id, RowBlock[] blocks, int count);

	/** A table with capacity for a number of further ids: this one if it suffices. */
	IdTable withRoomFor(int ids, RowBlock[] blocks);

	/** Size of the arrays in bytes of heap. */
	long bytes();

}
