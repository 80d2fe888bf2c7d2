package dev.snapvec.internal.rows;

/**
 * The numbers of the rows of a view: where they are, and the highest of them. Immutable,
 * except that the table may hold rows of later views.
 *
 * @param table finds rows by number
 * @param newest the highest number that was ever given to a row, 0 if none has one; later
 * rows have higher ones
 */
record RowNumbers(NumberTable table, long newest) {

	static final RowNumbers NONE = new RowNumbers(NumberTable.NONE, 0);

}
