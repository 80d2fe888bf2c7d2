package dev.snapvec;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.IdSection;
import dev.snapvec.internal.file.MalformedFileException;
import dev.snapvec.internal.file.NumberSection;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.DuplicateId;
import dev.snapvec.internal.rows.DuplicateNumber;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.task.Workers;
import dev.snapvec.internal.type.FileHeader;
import dev.snapvec.internal.type.IndexFormat;

/**
 * One load or verification of a file.
 *
 * @param source the file, read up to the end of its header
 * @param header the header
 * @param options how the index is to score, search and run
 * @param keepRows whether the index is to hold the rows; they are checked in any case
 */
record Loading(FileSource source, FileHeader header, LoadOptions options, boolean keepRows) {

	/** Least number of bytes per id, including its share of the id table. */
	private static final int ID_BYTES = Long.BYTES + 3;

	/** Least number of bytes per number, including its share of the table. */
	private static final int NUMBER_BYTES = Long.BYTES + 5;

	/**
	 * Checked before ids are read, because the holes of a sparse file yield any number of
	 * them.
	 */
	static void requireHeapForIds(int rows) throws IOException {
		requireHeap(rows, ID_BYTES);
	}

	private static void requireHeap(int rows, int bytesPerRow) throws IOException {
		long bytes = (long) rows * bytesPerRow;
		long heap = Runtime.getRuntime().maxMemory();
		if (bytes > heap) {
			throw new IOException(String.format(Locale.ROOT,
					"its %d rows need at least %d bytes of heap, but the JVM has at most %d (-Xmx)", rows, bytes,
					heap));
		}
	}

	/**
	 * Reads everything behind the header.
	 * @param attributes the attributes of the file
	 * @return the index
	 * @throws MalformedFileException if the file violates its format
	 * @throws IOException if the rows need more heap than the JVM has, or reading fails
	 */
	VectorIndex read(Map<String, String> attributes) throws IOException {
		IndexSpec saved = ReservedAttributes.read(this.header.spec(), attributes);
		Map<String, String> noted = ReservedAttributes.without(attributes);
		IndexSpec spec = this.options.applyTo(saved);
		TypeEntry<?> type = TypeRegistry.of(this.source.kind());
		IndexFormat format = type.format(spec);
		Quantizer quantizer = format.readQuantizer(this.source);
		RowLayout layout = quantizer.layout();
		int bytes = ID_BYTES + (this.keepRows ? layout.bytesPerRow() : 0);
		requireHeap(this.header.rows(), bytes);
		RowLoader loader = new RowLoader(layout, this.header.rows(), new Workers(this.options.executor()),
				this.keepRows);
		int[] listOffsets = format.readRows(this.source, loader);
		IdSection.read(this.source, loader);
		long commit = 0;
		if (NumberSection.isNext(this.source)) {
			requireHeap(this.header.rows(), bytes + NUMBER_BYTES);
			commit = NumberSection.read(this.source, loader);
		}
		Fitted fitted = new Fitted(quantizer, finish(loader, quantizer, listOffsets), List.of());
		return type.index(spec, new IndexParts(this.options.executor(), noted, fitted, commit));
	}

	/** Builds the id table, and computes what the file does not hold of its rows. */
	private RowStore finish(RowLoader loader, Quantizer quantizer, int[] listOffsets) throws IOException {
		if (!this.keepRows) {
			indexIds(loader);
			indexNumbers(loader);
			return new RowStore(quantizer.layout(), quantizer.lists());
		}
		loader.run(loader.blocks() + 1, (task) -> {
			if (task == 0) {
				indexIds(loader);
				indexNumbers(loader);
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

	private static void indexNumbers(RowLoader loader) throws MalformedFileException {
		DuplicateNumber duplicate = loader.indexNumbers();
		if (duplicate != null) {
			throw new MalformedFileException(String.format(Locale.ROOT, "rows %d and %d have the same number %d",
					duplicate.first(), duplicate.second(), duplicate.number()));
		}
	}

	/** The list number of each row, 0 for types without lists. */
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
