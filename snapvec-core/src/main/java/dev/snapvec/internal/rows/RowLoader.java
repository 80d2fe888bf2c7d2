package dev.snapvec.internal.rows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.task.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Fills a store from a file, whose sections come one after another for all rows. The
 * methods that take {@code rows} rows take rows of one block.
 * <p>
 * One thread at a time, but for the tasks that {@link #run} and {@link #forEachBatch}
 * begin: these may fill different rows, or different codes of them, in parallel.
 */
public final class RowLoader {

	/**
	 * Rows of a batch: so many that they fit into caches, and blocks are whole batches.
	 */
	private static final int BATCH = 7 * Groups.GROUP;

	private final RowLayout layout;

	private final int count;

	private final Workers workers;

	private final boolean keep;

	private final RowBlock[] blocks;

	private @Nullable PackedIdTable table;

	/**
	 * @param layout what the file holds of each row, or what can be made of it
	 * @param count how many rows; the file is known to be large enough for them
	 * @param workers run what can be done in parallel
	 * @param keep whether to keep more of the rows than their ids
	 */
	public RowLoader(RowLayout layout, int count, Workers workers, boolean keep) {
		this.layout = layout;
		this.count = count;
		this.workers = workers;
		this.keep = keep;
		RowLayout kept = keep ? layout : new RowLayout(List.of(), Set.of(), 0, false);
		this.blocks = new RowBlock[Groups.blocks(count)];
		workers.run(this.blocks.length, (b) -> this.blocks[b] = RowBlock.allocate(kept,
				Math.min(Groups.BLOCK, count - b * Groups.BLOCK), false));
	}

	public int count() {
		return this.count;
	}

	/**
	 * @param code the number of a code
	 * @return how it is kept
	 */
	public CodeSlices slices(int code) {
		return this.layout.codes().get(code);
	}

	/**
	 * @return how many blocks the rows take
	 */
	public int blocks() {
		return this.blocks.length;
	}

	/** A task that reads. */
	@FunctionalInterface
	public interface Task {

		/**
		 * @param number which task
		 * @throws IOException if reading fails
		 */
		void run(int number) throws IOException;

	}

	/**
	 * Runs tasks as {@link Workers#run} does.
	 * @param tasks how many
	 * @param task runs the task of a number
	 * @throws IOException if one throws it
	 */
	public void run(int tasks, Task task) throws IOException {
		try {
			this.workers.run(tasks, (number) -> {
				try {
					task.run(number);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	/** A task that reads something of some rows of a block. */
	@FunctionalInterface
	public interface RowsTask {

		/**
		 * @param row the first row
		 * @param rows how many rows
		 * @throws IOException if reading fails
		 */
		void run(int row, int rows) throws IOException;

	}

	/**
	 * Runs a task for every few rows, as {@link Workers#run} does.
	 * @param task runs it
	 * @throws IOException if one throws it
	 */
	public void forEachBatch(RowsTask task) throws IOException {
		run(Groups.parts(this.count, BATCH), (batch) -> {
			int row = batch * BATCH;
			task.run(row, Math.min(BATCH, this.count - row));
		});
	}

	/**
	 * @param code the number of a code
	 * @param row the first row
	 * @param codes its bytes, row by row
	 * @param rows how many rows
	 */
	public void codes(int code, int row, byte[] codes, int rows) {
		if (this.keep) {
			block(row).putCodes(code, Groups.inBlock(row), codes, 0, rows);
		}
	}

	/**
	 * @param code the number of a code
	 * @param number which one of a row
	 * @param row the first row of a block
	 * @param codes that code of each row
	 * @param from where they begin
	 * @param rows how many rows
	 */
	public void code(int code, int number, int row, byte[] codes, int from, int rows) {
		if (this.keep) {
			block(row).putCode(code, number, codes, from, rows);
		}
	}

	/**
	 * @param column which number
	 * @param row the first row
	 * @param values one a row
	 * @param rows how many rows
	 */
	public void floats(FloatColumn column, int row, float[] values, int rows) {
		if (this.keep) {
			System.arraycopy(values, 0, block(row).floats(column), Groups.inBlock(row), rows);
		}
	}

	/**
	 * @param row the first row
	 * @param float16 float16 coordinates, row by row
	 * @param rows how many rows
	 */
	public void float16(int row, short[] float16, int rows) {
		if (this.keep) {
			int width = this.layout.float16();
			System.arraycopy(float16, 0, block(row).float16(), Groups.inBlock(row) * width, rows * width);
		}
	}

	/**
	 * @param row a row
	 * @param utf8 holds its id
	 * @param length bytes of the id, from the first on
	 */
	public void id(int row, byte[] utf8, int length) {
		int block = Groups.block(row);
		this.blocks[block] = this.blocks[block].withId(Groups.inBlock(row), RowId.ofUtf8(utf8, length));
	}

	/**
	 * Makes it possible to find rows by id, once they all have theirs. Another thread may
	 * fill in other parts of rows meanwhile.
	 * @return of the rows whose id an earlier one has, the first; null if there is none
	 */
	public @Nullable DuplicateId indexIds() {
		this.table = PackedIdTable.of(this.blocks, this.count, () -> {
		});
		return this.table.duplicate(this.blocks);
	}

	/**
	 * @param row a row
	 * @return its block, filled so far
	 */
	public RowBlock block(int row) {
		return this.blocks[Groups.block(row)];
	}

	/**
	 * @param listOffsets where each list begins among the rows, or a single 0 where there
	 * are no lists
	 * @return the store
	 */
	public RowStore finish(int[] listOffsets) {
		return new RowStore(new View(this.layout, this.blocks, this.count, listOffsets, LiveRows.ALL,
				Objects.requireNonNull(this.table)));
	}

}
