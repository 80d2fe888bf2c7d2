package dev.snapvec;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.IndexHeader;
import dev.snapvec.internal.file.MalformedFileException;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.DuplicateId;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.task.Workers;

/**
 * A file that is being loaded, or only checked.
 *
 * @param source the file, read up to the end of its header
 * @param attributes what is noted in it
 * @param options how the index shall score and work
 * @param keepRows whether the index shall hold the rows; they are checked in any case
 */
record Loading(FileSource source, Map<String, String> attributes, LoadOptions options, boolean keepRows) {

	/** Bytes that an id takes at least, with what it is found by. */
	private static final int ID_BYTES = Long.BYTES + 3;

	/** Asked before ids are read, as the holes of a sparse file give any number. */
	static void requireHeapForIds(int rows) throws IOException {
		requireHeap(rows, ID_BYTES);
	}

	private static void requireHeap(int rows, int bytesPerRow) throws IOException {
		long bytes = (long) rows * bytesPerRow;
		long heap = Runtime.getRuntime().maxMemory();
		if (bytes > heap) {
			throw new IOException(String.format(Locale.ROOT,
					"its %d rows take at least %d bytes of heap, the JVM has at most %d (-Xmx)", rows, bytes, heap));
		}
	}

	/**
	 * @param header the file's header
	 * @param settings the index's settings
	 * @param quantizer the index's quantizer
	 * @return receives the rows
	 * @throws IOException if they are more than the heap can hold
	 */
	RowLoader rows(IndexHeader header, IndexSettings settings, Quantizer quantizer) throws IOException {
		requireHeap(header.rows(), ID_BYTES + (this.keepRows ? quantizer.layout().bytesPerRow() : 0));
		return new RowLoader(quantizer.layout(), header.rows(), new Workers(settings.executor()), this.keepRows);
	}

	/** Makes ids findable, and works out what the file does not hold of its rows. */
	RowStore finish(RowLoader loader, Quantizer quantizer, int[] listOffsets) throws IOException {
		if (!this.keepRows) {
			indexIds(loader);
			return new RowStore(quantizer.layout(), quantizer.lists());
		}
		loader.run(loader.blocks() + 1, (task) -> {
			if (task == 0) {
				indexIds(loader);
				return;
			}
			int row = (task - 1) * Groups.BLOCK;
			int rows = Math.min(Groups.BLOCK, loader.count() - row);
			quantizer.complete(loader.block(row), lists(listOffsets, row, rows), rows);
		});
		return loader.finish(listOffsets);
	}

	private static void indexIds(RowLoader loader) throws MalformedFileException {
		DuplicateId duplicate = loader.indexIds();
		if (duplicate != null) {
			throw new MalformedFileException(String.format(Locale.ROOT, "rows %d and %d have the same id '%s'",
					duplicate.first(), duplicate.second(), duplicate.id()));
		}
	}

	/** The list of each row, 0 where there are none. */
	private static int[] lists(int[] listOffsets, int row, int rows) {
		int[] lists = new int[rows];
		int list = 0;
		for (int i = 0; i < rows && listOffsets.length > 1; i++) {
			while (listOffsets[list + 1] <= row + i) {
				list++;
			}
			lists[i] = list;
		}
		return lists;
	}

}
