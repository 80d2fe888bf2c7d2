package dev.snapvec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import dev.snapvec.internal.file.AtomicFile;
import dev.snapvec.internal.file.Attributes;
import dev.snapvec.internal.capture.Captures;
import dev.snapvec.internal.file.FileSink;
import dev.snapvec.internal.file.IdSection;
import dev.snapvec.internal.file.NumberSection;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.RowOrder;
import dev.snapvec.internal.rows.View;
import dev.snapvec.internal.type.IndexFormat;

/**
 * The state of an index at one moment, to be saved. Immutable.
 *
 * @param spec type and settings
 * @param format the format of its file
 * @param changes the number of changes until then
 * @param quantizer its quantizer
 * @param view its rows
 * @param attributes its attributes
 * @param commit the commit of its documents that it belongs to, or 0
 */
record IndexCapture(IndexSpec spec, IndexFormat format, long changes, Quantizer quantizer, View view,
		Map<String, String> attributes, long commit) implements Captures.Capture {

	@Override
	public long newestNumber() {
		return this.view.newestNumber();
	}

	@Override
	public boolean holds(long number) {
		return this.view.rowOfNumber(number) >= 0;
	}

	@Override
	public IndexCapture withCommit(long commit) {
		return new IndexCapture(this.spec, this.format, this.changes, this.quantizer, this.view, this.attributes,
				commit);
	}

	@Override
	public void save(Path path, AtomicFile.Guard guard) {
		try {
			AtomicFile.write(path, this::write, guard);
		}
		catch (IOException ex) {
			throw new IndexIoException(path, "write", ex);
		}
	}

	private void write(FileSink sink) throws IOException {
		RowOrder order = RowOrder.of(this.view);
		Map<String, String> all = new HashMap<>(this.attributes);
		all.putAll(ReservedAttributes.of(this.spec, this.format.inHeader()));
		sink.header(this.format.kind());
		this.format.write(sink, this.quantizer, order);
		IdSection.write(sink, order);
		NumberSection.write(sink, order, this.commit);
		Attributes.write(sink, all);
	}

}
