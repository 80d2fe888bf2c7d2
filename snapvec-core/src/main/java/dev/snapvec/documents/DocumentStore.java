package dev.snapvec.documents;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

import dev.snapvec.SnapvecException;
import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import dev.snapvec.internal.lucene.LuceneIndex;
import dev.snapvec.internal.lucene.OwnThread;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * The texts and metadata of an index's documents, by number. Thread-safe.
 * <p>
 * <b>Numbers.</b> A number stands for one version of a document. They grow, from 1, and
 * none is given twice. A new version of a document is another document, and a removal of
 * the one before.
 * <p>
 * <b>Tail.</b> A change is kept in memory, where readers see it immediately, until a
 * thread of this store has handed it over to Lucene, which happens when there are many,
 * and before a commit. Callers never wait for that. What was not committed is lost with
 * the process: it is in the write-ahead log of the index.
 * <p>
 * <b>Commits.</b> A snapshot of the index and a commit hold the same documents. So
 * {@link #hold} is called before the rows of the snapshot are taken; from then on nothing
 * is handed over, until {@link #commit} hands over what the snapshot holds. A commit
 * stays until {@link #retain} no longer names its snapshot.
 * <p>
 * <b>Failures.</b> If the disk fails, changes stay in memory and are handed over later.
 */
final class DocumentStore implements Closeable {

	/** Changes of which so many, or so many bytes, are handed over. */
	static final int MANY_CHANGES = 1_000;

	private static final long MANY_BYTES = 8 << 20;

	/** Beyond so many times as much, {@link #awaitRoom} waits. */
	private static final int MOST_BATCHES = 16;

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

	private volatile boolean held;

	private volatile boolean closed;

	private volatile @Nullable SnapvecException failure;

	/**
	 * An index of Lucene that was opened.
	 *
	 * @param index the index
	 * @param newest the highest number that was given
	 */
	private record Opened(LuceneIndex index, long newest) {
	}

	private DocumentStore(Directory directory, DocumentErrors errors, DocumentFields fields, Callable<Opened> opening) {
		this.directory = directory;
		this.errors = errors;
		this.fields = fields;
		try {
			Opened opened = errors.named("open the documents in", () -> this.owner.call(opening));
			this.index = opened.index();
			this.view = new DocumentView(new SealedDocuments(this.index.reader()), Tail.EMPTY, opened.newest(), errors);
		}
		catch (RuntimeException | Error ex) {
			this.owner.close();
			this.merger.close();
			IOUtils.closeWhileHandlingException(directory);
			throw ex;
		}
	}

	/**
	 * Creates an empty store. What a directory holds, except the commits of some
	 * snapshots, is dropped.
	 * @param path the directory, for messages
	 * @param directory the directory; closed with the store
	 * @param snapshots the numbers of snapshots whose commits are retained
	 * @param fields what to store and to index
	 */
	static DocumentStore create(Path path, Directory directory, Set<Long> snapshots, DocumentFields fields) {
		return new DocumentStore(directory, new DocumentErrors(path), fields,
				() -> new Opened(LuceneIndex.create(directory, fields.analyzer(), generations(directory, snapshots)),
						0));
	}

	/**
	 * Opens a store as it was committed for a snapshot. What was changed later, and the
	 * commits of other snapshots, are dropped.
	 * @param path the directory, for messages
	 * @param directory the directory; closed with the store
	 * @param generation the commit that the snapshot names
	 * @param snapshot the number of the snapshot
	 * @param snapshots the numbers of further snapshots, whose commits are retained
	 * @param fields what to store and to index from now on
	 * @throws dev.snapvec.CorruptIndexException if the commit is missing, damaged, or
	 * that of another snapshot
	 */
	static DocumentStore open(Path path, Directory directory, long generation, long snapshot, Set<Long> snapshots,
			DocumentFields fields) {
		return new DocumentStore(directory, new DocumentErrors(path), fields, () -> {
			DocumentCommit commit = DocumentCommit.find(directory, generation, snapshot);
			return new Opened(
					LuceneIndex.open(directory, fields.analyzer(), generation, generations(directory, snapshots)),
					commit.newest());
		});
	}

	/** The commits of some snapshots: of each one the newest. */
	private static Set<Long> generations(Directory directory, Set<Long> snapshots) throws IOException {
		Map<Long, Long> newest = new HashMap<>();
		for (Map.Entry<Long, Map<String, String>> commit : LuceneIndex.commits(directory).entrySet()) {
			newest.merge(DocumentCommit.snapshot(commit.getValue()), commit.getKey(), Math::max);
		}
		newest.keySet().retainAll(snapshots);
		return new HashSet<>(newest.values());
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
	 * Adds documents. Does not wait for the disk.
	 * @param documents the documents, or new versions of them
	 * @return the number of the first, greater than all that were given before; those of
	 * the others follow one by one
	 */
	long put(List<StoredDocument> documents) {
		return change((current) -> {
			long newest = current.newest();
			Tail tail = current.tail();
			for (StoredDocument document : documents) {
				tail = tail.plus(put(++newest, document));
			}
			return new DocumentView(current.sealed(), tail, newest, this.errors);
		}).newest() - documents.size() + 1;
	}

	private TailChange.Put put(long number, StoredDocument document) {
		return new TailChange.Put(number, this.fields.keepVectors() ? document : document.withoutVector());
	}

	/**
	 * Adds a document that had a number before.
	 * @param number its number
	 * @param document the document
	 */
	void restore(long number, StoredDocument document) {
		change((current) -> new DocumentView(current.sealed(), current.tail().plus(put(number, document)),
				Math.max(current.newest(), number), this.errors));
	}

	/**
	 * Declares all numbers up to one as given.
	 */
	void givenUpTo(long newest) {
		publish((current) -> new DocumentView(current.sealed(), current.tail(), Math.max(current.newest(), newest),
				this.errors));
	}

	/**
	 * Removes documents. Does not wait for the disk.
	 * @param numbers their numbers; those of no document are ignored
	 */
	void remove(long... numbers) {
		change((current) -> {
			Tail tail = current.tail();
			for (long number : numbers) {
				tail = tail.plus(new TailChange.Removal(number));
			}
			return new DocumentView(current.sealed(), tail, current.newest(), this.errors);
		});
	}

	private DocumentView change(UnaryOperator<DocumentView> change) {
		requireOpen();
		DocumentView changed = publish(change);
		if (isMuch(changed.tail(), 1) && !this.held && this.handingOver.compareAndSet(false, true)) {
			startQuietly(this.owner, () -> {
				this.handingOver.set(false);
				handOverQuietly();
			});
		}
		return changed;
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
		if (isMuch(this.view.tail(), MOST_BATCHES) && !this.held) {
			try {
				handOver();
			}
			catch (SnapvecException ex) {
				// stays in memory, and is reported by failure()
			}
		}
	}

	/**
	 * Hands all changes over to Lucene and waits for it, except while they are held.
	 */
	void handOver() {
		run("write documents to", () -> {
			handOverAll();
		});
	}

	/** Runs an action without result on the owner's thread. */
	private void run(String attempt, DocumentErrors.Action action) {
		own(attempt, () -> {
			action.run();
			return Boolean.TRUE;
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

	private void handOverAll() throws IOException {
		handOver(releasedChanges());
	}

	/** Together with {@link #hold}: what is made after it is never among them. */
	private List<TailChange> releasedChanges() {
		this.publishing.lock();
		try {
			return this.held ? List.of() : this.view.tail().changes();
		}
		finally {
			this.publishing.unlock();
		}
	}

	/** On the owner's thread. */
	private void handOver(List<TailChange> changes) throws IOException {
		if (changes.isEmpty()) {
			return;
		}
		try {
			write(changes);
			this.index.refresh((reader) -> publish((current) -> current.with(reader, current.tail().without(changes))));
			this.failure = null;
		}
		catch (IOException | RuntimeException ex) {
			this.failure = failure(ex);
			throw ex;
		}
		startMerging();
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
				handOverAll();
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
		publish((current) -> current.with(reader, current.tail()));
	}

	/**
	 * Keeps changes in memory. To be called before the rows of a snapshot are taken.
	 */
	void hold() {
		this.publishing.lock();
		this.held = true;
		this.publishing.unlock();
	}

	/** Ends {@link #hold}. */
	void releaseHold() {
		this.held = false;
	}

	/**
	 * Commits the documents of a snapshot, and ends {@link #hold}.
	 * @param snapshot the number of the snapshot
	 * @param newest the highest number that its rows have or had
	 * @param holds whether one of its rows has a number
	 * @return the commit, for the snapshot to name it
	 */
	DocumentCommit commit(long snapshot, long newest, LongPredicate holds) {
		try {
			return own("commit the documents in", () -> {
				handOver(this.view.tail().until(holds));
				long generation = this.index.commit(DocumentCommit.userData(snapshot, newest), this::publish);
				return new DocumentCommit(generation, snapshot, newest);
			});
		}
		finally {
			releaseHold();
		}
	}

	/**
	 * Deletes all commits but those of some snapshots and the newest.
	 * @param snapshots the numbers of the snapshots
	 */
	void retain(Set<Long> snapshots) {
		run("delete old commits in", () -> {
			this.index.retain(generations(this.directory, snapshots));
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
		handOver();
		requireOpen();
		this.errors.named("purge the documents in", () -> this.merger.call(() -> {
			this.index.mergeDeletes();
			return null;
		}));
		run("read the documents in", () -> {
			refresh();
		});
	}

	/**
	 * {@return why the last attempt to write in the background failed, or null}
	 */
	@Nullable SnapvecException failure() {
		return this.failure;
	}

	DocumentStats stats() {
		try (DocumentView current = view()) {
			return this.errors.named("list", () -> new DocumentStats(current.size(), current.tail().count(),
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
