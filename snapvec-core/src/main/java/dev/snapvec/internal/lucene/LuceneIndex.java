package dev.snapvec.internal.lucene;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Internal: not for applications. A Lucene index of one writer. Confined to one thread,
 * except {@link #merge}, {@link #mergeDeletes}, {@link #hold}, {@link #release} and
 * {@link #bytes}.
 * <p>
 * Closing it, and opening it at a commit, drops what was changed since that commit. The
 * newest reader always shows the state to which a call that throws goes back.
 */
public final class LuceneIndex implements Closeable {

	private final SyncedDirectory directory;

	private final Analyzer analyzer;

	private final CommitPolicy commits;

	private volatile IndexWriter writer;

	private DirectoryReader reader;

	private LuceneIndex(SyncedDirectory directory, Analyzer analyzer, Set<Long> retained, @Nullable IndexCommit commit)
			throws IOException {
		this.directory = directory;
		this.analyzer = analyzer;
		this.commits = new CommitPolicy(retained);
		this.writer = openWriter(commit);
		try {
			if (commit == null) {
				// what a failure reopens the writer from
				this.writer.commit();
			}
			this.reader = DirectoryReader.open(this.writer);
		}
		catch (IOException | RuntimeException | Error ex) {
			IOUtils.closeWhileHandlingException(this.writer::rollback);
			throw ex;
		}
	}

	/**
	 * Creates an empty index. Deletes all commits but the named ones.
	 * @param directory the directory; closed by the caller
	 * @param analyzer splits text into words
	 * @param retained commits to retain, of those that {@link #commits} returns
	 */
	public static LuceneIndex create(Directory directory, Analyzer analyzer, Set<Long> retained) throws IOException {
		CommitFiles.sweep(directory, retained);
		return new LuceneIndex(new SyncedDirectory(directory), analyzer, retained, null);
	}

	/**
	 * Opens an index as it was committed. Deletes all commits but the named ones.
	 * @param directory the directory; closed by the caller
	 * @param analyzer splits text into words
	 * @param generation the commit to open
	 * @param retained further commits to retain, of those that {@link #commits} returns
	 * @throws FileNotFoundException or NoSuchFileException if there is no such commit, or
	 * one of its files is missing
	 */
	public static LuceneIndex open(Directory directory, Analyzer analyzer, long generation, Set<Long> retained)
			throws IOException {
		// readable, before anything else is deleted
		NamedCommit.read(directory, generation);
		Set<Long> all = new TreeSet<>(retained);
		all.add(generation);
		CommitFiles.sweep(directory, all);
		SyncedDirectory synced = new SyncedDirectory(directory);
		return new LuceneIndex(synced, analyzer, all, NamedCommit.read(synced, generation));
	}

	/**
	 * Opens a commit for reading, while another process may write.
	 */
	public static DirectoryReader read(Directory directory, long generation) throws IOException {
		return DirectoryReader.open(NamedCommit.read(directory, generation));
	}

	/**
	 * {@return what was passed to {@link #commit}}
	 */
	public static Map<String, String> userData(Directory directory, long generation) throws IOException {
		return NamedCommit.read(directory, generation).getUserData();
	}

	/**
	 * {@return the generations of the commits that can be read, with what was passed to
	 * {@link #commit}}
	 */
	public static Map<Long, Map<String, String>> commits(Directory directory) throws IOException {
		return CommitFiles.readable(directory);
	}

	/**
	 * {@return the names of all files of a commit}
	 */
	public static Collection<String> files(Directory directory, long generation) throws IOException {
		return new TreeSet<>(NamedCommit.read(directory, generation).getFileNames());
	}

	/**
	 * Compares the checksums of all files of a reader.
	 */
	public static void checkIntegrity(DirectoryReader reader) throws IOException {
		for (LeafReaderContext leaf : reader.leaves()) {
			((CodecReader) leaf.reader()).checkIntegrity();
		}
	}

	private IndexWriter openWriter(@Nullable IndexCommit commit) throws IOException {
		TieredMergePolicy merges = new TieredMergePolicy();
		// a purge leaves nothing that was deleted
		merges.setForceMergeDeletesPctAllowed(0);
		IndexWriterConfig config = new IndexWriterConfig(this.analyzer).setCommitOnClose(false)
			.setOpenMode((commit != null) ? OpenMode.APPEND : OpenMode.CREATE)
			.setIndexCommit(commit)
			.setIndexDeletionPolicy(this.commits)
			.setMergeScheduler(new AbortableMerges())
			.setMergePolicy(new RewritingMergePolicy(merges, this.directory::failed));
		return new IndexWriter(this.directory, config);
	}

	/**
	 * The writer, or one that continues with what readers see: a failure of the disk
	 * closes a writer but leaves the files of its readers.
	 */
	private IndexWriter writer() throws IOException {
		if (!this.writer.isOpen()) {
			try {
				this.writer = openWriter(this.reader.getIndexCommit());
			}
			catch (IllegalArgumentException ex) {
				throw new IOException("cannot continue after a failure: " + ex.getMessage(), ex);
			}
		}
		return this.writer;
	}

	/**
	 * {@return the newest reader; use {@code tryIncRef} to keep it}
	 */
	public DirectoryReader reader() {
		return this.reader;
	}

	/**
	 * Deletes what a query matches, then adds documents. Readers see both after the next
	 * refresh. If it throws, it has changed nothing.
	 */
	public void change(Query deleted, Iterable<Document> added) throws IOException {
		IndexWriter writer = writer();
		try {
			writer.deleteDocuments(deleted);
			for (Document document : added) {
				writer.addDocument(document);
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			undo(writer, ex);
			throw ex;
		}
	}

	/** Back to what readers see; the next writer continues from there. */
	private static void undo(IndexWriter writer, Throwable cause) {
		try {
			writer.rollback();
		}
		catch (IOException | RuntimeException ex) {
			cause.addSuppressed(ex);
		}
	}

	/**
	 * Lets readers see all changes. If it throws, changes that no reader saw are undone.
	 * @param publish receives the newest reader, before the one before is released
	 */
	public void refresh(Consumer<DirectoryReader> publish) throws IOException {
		IndexWriter writer = writer();
		DirectoryReader newer;
		try {
			newer = DirectoryReader.openIfChanged(this.reader, writer);
		}
		catch (IOException | RuntimeException | Error ex) {
			undo(writer, ex);
			throw ex;
		}
		if (newer == null) {
			publish.accept(this.reader);
			return;
		}
		DirectoryReader older = this.reader;
		this.reader = newer;
		publish.accept(newer);
		older.decRef();
	}

	/**
	 * Commits all changes, and lets readers see them.
	 * @param userData what to store with the commit
	 * @param publish receives the newest reader
	 * @return the generation of the commit, greater than those before
	 */
	public long commit(Map<String, String> userData, Consumer<DirectoryReader> publish) throws IOException {
		IndexWriter writer = writer();
		if (!this.directory.failed().isEmpty()) {
			// pending merges first, as their segments cannot be rewritten meanwhile
			writer.maybeMerge();
			writer.forceMerge(1);
		}
		writer.setLiveCommitData(userData.entrySet());
		writer.commit();
		long generation = this.commits.newest();
		refresh(publish);
		return generation;
	}

	/**
	 * Deletes all commits but the given ones and the newest.
	 * @param generations the commits to retain
	 */
	public void retain(Set<Long> generations) throws IOException {
		this.commits.retain(generations);
		writer().deleteUnusedFiles();
	}

	/**
	 * Keeps the files of a commit until it is released, also if it is no longer to be
	 * retained.
	 */
	public void hold(long generation) {
		this.commits.hold(generation);
	}

	/**
	 * Ends a {@link #hold}; the files are deleted with the next commit if they are not to
	 * be retained.
	 */
	public void release(long generation) {
		this.commits.release(generation);
	}

	/**
	 * Runs the merges that are due. For a thread of its own.
	 */
	public void merge() throws IOException {
		IndexWriter writer = this.writer;
		try {
			writer.maybeMerge();
		}
		catch (AlreadyClosedException ex) {
			rethrow(writer, ex);
		}
	}

	/**
	 * Rewrites all segments with deleted documents. For a thread of its own.
	 */
	public void mergeDeletes() throws IOException {
		IndexWriter writer = this.writer;
		try {
			writer.forceMergeDeletes();
		}
		catch (AlreadyClosedException ex) {
			rethrow(writer, ex);
		}
	}

	/** Ignores that the index was closed, but not a failure. */
	private static void rethrow(IndexWriter writer, AlreadyClosedException ex) throws IOException {
		if (writer.getTragicException() != null) {
			throw new IOException("cannot merge: " + writer.getTragicException(), ex);
		}
	}

	/**
	 * {@return the size of all files in bytes}
	 */
	public long bytes() throws IOException {
		return bytes(this.directory);
	}

	/**
	 * {@return the size of all files of a directory in bytes}
	 */
	public static long bytes(Directory directory) throws IOException {
		long bytes = 0;
		for (String file : directory.listAll()) {
			try {
				bytes += directory.fileLength(file);
			}
			catch (NoSuchFileException | FileNotFoundException ex) {
				// deleted meanwhile
			}
		}
		return bytes;
	}

	/**
	 * Drops what is not committed, and ends a merge that is running.
	 */
	@Override
	public void close() throws IOException {
		IOUtils.close(this.reader, this.writer::rollback);
	}

}
