package dev.snapvec.documents;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

import dev.snapvec.SnapvecException;
import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import dev.snapvec.internal.lucene.LuceneIndex;
import dev.snapvec.internal.lucene.OwnThread;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * The texts and metadata of an index's documents, by number. Thread-safe.
 * <p>
 * <b>Numbers.</b> Every change has one: a document put has its own, a removal the next
 * one. They grow, and none is used twice. A new version of a document is a removal and
 * another document.
 * <p>
 * <b>Tail.</b> A change is kept in memory, where readers see it immediately, until a
 * thread of this store has handed it over to Lucene, which happens when there are many,
 * and before a commit. Callers never wait for that. What was not committed is lost with
 * the process: it is in the write-ahead log of the index.
 * <p>
 * <b>Commits.</b> A snapshot of the index and a commit hold the same documents. So
 * {@link #hold} is called at the moment that the snapshot captures; from then on nothing
 * later is handed over, until {@link #commit} has ended or {@link #releaseHold} is
 * called. A commit stays until {@link #retain} no longer names it.
 * <p>
 * <b>Failures.</b> If the disk fails, changes stay in memory and are handed over later.
 */
final class DocumentStore implements Closeable {

	/** Changes of which so many, or so many bytes, are handed over. */
	static final int MANY_CHANGES = 1_000;

	private static final long MANY_BYTES = 8 << 20;

	/** Beyond so many times as much, {@link #awaitRoom} waits. */
	private static final int MOST_BATCHES = 16;

	private static final long NOTHING_HELD = Long.MAX_VALUE;

	private final Directory directory;

	private final DocumentFields fields;

	private final DocumentErrors errors;

	private final LuceneIndex index;

	private final OwnThread owner = new OwnThread("snapvec-documents");

	private final OwnThread merger = new OwnThread("snapvec-documents-merge");

	private final OrderedLock publishing = new OrderedLock(LockRank.DOCUMENTS, "the view of documents");

	private final AtomicBoolean handingOver = new AtomicBoolean();

	private final AtomicBoolean merging = new AtomicBoolean();

	private volatile DocumentView view;

	private volatile long held = NOTHING_HELD;

	private volatile boolean closed;

	private volatile @Nullable SnapvecException failure;

	/** Opens Lucene's index, on the thread that it will be confined to. */
	@FunctionalInterface
	private interface Opening {

		LuceneIndex open() throws IOException;

	}

	private DocumentStore(Directory directory, DocumentErrors errors, DocumentFields fields, Opening opening) {
		this.directory = directory;
		this.errors = errors;
		this.fields = fields;
		try {
			this.index = errors.named("open the documents in", () -> this.owner.call(opening::open));
			this.view = view(this.index.reader(), Tail.EMPTY);
		}
		catch (RuntimeException | Error ex) {
			this.owner.close();
			this.merger.close();
			IOUtils.closeWhileHandlingException(directory);
			throw ex;
		}
	}

	/**
	 * Creates an empty store in place of whatever the directory holds.
	 * @param path the directory, for messages
	 * @param directory the directory; closed with the store
	 * @param fields what to store and to index
	 * @param analyzer splits text into words
	 */
	static DocumentStore create(Path path, Directory directory, DocumentFields fields, Analyzer analyzer) {
		return new DocumentStore(directory, new DocumentErrors(path), fields,
				() -> LuceneIndex.create(directory, new SafeAnalyzer(analyzer)));
	}

	/**
	 * Opens a store as it was committed for a snapshot. Later changes, and commits not
	 * named, are dropped.
	 * @param path the directory, for messages
	 * @param directory the directory; closed with the store
	 * @param commit the commit to open
	 * @param retained the generations of further commits to retain
	 * @param fields what to store and to index from now on
	 * @param analyzer splits text into words
	 * @throws dev.snapvec.CorruptIndexException if the commit is missing or damaged
	 */
	static DocumentStore open(Path path, Directory directory, DocumentCommit commit, Set<Long> retained,
			DocumentFields fields, Analyzer analyzer) {
		return new DocumentStore(directory, new DocumentErrors(path), fields, () -> {
			commit.require(directory);
			return LuceneIndex.open(directory, new SafeAnalyzer(analyzer), commit.generation(), retained);
		});
	}

	private DocumentView view(DirectoryReader reader, Tail tail) {
		DocumentView current = this.view;
		SealedDocuments sealed = (current != null && current.sealed().reader() == reader) ? current.sealed()
				: new SealedDocuments(reader);
		return new DocumentView(sealed, tail, this.errors);
	}

	/**
	 * Takes the documents as of now.
	 * @return a view, to be closed
	 * @throws IllegalStateException if the store is closed
	 */
	DocumentView view() {
		while (true) {
			DocumentView current = this.view;
			if (current.take()) {
				return current;
			}
			requireOpen();
			// its reader was replaced meanwhile
			Thread.onSpinWait();
		}
	}

	private void requireOpen() {
		if (this.closed) {
			throw new IllegalStateException("the documents in " + this.errors.directory() + " are closed");
		}
	}

	/**
	 * Adds a document. Does not wait for the disk.
	 * @param number its number, greater than that of every version before it
	 * @param document the document
	 */
	void put(long number, StoredDocument document) {
		add(new TailChange.Put(number, this.fields.keepVectors() ? document : document.withoutVector()));
	}

	/**
	 * Removes a document. Does not wait for the disk.
	 * @param number the number of the document; one that does not exist is ignored
	 * @param at the number of the removal
	 */
	void remove(long number, long at) {
		add(new TailChange.Removal(number, at));
	}

	private void add(TailChange change) {
		requireOpen();
		Tail tail = publish((current) -> view(current.sealed().reader(), current.tail().plus(change))).tail();
		if (isMuch(tail, 1) && this.handingOver.compareAndSet(false, true)) {
			startQuietly(this.owner, () -> {
				this.handingOver.set(false);
				handOverQuietly();
			});
		}
	}

	private static boolean isMuch(Tail tail, int batches) {
		return tail.count() >= batches * MANY_CHANGES || tail.size() >= batches * MANY_BYTES;
	}

	private DocumentView publish(UnaryOperator<DocumentView> change) {
		this.publishing.lock();
		try {
			DocumentView next = change.apply(this.view);
			this.view = next;
			return next;
		}
		finally {
			this.publishing.unlock();
		}
	}

	/**
	 * Waits while so many changes are in memory that adding more could exhaust it. To be
	 * called before a change, with no lock held.
	 */
	void awaitRoom() {
		if (isMuch(this.view.tail(), MOST_BATCHES) && this.held == NOTHING_HELD) {
			try {
				handOver(Long.MAX_VALUE);
			}
			catch (SnapvecException ex) {
				// stays in memory, and is reported by failure()
			}
		}
	}

	/**
	 * Hands changes over to Lucene and waits for it.
	 * @param last the number of the last change to hand over
	 */
	void handOver(long last) {
		own("write documents to", () -> {
			handOverNow(last);
			return null;
		});
	}

	private <T> T own(String attempt, DocumentErrors.Call<T> call) {
		requireOpen();
		try {
			return this.errors.named(attempt, () -> this.owner.call(call::run));
		}
		catch (RejectedExecutionException ex) {
			requireOpen();
			throw ex;
		}
	}

	/** On the owner's thread. */
	private void handOverNow(long last) throws IOException {
		Tail handedOver = this.view.tail();
		long bound = Math.min(last, this.held);
		List<TailChange> changes = handedOver.upTo(bound);
		if (!changes.isEmpty()) {
			try {
				write(changes);
				this.index
					.refresh((reader) -> publish((current) -> view(reader, current.tail().without(handedOver, bound))));
				this.failure = null;
			}
			catch (IOException | RuntimeException ex) {
				this.failure = failure(ex);
				throw ex;
			}
			startMerging();
		}
	}

	private SnapvecException failure(Exception cause) {
		try {
			return this.errors.named("write documents to", () -> {
				throw (cause instanceof IOException io) ? io : new IOException(cause);
			});
		}
		catch (SnapvecException ex) {
			return ex;
		}
	}

	/** Also deletes what it adds, in case that the same changes were written before. */
	private void write(List<TailChange> changes) throws IOException {
		Set<Long> numbers = new HashSet<>();
		List<TailChange.Put> puts = new ArrayList<>();
		Set<Long> removed = new HashSet<>();
		for (TailChange change : changes) {
			numbers.add(change.number());
			if (change instanceof TailChange.Put put) {
				puts.add(put);
			}
			else {
				removed.add(change.number());
			}
		}
		Iterable<Document> added = () -> puts.stream()
			.filter((put) -> !removed.contains(put.number()))
			.map((put) -> this.fields.of(put.number(), put.document()))
			.iterator();
		this.index.change(LongPoint.newSetQuery(DocumentFields.NUMBER, numbers), added);
	}

	private void handOverQuietly() {
		try {
			if (!this.closed) {
				handOverNow(Long.MAX_VALUE);
			}
		}
		catch (IOException | RuntimeException ex) {
			// kept as failure()
		}
	}

	private static void startQuietly(OwnThread thread, Runnable task) {
		try {
			thread.start(task);
		}
		catch (RejectedExecutionException ex) {
			// closed meanwhile
		}
	}

	private void startMerging() {
		if (this.merging.compareAndSet(false, true)) {
			startQuietly(this.merger, () -> {
				this.merging.set(false);
				try {
					this.index.merge();
					startQuietly(this.owner, this::refreshQuietly);
				}
				catch (IOException | RuntimeException ex) {
					this.failure = failure(ex);
				}
			});
		}
	}

	/** Lets go of the segments that were merged. */
	private void refreshQuietly() {
		try {
			if (!this.closed) {
				refresh();
			}
		}
		catch (IOException | RuntimeException ex) {
			this.failure = failure(ex);
		}
	}

	private void refresh() throws IOException {
		this.index.refresh(this::publish);
	}

	private void publish(DirectoryReader reader) {
		publish((current) -> view(reader, current.tail()));
	}

	/**
	 * Keeps changes after one from being handed over. To be called at the moment that a
	 * snapshot captures, before any later change is made.
	 * @param last the number of the last change of the snapshot
	 */
	void hold(long last) {
		this.held = last;
	}

	/** Ends {@link #hold} without a commit. */
	void releaseHold() {
		this.held = NOTHING_HELD;
	}

	/**
	 * Commits the documents of a snapshot, and ends {@link #hold}.
	 * @param snapshot the number of the snapshot
	 * @param last the number of its last change; all changes up to it are committed, and
	 * none later
	 * @return the name of the commit, for the snapshot
	 */
	DocumentCommit commit(long snapshot, long last) {
		try {
			return own("commit the documents in", () -> {
				handOverNow(last);
				long generation = this.index.commit(DocumentCommit.userData(snapshot, last), this::publish);
				return new DocumentCommit(generation, snapshot, last);
			});
		}
		finally {
			releaseHold();
		}
	}

	/**
	 * Deletes all commits but some and the newest.
	 * @param generations the generations of the commits that snapshots name
	 */
	void retain(Set<Long> generations) {
		own("delete old commits in", () -> {
			this.index.retain(generations);
			return null;
		});
	}

	/**
	 * Keeps the files of a commit until the result is closed, for a backup.
	 * @param commit a commit that a snapshot names
	 */
	CommitCopy copy(DocumentCommit commit) {
		return own("list the files of", () -> {
			this.index.hold(commit.generation());
			try {
				Collection<String> names = LuceneIndex.files(this.directory, commit.generation());
				return new CommitCopy(names, () -> this.index.release(commit.generation()));
			}
			catch (IOException | RuntimeException ex) {
				this.index.release(commit.generation());
				throw ex;
			}
		});
	}

	/**
	 * Removes deleted documents from Lucene's segments. Commits, and with them older
	 * files, still hold them: save a snapshot then, and delete the older ones.
	 */
	void purge() {
		handOver(Long.MAX_VALUE);
		requireOpen();
		this.errors.named("purge the documents in", () -> this.merger.call(() -> {
			this.index.mergeDeletes();
			return null;
		}));
		own("read the documents in", () -> {
			refresh();
			return null;
		});
	}

	/**
	 * {@return why the last attempt to write in the background failed, or null}
	 */
	@Nullable SnapvecException failure() {
		return this.failure;
	}

	DocumentStoreStats stats() {
		try (DocumentView current = view()) {
			return this.errors.named("list", () -> new DocumentStoreStats(current.size(), current.tail().count(),
					current.sealed().reader().leaves().size(), LuceneIndex.bytes(this.directory)));
		}
	}

	/** Drops what was not committed. Views that were taken can still be read. */
	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		try {
			this.errors.named("close the documents in", () -> this.owner.call(() -> {
				this.index.close();
				return null;
			}));
		}
		finally {
			this.owner.close();
			this.merger.close();
			IOUtils.closeWhileHandlingException(this.directory);
		}
	}

}
