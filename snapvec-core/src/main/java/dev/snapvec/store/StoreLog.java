package dev.snapvec.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.snapvec.IndexIoException;
import dev.snapvec.MutationLog;
import dev.snapvec.SafeIndex;
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

	private final LogSync sync;

	private final SafeIndex handle;

	private final @Nullable Loaded loaded;

	private volatile @Nullable ScheduledExecutorService forcing;

	/** Written between mutations. */
	private volatile @Nullable Current current;

	/** Why nothing can be recorded before the next snapshot. */
	private volatile @Nullable IOException broken;

	StoreLog(StoreFiles files, LogSync sync, SafeIndex handle, @Nullable Loaded loaded) {
		this.files = files;
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
			return;
		}
	}

	@Override
	public void begin(VectorIndex index) {
		Current old = this.current;
		Loaded loaded = this.loaded;
		boolean goOn = old == null && loaded != null && loaded.index == index && !this.handle.isDirty();
		Current next = (goOn && loaded != null) ? goOn(loaded) : null;
		begin((next != null) ? next : beginWithSnapshot(index));
	}

	private void begin(Current next) {
		Current old = this.current;
		Duration interval = this.sync.interval();
		if (old == null && interval != null) {
			this.forcing = forceEvery(interval);
		}
		this.current = next;
		this.broken = null;
		if (old != null) {
			close(old);
		}
	}

	private @Nullable Current goOn(Loaded loaded) {
		LogChain.Last last = loaded.last;
		if (last != null) {
			return new Current(last.number(), LogWriter.reopen(last.path(), this.sync, last.end(), last.records()));
		}
		long number = loaded.snapshot;
		return this.files.logs().tailMap(number).isEmpty() ? new Current(number, create(new LogHeader(number, 0, 0)))
				: null;
	}

	private LogWriter create(LogHeader header) {
		return LogWriter.create(this.files.log(header.number()), header, this.sync);
	}

	private Current beginWithSnapshot(VectorIndex index) {
		long number = this.files.nextNumber();
		LogWriter writer = create(new LogHeader(number, 0, 0));
		try {
			index.save(this.files.snapshot(number));
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
		boolean continued = old != null && isFinished(old);
		if (continued) {
			long number = this.files.nextNumber();
			begin(new Current(number, create(new LogHeader(number, old.number, old.writer.records()))));
			return new Cut(number, index, generation, false);
		}
		Current next = beginWithSnapshot(index);
		begin(next);
		return new Cut(next.number, index, generation, true);
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
		append(MutationRecords.attribute(name, value));
	}

	private void append(Iterator<ByteBuffer> mutation) {
		Current current = this.current;
		IOException broken = this.broken;
		if (current == null || broken != null) {
			throw new IndexIoException(this.files.directory(), "record mutations before the next snapshot is saved in",
					(broken != null) ? broken : new IOException("no log was begun"));
		}
		current.writer.append(mutation);
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
