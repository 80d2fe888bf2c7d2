package dev.snapvec.documents;

import java.io.Closeable;
import java.util.Collection;
import java.util.List;

/** The files of a commit, which stay until it is closed. */
final class CommitCopy implements Closeable {

	private final List<String> files;

	private final Runnable release;

	private boolean closed;

	CommitCopy(Collection<String> files, Runnable release) {
		this.files = List.copyOf(files);
		this.release = release;
	}

	/**
	 * {@return the names of the files in the directory of the documents}
	 */
	List<String> files() {
		return this.files;
	}

	@Override
	public synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			this.release.run();
		}
	}

}
