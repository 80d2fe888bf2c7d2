package dev.snapvec.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

import dev.snapvec.IndexIoException;
import dev.snapvec.StoreLockedException;
import dev.snapvec.internal.file.AtomicFile;
import dev.snapvec.internal.file.Disk;
import dev.snapvec.internal.file.Reason;
import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one WAL segment, which it created. Thread-safe.
 * <p>
 * Group commit: writers append one after the other and then wait for the disk together.
 * One of them forces to disk what all have appended so far, while others append behind
 * it. A write counts only if the file still has its name and the directory its owner; see
 * {@link Ownership} for why that is checked last. Nothing is appended to a file whose
 * length somebody else changed.
 * <p>
 * If an fsync fails, the records that it should have covered are truncated, and their
 * mutations fail: a kernel may have dropped them, so another fsync would prove nothing.
 * Nothing is appended before that is done. If they were acknowledged without an fsync,
 * they stay, and nothing can be appended any more until a snapshot is saved. See
 * docs/adr/0005-write-ahead-log.md.
 */
final class LogWriter {

	private final FileIdentity identity;

	private final LogSync sync;

	private final Ownership ownership;

	private final RandomAccessFile file;

	private final Disk disk = Disk.current();

	/** Held during an fsync; acquired before {@link #appending}. */
	private final OrderedLock forcing = new OrderedLock(LockRank.LOG_FORCE, "the forcing of a log");

	private final OrderedLock appending = new OrderedLock(LockRank.LOG_APPEND, "the end of a log");

	/** Position of the next record, and the number of records. */
	private long end;

	private long records;

	private long forcedEnd;

	private long forcedRecords;

	private List<Waiting> waiting = new ArrayList<>();

	/** Whether there may be bytes behind the end. */
	private boolean dirtyEnd;

	/** Why an fsync failed, if acknowledged mutations may be lost by that. */
	private volatile @Nullable Exception behind;

	private LogWriter(RandomAccessFile file, FileIdentity identity, LogSync sync, Ownership ownership, long end,
			long records) {
		this.file = file;
		this.identity = identity;
		this.sync = sync;
		this.ownership = ownership;
		this.end = end;
		this.records = records;
		this.forcedEnd = end;
		this.forcedRecords = records;
	}

	/** A mutation that is appended and waits for the fsync. Guarded by forcing. */
	private static final class Waiting {

		private boolean settled;

		private @Nullable Throwable failure;

	}

	/**
	 * Creates a segment, or replaces one of the same name. It is a new file in any case:
	 * a writer that lost the directory may still have the old one open, and must not
	 * affect the new one.
	 * @throws IndexIoException if it cannot be created
	 * @throws StoreLockedException if another writer owns the directory
	 */
	static LogWriter create(Path path, LogStart start, LogSync sync, Ownership ownership) {
		try {
			AtomicFile.writeBytes(path, start, ownership::require);
			RandomAccessFile file = Disk.current().open(path);
			try {
				LogWriter writer = new LogWriter(file, FileIdentity.of(path), sync, ownership, file.length(),
						start.records());
				writer.requireOwned();
				return writer;
			}
			catch (IOException | RuntimeException | Error ex) {
				file.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new IndexIoException(path, "create log", ex);
		}
	}

	Path path() {
		return this.identity.path();
	}

	long records() {
		this.appending.lock();
		try {
			return this.records;
		}
		finally {
			this.appending.unlock();
		}
	}

	/** Position of the next record, which is the length in bytes. */
	long end() {
		this.appending.lock();
		try {
			return this.end;
		}
		finally {
			this.appending.unlock();
		}
	}

	/**
	 * Appends a mutation, and waits for the fsync if the mode requires it.
	 * @throws IndexIoException if the mutation is not, and will not be, in the log
	 * @throws StoreLockedException if another writer owns the directory
	 */
	void append(Iterator<ByteBuffer> mutation) {
		try {
			requireNotBehind();
			this.ownership.require(); // otherwise what is rejected below could be found
			Waiting waiting = write(mutation);
			if (this.sync.isAlways()) {
				await(waiting);
			}
			else {
				requireOwnedOrStop();
			}
		}
		catch (IOException ex) {
			throw new IndexIoException(path(), "apply the mutation, as it could not be recorded in", ex);
		}
	}

	private void requireNotBehind() throws IOException {
		Exception behind = this.behind;
		if (behind != null) {
			throw new IOException(String.format(Locale.ROOT,
					"%s; acknowledged mutations may not be on disk, save a snapshot to continue", Reason.of(behind)),
					behind);
		}
	}

	/**
	 * Acknowledged mutations may be in a file that nobody will read, so only a snapshot
	 * helps.
	 */
	private void requireOwnedOrStop() throws IOException {
		try {
			requireOwned();
		}
		catch (IOException | RuntimeException ex) {
			this.behind = ex;
			throw ex;
		}
	}

	private void requireOwned() throws IOException {
		this.ownership.require(); // says more where both are lost
		this.identity.require();
	}

	private Waiting write(Iterator<ByteBuffer> mutation) throws IOException {
		while (true) {
			this.appending.lock();
			try {
				if (!this.dirtyEnd || this.end == this.forcedEnd) {
					cleanEnd();
					requireEnd();
					return writeAtEnd(mutation);
				}
			}
			finally {
				this.appending.unlock();
			}
			// Otherwise truncated bytes could reappear behind what overwrites them.
			force();
		}
	}

	private Waiting writeAtEnd(Iterator<ByteBuffer> mutation) throws IOException {
		this.dirtyEnd = true;
		long at = this.end;
		long number = this.records;
		try {
			while (mutation.hasNext()) {
				ByteBuffer record = mutation.next();
				LogRecord.seal(record, ++number, this.forcedRecords);
				this.disk.write(this.file, at, record.array(), record.capacity());
				at += record.capacity();
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			if (this.end == this.forcedEnd) {
				cleanEndQuietly(ex);
			}
			throw ex;
		}
		this.dirtyEnd = false;
		this.end = at;
		this.records = number;
		Waiting waiting = new Waiting();
		if (this.sync.isAlways()) {
			this.waiting.add(waiting);
		}
		return waiting;
	}

	/**
	 * Truncates what is behind the end, durably; everything before it is on disk. A
	 * writer that lost the directory truncates nothing: its new owner may have read it.
	 */
	private void cleanEnd() throws IOException {
		if (this.dirtyEnd) {
			requireOwned();
			requireLength(Long.MAX_VALUE); // otherwise it would grow by zeros
			this.disk.truncate(this.file, this.end);
			this.disk.force(this.file);
			this.dirtyEnd = false;
		}
	}

	/** A copy can be written over a file without changing its identity. */
	private void requireEnd() throws IOException {
		requireLength(this.end);
	}

	private void requireLength(long most) throws IOException {
		long length = this.file.length();
		if (length < this.end || length > most) {
			throw new IOException(String.format(Locale.ROOT,
					"%s was changed while it was written to: its length must be %d bytes, but was %d; save a snapshot"
							+ " to continue",
					path(), this.end, length));
		}
	}

	private void cleanEndQuietly(Throwable cause) {
		try {
			cleanEnd();
		}
		catch (IOException | RuntimeException | Error ex) {
			if (ex != cause) {
				cause.addSuppressed(ex);
			}
		}
	}

	private void await(Waiting waiting) throws IOException {
		Throwable failure;
		this.forcing.lock();
		try {
			if (!waiting.settled) {
				force();
			}
			failure = waiting.failure;
		}
		finally {
			this.forcing.unlock();
		}
		if (failure instanceof StoreLockedException ex) {
			throw ex;
		}
		if (failure != null) {
			throw new IOException(Reason.of(failure), failure);
		}
	}

	/**
	 * Forces everything appended so far to disk, and checks that it is where a restart
	 * will read it.
	 */
	void force() throws IOException {
		this.forcing.lock();
		try {
			requireNotBehind();
			List<Waiting> covered;
			long end;
			long records;
			this.appending.lock();
			try {
				covered = this.waiting;
				this.waiting = new ArrayList<>();
				end = this.end;
				records = this.records;
			}
			finally {
				this.appending.unlock();
			}
			try {
				if (end > this.forcedEnd) {
					this.disk.force(this.file);
				}
				requireOwned();
			}
			catch (IOException | RuntimeException | Error ex) {
				failed(covered, ex);
				throw ex;
			}
			forced(end, records);
			covered.forEach((waiting) -> waiting.settled = true);
		}
		finally {
			this.forcing.unlock();
		}
	}

	private void forced(long end, long records) {
		this.appending.lock();
		try {
			this.forcedEnd = end;
			this.forcedRecords = records;
		}
		finally {
			this.appending.unlock();
		}
	}

	private void failed(List<Waiting> covered, Throwable cause) {
		if (!this.sync.isAlways()) {
			// running out of memory says nothing about the disk, so the fsync is repeated
			if (cause instanceof Exception ex) {
				this.behind = ex;
			}
			return;
		}
		this.appending.lock();
		try {
			// all are informed before anything can fail: otherwise a mutation would count
			// as forced
			fail(covered, cause);
			fail(this.waiting, cause);
			this.waiting.clear();
			this.end = this.forcedEnd;
			this.records = this.forcedRecords;
			this.dirtyEnd = true;
			cleanEndQuietly(cause);
		}
		finally {
			this.appending.unlock();
		}
	}

	private static void fail(List<Waiting> covered, Throwable cause) {
		for (Waiting waiting : covered) {
			waiting.settled = true;
			waiting.failure = cause;
		}
	}

	/**
	 * Seals the segment so that the next one can continue it: forced to disk and without
	 * a torn tail.
	 */
	void finish() throws IOException {
		force();
		this.appending.lock();
		try {
			cleanEnd();
			requireEnd();
		}
		finally {
			this.appending.unlock();
		}
	}

	void close() throws IOException {
		this.file.close();
	}

}
