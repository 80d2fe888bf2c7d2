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
 * Appends to one log, which it made. Thread-safe.
 * <p>
 * Writers append one after the other and then wait for the disk together: one of them
 * forces what all have appended until then, while others append behind it. What is
 * written counts only if the file still has its name and the directory its writer; see
 * {@link Ownership} for why that is asked last. Nothing is appended to a file whose
 * length somebody else changed.
 * <p>
 * What was appended but not forced when forcing fails is cut off, and its mutations fail;
 * a kernel may have dropped it, so forcing it again would prove nothing. Nothing is
 * appended before that is done. If it was acknowledged without being forced, it stays,
 * and nothing can be appended any more: only a snapshot can make up for it.
 */
final class LogWriter {

	private final FileIdentity identity;

	private final LogSync sync;

	private final Ownership ownership;

	private final RandomAccessFile file;

	private final Disk disk = Disk.current();

	/** Held while forcing; taken before {@link #appending}. */
	private final OrderedLock forcing = new OrderedLock(LockRank.LOG_FORCE, "the forcing of a log");

	private final OrderedLock appending = new OrderedLock(LockRank.LOG_APPEND, "the end of a log");

	/** Where the next record goes, and how many there are. */
	private long end;

	private long records;

	private long forcedEnd;

	private long forcedRecords;

	private List<Waiting> waiting = new ArrayList<>();

	/** Whether there may be something behind the end. */
	private boolean dirtyEnd;

	/** Why forcing failed, if what is acknowledged may be lost to the disk for that. */
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

	/** A mutation that is appended and waits for the disk. Guarded by forcing. */
	private static final class Waiting {

		private boolean settled;

		private @Nullable Throwable failure;

	}

	/**
	 * Makes a log, or puts it in the place of one with the same name. It is a new file in
	 * any case: a writer that lost the directory may still hold the old one open, and
	 * whatever it does to that is not done to this.
	 * @throws IndexIoException if it cannot be made
	 * @throws StoreLockedException if another writer has the directory
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
			throw new IndexIoException(path, "begin log", ex);
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

	/** Where the next record goes, which is how many bytes there are. */
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
	 * Appends a mutation, and waits for the disk if that was promised.
	 * @throws IndexIoException if it is not, and will not be, in the log
	 * @throws StoreLockedException if another writer has the directory
	 */
	void append(Iterator<ByteBuffer> mutation) {
		try {
			requireNotBehind();
			this.ownership.require(); // or what is refused below could be found
			Waiting waiting = write(mutation);
			if (this.sync.isAlways()) {
				await(waiting);
			}
			else {
				requireOwnedOrStop();
			}
		}
		catch (IOException ex) {
			throw new IndexIoException(path(), "record the mutation, which was not applied, in", ex);
		}
	}

	private void requireNotBehind() throws IOException {
		Exception behind = this.behind;
		if (behind != null) {
			throw new IOException(String.format(Locale.ROOT,
					"%s; what was acknowledged before may not be on disk, save a snapshot to go on", Reason.of(behind)),
					behind);
		}
	}

	/** What returned before may be where nobody looks, so only a snapshot helps. */
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
			// Else what is cut off could come back behind what is written over it.
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
	 * Cuts off what is behind the end, all of which is on disk, for good. A writer that
	 * lost the directory cuts nothing off: the one that has it now may have read it.
	 */
	private void cleanEnd() throws IOException {
		if (this.dirtyEnd) {
			requireOwned();
			requireLength(Long.MAX_VALUE); // else it would grow, by zeros
			this.disk.truncate(this.file, this.end);
			this.disk.force(this.file);
			this.dirtyEnd = false;
		}
	}

	/** A copy can be written over a file, which stays the same file. */
	private void requireEnd() throws IOException {
		requireLength(this.end);
	}

	private void requireLength(long most) throws IOException {
		long length = this.file.length();
		if (length < this.end || length > most) {
			throw new IOException(String.format(Locale.ROOT,
					"%s was changed while it was written to: its length must be %d bytes, but was %d; save a snapshot"
							+ " to go on",
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
	 * Has everything that was appended until now on disk, where it will be looked for.
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
			// memory that ran out tells nothing of the disk, which is asked again
			if (cause instanceof Exception ex) {
				this.behind = ex;
			}
			return;
		}
		this.appending.lock();
		try {
			// all is said before anything can fail: who is not told takes it for forced
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

	/** Makes the log what the next one can continue: forced and without a torn end. */
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
