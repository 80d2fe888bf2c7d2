package dev.snapvec.internal.rows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.task.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Fills a store from a file, whose sections follow each other, each for all rows. Methods
 * with a parameter {@code rows} accept rows of one block only.
 * <p>
 * Not thread-safe, except for the tasks that {@link #run} and {@link #forEachBatch}
 * start: these may fill different rows, or different codes of them, in parallel.
 */
public final class RowLoader {

	/**
	 * Rows of a batch: few enough to fit into caches, and a divisor of the rows of a
	 * block.
	 */
	private static final int BATCH = 7 * Groups.GROUP;

	private final RowLayout layout;

	private final int count;

	private final Workers workers;

	private final boolean keep;

	private final RowBlock[] blocks;

	private @Nullable PackedIdTable table;

	private RowNumbers numbers = RowNumbers.NONE;

	/**
	 * @param layout the parts of a row, which the file holds or from which they can be
	 * computed
	 * @param count number of rows; the file is known to be large enough for them
	 * @param workers run tasks in parallel
	 * @param keep whether to keep the rows, or only their ids
	 */
	public RowLoader(RowLayout layout, int count, Workers workers, boolean keep) {
		this.layout = layout;
		this.count = count;
		this.workers = workers;
		this.keep = keep;
		RowLayout kept = keep ? layout : new RowLayout(List.of(), Set.of(), 0, false);
		this.blocks = new RowBlock[Groups.blocks(count)];
		workers.run(this.blocks.length, (b) -> this.blocks[b] = RowBlock.allocate(kept,
				Math.min(Groups.BLOCK, count - b * Groups.BLOCK), false, false));
	}

	public int count() {
		return this.count;
	}

	/**
	 * @param code number of a code
	 * @return its layout
	 */
	public CodeSlices slices(int code) {
		return this.layout.codes().get(code);
	}

	/**
	 * @return number of blocks of the rows
	 */
	public int blocks() {
		return this.blocks.length;
	}

	/** A task that reads. */
	@FunctionalInterface
	public interface Task {

		/**
		 * @param number number of the task
		 * @throws IOException if reading fails
		 */
		void run(int number) throws IOException;

	}

	/**
	 * Runs tasks as {@link Workers#run} does.
	 * @param tasks number of tasks
	 * @param task runs the task with a number
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

	/** A task that reads a part of some rows of a block. */
	@FunctionalInterface
	public interface RowsTask {

		/**
		 * @param row the first row
		 * @param rows number of rows
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
	 * @param code number of a code
	 * @param row the first row
	 * @param codes its bytes, row by row
	 * @param rows number of rows
	 */
	public void codes(int code, int row, byte[] codes, int rows) {
		if (this.keep) {
			block(row).putCodes(code, Groups.inBlock(row), codes, 0, rows);
		}
	}

	/**
	 * @param code number of a code
	 * @param number number of the coordinate or subspace
	 * @param row the first row of a block
	 * @param codes that code of each row
	 * @param from position of the first
	 * @param rows number of rows
	 */
	public void code(int code, int number, int row, byte[] codes, int from, int rows) {
		if (this.keep) {
			block(row).putCode(code, number, codes, from, rows);
		}
	}

	/**
	 * @param column the number
	 * @param row the first row
	 * @param values one number per row
	 * @param rows number of rows
	 */
	public void floats(FloatColumn column, int row, float[] values, int rows) {
		if (this.keep) {
			System.arraycopy(values, 0, block(row).floats(column), Groups.inBlock(row), rows);
		}
	}

	/**
	 * @param row the first row
	 * @param float16 float16 coordinates, row by row
	 * @param rows number of rows
	 */
	public void float16(int row, short[] float16, int rows) {
		if (this.keep) {
			int width = this.layout.float16();
			System.arraycopy(float16, 0, block(row).float16(), Groups.inBlock(row) * width, rows * width);
		}
	}

	/**
	 * @param row a row
	 * @param utf8 an array that starts with its id
	 * @param length number of bytes of the id
	 */
	public void id(int row, byte[] utf8, int length) {
		int block = Groups.block(row);
		this.blocks[block] = this.blocks[block].withId(Groups.inBlock(row), RowId.ofUtf8(utf8, length));
	}

	/**
	 * Makes room for numbers.
	 * @param highest the highest number that was ever given
	 */
	public void numbered(long highest) {
		Arrays.setAll(this.blocks, (b) -> this.blocks[b].withNumbers());
		this.numbers = new RowNumbers(NumberTable.NONE, highest);
	}

	/**
	 * @param row the first row
	 * @param numbers one number per row, 0 for a row without
	 * @param rows number of rows
	 */
	public void numbers(int row, long[] numbers, int rows) {
		System.arraycopy(numbers, 0, block(row).numbers(), Groups.inBlock(row), rows);
	}

	/**
	 * Builds the table of numbers, once all rows have their numbers. Other threads may
	 * fill other parts of rows meanwhile.
	 * @return the first row whose number an earlier row has, or null
	 */
	public @Nullable DuplicateNumber indexNumbers() {
		View view = view(new int[1]);
		NumberTable numbers = NumberTable.of(view, 0, () -> {
		});
		this.numbers = new RowNumbers(numbers, view.newestNumber());
		for (int row = 0; row < this.count && view.isNumbered(); row++) {
			int first = (view.number(row) > 0) ? numbers.find(view.number(row), view) : row;
			if (first != row) {
				return new DuplicateNumber(view.number(row), first, row);
			}
		}
		return null;
	}

	private View view(int[] listOffsets) {
		return new View(this.layout, this.blocks, this.count, listOffsets, LiveRows.ALL,
				Objects.requireNonNull(this.table), this.numbers);
	}

	/**
	 * Builds the id table, once all rows have their ids. Other threads may fill other
	 * parts of rows meanwhile.
	 * @return the first row whose id an earlier row has, or null
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
	 * @param listOffsets start of each list among the rows, or a single 0 for types
	 * without lists
	 * @return the store
	 */
	public RowStore finish(int[] listOffsets) {
		return new RowStore(view(listOffsets));
	}

}
