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
import java.util.concurrent.locks.ReentrantLock;

import dev.snapvec.IndexIoException;
import dev.snapvec.MutationLog;
import dev.snapvec.SafeIndex;
import dev.snapvec.StoreLockedException;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.file.Disk;
import org.jspecify.annotations.Nullable;

/**
 * The logs of one index in a store, the current one being written. A log is begun between
 * mutations: for a snapshot about to be saved it continues the one before, so that an
 * older snapshot and both logs give the same rows; for another index it is begun together
 * with that index's snapshot.
 */
final class StoreLog implements MutationLog, Closeable {

	private final StoreFiles files;

	private final DirectoryLock lock;

	private final LogSync sync;

	private final SafeIndex handle;

	private final @Nullable Loaded loaded;

	private volatile @Nullable ScheduledExecutorService forcing;

	/** Written between mutations. */
	private volatile @Nullable Current current;

	/** Why nothing can be recorded before the next snapshot. */
	private volatile @Nullable IOException broken;

	/** Held while the first mutation begins the log of a new index. */
	private final ReentrantLock beginning = new ReentrantLock();

	/** Bytes of the logs before the current one that the newest snapshot needs. */
	private volatile long earlierBytes;

	private final AtomicLong failures = new AtomicLong();

	private volatile @Nullable Exception failure;

	StoreLog(StoreFiles files, DirectoryLock lock, LogSync sync, SafeIndex handle, @Nullable Loaded loaded) {
		this.files = files;
		this.lock = lock;
		this.sync = sync;
		this.handle = handle;
		this.loaded = loaded;
	}

	/**
	 * An index as it was restored.
	 *
	 * @param index the index
	 * @param snapshot the number of its snapshot
	 * @param last the last log that was applied to it
	 */
	record Loaded(VectorIndex index, long snapshot, LogChain.@Nullable Last last) {
	}

	private record Current(long number, LogWriter writer) {
	}

	/**
	 * Where a log ended and the next one began.
	 *
	 * @param number the number of the snapshot to save now
	 * @param index the index to save
	 * @param generation its generation, or a later one
	 * @param saved whether it is saved already
	 */
	record Cut(long number, VectorIndex index, long generation, boolean saved) {
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
		catch (IOException ex) {
			// the writer keeps it and fails the next mutation
			failed(ex);
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
		boolean goOn = old == null && loaded != null && loaded.index == index && !this.handle.isDirty();
		Current next = (goOn && loaded != null) ? goOn(loaded) : null;
		begin((next != null) ? next : beginWithSnapshot(index));
	}

	/**
	 * An index without rows need not be saved, nor be fitted, before its first mutation,
	 * unless what is there already would be restored in its place.
	 */
	private boolean isNew(VectorIndex index) {
		return index.size() == 0 && !this.handle.isDirty() && this.files.snapshots().isEmpty();
	}

	/**
	 * The current log. The first mutation of a new index begins it, while others wait and
	 * none is applied, so the snapshot that it begins with has no rows.
	 */
	private @Nullable Current current() {
		if (this.current != null) {
			return this.current;
		}
		// A channel would close itself under an interrupted thread.
		boolean interrupted = Thread.interrupted();
		this.beginning.lock();
		try {
			if (this.current == null) {
				begin(beginWithSnapshot(this.handle.index()));
			}
			return this.current;
		}
		finally {
			this.beginning.unlock();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
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
			this.earlierBytes = bytes(this.files.logs().subMap(loaded.snapshot, last.number()).values());
			return new Current(last.number(), LogWriter.reopen(last.path(), this.sync, last.end(), last.records()));
		}
		long number = loaded.snapshot;
		return this.files.logs().tailMap(number).isEmpty() ? new Current(number, create(new LogHeader(number, 0, 0)))
				: null;
	}

	private static long bytes(Collection<Path> logs) {
		return logs.stream().mapToLong((log) -> log.toFile().length()).sum();
	}

	private LogWriter create(LogHeader header) {
		return LogWriter.create(this.files.log(header.number()), header, this.sync);
	}

	private Current beginWithSnapshot(VectorIndex index) {
		long number = this.files.nextNumber();
		LogWriter writer = create(new LogHeader(number, 0, 0));
		try {
			index.save(this.files.snapshot(number));
			this.earlierBytes = 0;
			return new Current(number, writer);
		}
		catch (RuntimeException | Error ex) {
			discard(number, writer, ex);
			throw ex;
		}
	}

	/**
	 * A snapshot that stays would be restored in place of the current log.
	 */
	private void discard(long number, LogWriter writer, Throwable cause) {
		Path snapshot = this.files.snapshot(number);
		try {
			writer.close();
			Disk.current().delete(snapshot);
			Disk.current().delete(writer.path());
		}
		catch (IOException ex) {
			cause.addSuppressed(ex);
			if (snapshot.toFile().exists()) {
				this.broken = ex;
			}
		}
	}

	/** The number of the current log, or 0 if none was begun. */
	long number() {
		Current current = this.current;
		return (current != null) ? current.number : 0;
	}

	/** Begins the log that belongs to the next snapshot. */
	Cut cut() {
		Cut[] cut = new Cut[1];
		this.handle.betweenMutations(() -> cut[0] = cutNow());
		return cut[0];
	}

	private Cut cutNow() {
		VectorIndex index = this.handle.index();
		long generation = this.handle.generation();
		Current old = this.current;
		if (old != null && isFinished(old)) {
			long number = this.files.nextNumber();
			LogWriter writer = create(new LogHeader(number, old.number, old.writer.records()));
			this.earlierBytes += old.writer.end();
			begin(new Current(number, writer));
			return new Cut(number, index, generation, false);
		}
		Current next = beginWithSnapshot(index);
		begin(next);
		return new Cut(next.number, index, generation, true);
	}

	/** The snapshot that was to be saved is on disk. */
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
	public void attribute(String name, String value) {
		if (this.current == null && !this.handle.stats().fitted()) {
			return; // it will be in the snapshot that the log begins with
		}
		append(MutationRecords.attribute(name, value));
	}

	private void append(Iterator<ByteBuffer> mutation) {
		try {
			Current current = current();
			IOException broken = this.broken;
			if (current == null || broken != null) {
				throw new IndexIoException(this.files.directory(),
						"record mutations before the next snapshot is saved in",
						(broken != null) ? broken : new IOException("no log was begun"));
			}
			requireOwned(); // or records of another writer could be overwritten
			current.writer.append(mutation);
			requireOwned();
		}
		catch (IndexIoException | StoreLockedException ex) {
			failed(ex);
			throw ex;
		}
		if (this.failure != null) {
			this.failure = null;
		}
	}

	private void requireOwned() {
		try {
			this.lock.requireOwned();
		}
		catch (IOException ex) {
			throw new IndexIoException(this.files.directory(), "record the mutation, which was not applied, in", ex);
		}
	}

	private static void close(Current current) {
		try {
			current.writer.close();
		}
		catch (IOException ex) {
			// all of it is on disk, or in the snapshot that the next one begins with
			return;
		}
	}

	/** Ends recording; nothing is recorded any more. */
	@Override
	public void close() throws IOException {
		ScheduledExecutorService forcing = this.forcing;
		if (forcing != null) {
			forcing.shutdown();
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
