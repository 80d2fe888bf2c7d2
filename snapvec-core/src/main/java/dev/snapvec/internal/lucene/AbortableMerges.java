package dev.snapvec.internal.lucene;

import java.io.IOException;

import org.apache.lucene.index.MergePolicy.OneMerge;
import org.apache.lucene.index.MergeScheduler;
import org.apache.lucene.index.MergeTrigger;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/**
 * Runs merges one after the other, on the thread that asks for them and on no other, so
 * that neither a change nor a commit waits for one; and ends them soon when the writer is
 * closed.
 */
final class AbortableMerges extends MergeScheduler {

	@Override
	public synchronized void merge(MergeSource source, MergeTrigger trigger) throws IOException {
		if (trigger != MergeTrigger.EXPLICIT) {
			return;
		}
		OneMerge merge = source.getNextMerge();
		while (merge != null) {
			source.merge(merge);
			merge = source.getNextMerge();
		}
	}

	@Override
	public Directory wrapForMerge(OneMerge merge, Directory in) {
		return new FilterDirectory(in) {
			@Override
			public IndexOutput createOutput(String name, IOContext context) throws IOException {
				return new Output(merge, super.createOutput(name, context));
			}

			@Override
			public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
				return new Output(merge, super.createTempOutput(prefix, suffix, context));
			}
		};
	}

	/** Overridden because the executor of the superclass is not used. */
	@Override
	public void close() {
	}

	/** Fails once its merge was aborted. */
	private static final class Output extends FilterIndexOutput {

		private final OneMerge merge;

		Output(OneMerge merge, IndexOutput out) {
			super("abortable " + out, out.getName(), out);
			this.merge = merge;
		}

		@Override
		public void writeByte(byte b) throws IOException {
			this.merge.checkAborted();
			super.writeByte(b);
		}

		@Override
		public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
			this.merge.checkAborted();
			super.writeBytes(bytes, offset, length);
		}

	}

}
