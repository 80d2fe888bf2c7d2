package dev.snapvec.internal.lucene;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/**
 * A directory that does not ask twice to force a file to disk. After a failed attempt a
 * kernel may drop what it could not write and report success the next time, so such a
 * file is never part of a commit.
 */
final class SyncedDirectory extends FilterDirectory {

	private final Set<String> synced = ConcurrentHashMap.newKeySet();

	private final Set<String> failed = ConcurrentHashMap.newKeySet();

	SyncedDirectory(Directory directory) {
		super(directory);
	}

	@Override
	public void sync(Collection<String> names) throws IOException {
		for (String name : names) {
			if (this.failed.contains(name)) {
				throw new IOException(name + " could not be forced to disk before");
			}
		}
		List<String> pending = names.stream().filter((name) -> !this.synced.contains(name)).toList();
		try {
			super.sync(pending);
		}
		catch (IOException | RuntimeException | Error ex) {
			this.failed.addAll(pending);
			throw ex;
		}
		this.synced.addAll(pending);
	}

	/** The existing files that could not be forced to disk. */
	Set<String> failed() {
		return Set.copyOf(this.failed);
	}

	@Override
	public IndexOutput createOutput(String name, IOContext context) throws IOException {
		forget(name);
		return super.createOutput(name, context);
	}

	@Override
	public void deleteFile(String name) throws IOException {
		super.deleteFile(name);
		forget(name);
	}

	@Override
	public void rename(String source, String dest) throws IOException {
		super.rename(source, dest);
		forget(dest);
		if (this.synced.remove(source)) {
			this.synced.add(dest);
		}
	}

	private void forget(String name) {
		this.synced.remove(name);
		this.failed.remove(name);
	}

}
