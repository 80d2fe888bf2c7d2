package dev.snapvec.documents;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/** A directory in which one operation fails, or all from one on. */
final class FailingDirectory extends FilterDirectory {

	private final List<String> operations = new ArrayList<>();

	private long failing = -1;

	private boolean forever;

	FailingDirectory(Directory directory) {
		super(directory);
	}

	/** Counts operations from now on, and fails the one of a number. */
	synchronized void fail(long operation, boolean forever) {
		this.operations.clear();
		this.failing = operation;
		this.forever = forever;
	}

	/** What was done since, at most until it failed. */
	synchronized List<String> operations() {
		return List.copyOf(this.operations);
	}

	private synchronized void before(String operation) throws IOException {
		this.operations.add(operation);
		long number = this.operations.size() - 1;
		if (this.failing >= 0 && (number == this.failing || (this.forever && number > this.failing))) {
			throw new IOException("no space left: " + operation);
		}
	}

	@Override
	public IndexOutput createOutput(String name, IOContext context) throws IOException {
		before("create " + name);
		return new Output(super.createOutput(name, context));
	}

	@Override
	public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
		before("create a temporary file");
		return new Output(super.createTempOutput(prefix, suffix, context));
	}

	@Override
	public IndexInput openInput(String name, IOContext context) throws IOException {
		before("open " + name);
		return super.openInput(name, context);
	}

	@Override
	public void sync(Collection<String> names) throws IOException {
		before("sync " + names);
		super.sync(names);
	}

	@Override
	public void syncMetaData() throws IOException {
		before("sync the directory");
		super.syncMetaData();
	}

	@Override
	public void rename(String source, String dest) throws IOException {
		before("rename " + source);
		super.rename(source, dest);
	}

	/** Fails when its content is written to disk. */
	private final class Output extends FilterIndexOutput {

		Output(IndexOutput out) {
			super("failing " + out, out.getName(), out);
		}

		@Override
		public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
			if (length > 8) {
				before("write to " + getName());
			}
			super.writeBytes(bytes, offset, length);
		}

		@Override
		public void close() throws IOException {
			try {
				before("close " + getName());
			}
			finally {
				super.close();
			}
		}

	}

}
