package dev.snapvec.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.snapvec.IndexIoException;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.capture.Captures;
import dev.snapvec.internal.file.Disk;
import dev.snapvec.internal.file.Reason;
import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import dev.snapvec.internal.number.NumberedLog;
import dev.snapvec.internal.number.NumberedRows;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead log of one index in a store: its segments, of which the current one is
 * open. A segment is started between mutations. For a snapshot about to be saved, it
 * continues the segment before, so that an older snapshot and both segments give the same
 * rows; for another index, it is started together with that index's snapshot. See
 * docs/adr/0005-write-ahead-log.md.
 */
final class StoreLog implements NumberedLog, Closeable {

	private final StoreFiles files;

	private final Ownership ownership;

	private final LogSync sync;

	private final SafeIndex handle;

	private final @Nullable Loaded loaded;

	private final Documents documents;

	private volatile @Nullable ScheduledExecutorService forcing;

	/** Written between mutations. */
	private volatile @Nullable Current current;

	/** Why nothing can be recorded until the next snapshot is saved. */
	private volatile @Nullable Throwable broken;

	/** Guarded by whatever prevents two segments from being started concurrently. */
	private long highestNumber;

	/** Held while the first mutation starts the log of a new index. */
	private final OrderedLock beginning = new OrderedLock(LockRank.LOG_BEGIN, "the start of a log");

	/** Bytes of the segments before the current one that the newest snapshot needs. */
	private volatile long earlierBytes;

	private final AtomicLong failures = new AtomicLong();

	private volatile @Nullable Exception failure;

	StoreLog(StoreFiles files, Ownership ownership, LogSync sync, SafeIndex handle, @Nullable Loaded loaded,
			Documents documents) {
		this.files = files;
		this.ownership = ownership;
		this.sync = sync;
		this.handle = handle;
		this.loaded = loaded;
		this.documents = documents;
	}

	/** Saves the documents of a state before its snapshot is written. */
	@FunctionalInterface
	interface Documents {

		/**
		 * @param capture the state
		 * @param snapshot the number of its snapshot
		 * @return the state, with the commit of its documents
		 */
		Captures.Capture saved(Captures.Capture capture, long snapshot);

	}

	/**
	 * An index as it was restored or saved.
	 *
	 * @param index the index
	 * @param changes the number of its changes until then
	 * @param snapshot the number of its snapshot
	 * @param last the last segment that was replayed, or null
	 */
	record Loaded(VectorIndex index, long changes, long snapshot, LogChain.@Nullable Last last) {

		private boolean isStill(VectorIndex other) {
			return this.index == other && Captures.changes(other) == this.changes;
		}

	}

	private record Current(long number, LogWriter writer) {
	}

	/**
	 * A rotation: the end of one segment and the start of the next.
	 *
	 * @param number the number of the snapshot to save now
	 * @param capture the state to save, of the same moment between two mutations, so that
	 * the snapshot contains nothing that its segment records
	 * @param generation its generation, or a later one
	 * @param saved whether the snapshot is saved already
	 */
	record Cut(long number, Captures.Capture capture, long generation, boolean saved) {
	}

	private ScheduledExecutorService forceEvery(Duration interval) {
		ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "snapvec-log-" + this.handle.name());
			thread.setDaemon(true);
			return thread;
		});
		long nanos = interval.toNanos();
		executor.scheduleWithFixedDelay(this::force, nanos, nanos, TimeUnit.NANOSECONDS);
		return executor;
	}

	private void force() {
		try {
			Current current = this.current;
			if (current != null) {
				current.writer.force();
			}
		}
		catch (IOException | RuntimeException ex) {
			// the writer keeps the failure and fails the next mutation
			failed(ex);
		}
		catch (Error ex) {
			// if it was thrown, the executor would silently stop
			failed(new IOException("the log could not be forced to disk: " + Reason.of(ex), ex));
		}
	}

	private void failed(Exception failure) {
		this.failure = failure;
		this.failures.incrementAndGet();
	}

	LogStats stats() {
		Current current = this.current;
		return new LogStats((current != null) ? this.earlierBytes + current.writer.end() : 0, this.failures.get(),
				this.failure);
	}

	@Override
	public void begin(VectorIndex index) {
		Current old = this.current;
		if (old == null && isNew(index)) {
			return;
		}
		Loaded loaded = this.loaded;
		Current next = (old == null && loaded != null && loaded.isStill(index) && !this.handle.isDirty()) ? goOn(loaded)
				: null;
		begin((next != null) ? next : beginWithSnapshot(index));
	}

	/**
	 * An index without rows need not be saved, nor be fitted, before its first mutation,
	 * unless an existing snapshot would be restored in its place.
	 */
	private boolean isNew(VectorIndex index) {
		return index.size() == 0 && !this.handle.isDirty() && this.files.snapshots().isEmpty();
	}

	/**
	 * The current segment. The first mutation of a new index starts it, while others wait
	 * and none is applied, so the snapshot that it starts with has no rows.
	 */
	private @Nullable Current current() {
		if (this.current != null) {
			return this.current;
		}
		this.beginning.lock();
		try {
			if (this.current == null) {
				begin(beginWithSnapshot(this.handle.local().index()));
			}
			return this.current;
		}
		finally {
			this.beginning.unlock();
		}
	}

	private void begin(Current next) {
		Current old = this.current;
		Duration interval = this.sync.interval();
		if (old == null && interval != null) {
			this.forcing = forceEvery(interval);
		}
		this.current = next;
		this.broken = null;
		this.failure = null;
		if (old != null) {
			close(old);
		}
	}

	private @Nullable Current goOn(Loaded loaded) {
		LogChain.Last last = loaded.last;
		if (last != null) {
			LogStart start = continuation(last);
			long number = start.header().number();
			this.earlierBytes = bytes(this.files.logs().subMap(loaded.snapshot, number).values());
			return new Current(number, create(start));
		}
		long number = loaded.snapshot;
		return this.files.logs().tailMap(number).isEmpty()
				? new Current(number, create(LogStart.empty(new LogHeader(number, 0, 0)))) : null;
	}

	/**
	 * A segment that continues another one: never in the same file, which a writer that
	 * lost the directory may still append to, truncate or force to disk. It continues the
	 * records that are known to be on disk there, and repeats the others, which an
	 * operating system may report as written after it failed to write them. If it repeats
	 * all of them, it replaces the other segment, so that restarts leave no segments
	 * without content.
	 */
	private LogStart continuation(LogChain.Last last) {
		LogReplay.Position position = last.position();
		long proven = position.proven();
		if (proven == 0) {
			return new LogStart(last.header(), last.path(), 0, position.records());
		}
		LogHeader header = new LogHeader(nextNumber(), last.number(), proven);
		return new LogStart(header, last.path(), proven, position.records());
	}

	private static long bytes(Collection<Path> logs) {
		return logs.stream().mapToLong((log) -> log.toFile().length()).sum();
	}

	private LogWriter create(LogStart start) {
		return LogWriter.create(this.files.log(start.header().number()), start, this.sync, this.ownership);
	}

	/** A number that was never used, not even by a file that could not be written. */
	private long nextNumber() {
		this.highestNumber = Math.max(this.highestNumber + 1, this.files.nextNumber());
		return this.highestNumber;
	}

	private Current beginWithSnapshot(VectorIndex index) {
		Captures.Capture capture = Captures.of(index);
		long number = nextNumber();
		LogWriter writer = create(LogStart.empty(new LogHeader(number, 0, 0)));
		boolean[] written = new boolean[1];
		try {
			this.documents.saved(capture, number).save(this.files.snapshot(number), () -> {
				this.ownership.require();
				written[0] = true;
			});
			this.earlierBytes = 0;
			return new Current(number, writer);
		}
		catch (RuntimeException | Error ex) {
			discard(number, writer, written[0], ex);
			throw ex;
		}
	}

	/**
	 * A snapshot that stays, or reappears after a power loss, would be restored in place
	 * of the current segment.
	 */
	private void discard(long number, LogWriter writer, boolean written, Throwable cause) {
		Disk disk = Disk.current();
		boolean comesBack = written;
		try {
			writer.close();
			this.ownership.require();
			if (written) {
				disk.delete(this.files.snapshot(number));
				disk.forceDirectory(this.files.directory());
				comesBack = false;
			}
			disk.delete(writer.path());
		}
		catch (IOException | RuntimeException ex) {
			cause.addSuppressed(ex);
		}
		finally {
			if (comesBack) {
				this.broken = cause;
			}
		}
	}

	/** The number of the current segment, or 0 if none was started. */
	long number() {
		Current current = this.current;
		return (current != null) ? current.number : 0;
	}

	/** Rotates: starts the segment that belongs to the next snapshot. */
	Cut cut() {
		Cut[] cut = new Cut[1];
		this.handle.local().betweenMutations(() -> cut[0] = cutNow());
		return cut[0];
	}

	private Cut cutNow() {
		VectorIndex index = this.handle.local().index();
		Captures.Capture capture = Captures.of(index);
		long generation = this.handle.generation();
		Current old = this.current;
		if (old != null && isFinished(old)) {
			long number = nextNumber();
			LogHeader header = new LogHeader(number, old.number, old.writer.records());
			LogWriter writer = create(LogStart.empty(header));
			this.earlierBytes += old.writer.end();
			begin(new Current(number, writer));
			return new Cut(number, capture, generation, false);
		}
		Current next = beginWithSnapshot(index);
		begin(next);
		return new Cut(next.number, capture, generation, true);
	}

	/** The snapshot of the last rotation is on disk. */
	void saved() {
		this.earlierBytes = 0;
	}

	private boolean isFinished(Current old) {
		if (this.broken != null) {
			return false;
		}
		try {
			old.writer.finish();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void put(List<String> ids, float[][] vectors) {
		append(MutationRecords.put(ids, vectors));
	}

	@Override
	public void delete(List<String> ids) {
		append(MutationRecords.delete(ids));
	}

	@Override
	public void put(NumberedRows rows, long first) {
		append(MutationRecords.put(rows, first));
	}

	@Override
	public void delete(List<String> ids, long[] numbers) {
		append(MutationRecords.delete(ids, numbers));
	}

	@Override
	public void renumber(List<String> ids, long[] expected, long first, byte[][] payloads) {
		append(MutationRecords.renumber(ids, expected, first, payloads));
	}

	@Override
	public void attribute(String name, String value) {
		if (this.current == null && !this.handle.isFitted()) {
			return; // it will be in the snapshot that the log starts with
		}
		append(MutationRecords.attribute(name, value));
	}

	private void append(Iterator<ByteBuffer> mutation) {
		try {
			Current current = current();
			Throwable broken = this.broken;
			if (current == null || broken != null) {
				throw new IndexIoException(this.files.directory(),
						"record mutations before the next snapshot is saved in", (broken != null)
								? new IOException(Reason.of(broken), broken) : new IOException("no log was started"));
			}
			current.writer.append(mutation);
		}
		catch (SnapvecException ex) {
			failed(ex);
			throw ex;
		}
		if (this.failure != null) {
			this.failure = null;
		}
	}

	private static void close(Current current) {
		try {
			current.writer.close();
		}
		catch (IOException ex) {
			// all of it is on disk, or in the snapshot that the next segment starts with
			return;
		}
	}

	/**
	 * Waits for the thread that forces: whatever it still did would be done to a
	 * directory that is another writer's by then.
	 */
	private static void end(ScheduledExecutorService forcing) {
		forcing.shutdown();
		boolean interrupted = false;
		while (!forcing.isTerminated()) {
			try {
				forcing.awaitTermination(1, TimeUnit.MINUTES);
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/** Ends recording. */
	@Override
	public void close() throws IOException {
		ScheduledExecutorService forcing = this.forcing;
		if (forcing != null) {
			end(forcing);
		}
		Current current = this.current;
		this.current = null;
		if (current != null) {
			try {
				current.writer.finish();
			}
			finally {
				current.writer.close();
			}
		}
	}

}
