package dev.snapvec.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.snapvec.IndexIoException;
import dev.snapvec.internal.file.Disk;
import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one log. Thread-safe.
 * <p>
 * Writers append one after the other and then wait for the disk together: one of them
 * forces what all have appended until then, while others append behind it.
 * <p>
 * What was appended but not forced when forcing fails is cut off, and its mutations fail;
 * a kernel may have dropped it, so forcing it again would prove nothing. Nothing is
 * appended before that is done. If it was acknowledged without being forced, it stays,
 * and nothing can be appended any more: only a snapshot can make up for it.
 */
final class LogWriter {

	private final Path path;

	private final LogSync sync;

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
	private volatile @Nullable IOException behind;

	private LogWriter(Path path, RandomAccessFile file, LogSync sync, long end, long records) {
		this.path = path;
		this.file = file;
		this.sync = sync;
		this.end = end;
		this.records = records;
		this.forcedEnd = end;
		this.forcedRecords = records;
	}

	/** A mutation that is appended and waits for the disk. Guarded by forcing. */
	private static final class Waiting {

		private boolean settled;

		private @Nullable IOException failure;

	}

	static LogWriter create(Path path, LogHeader header, LogSync sync) {
		Disk disk = Disk.current();
		try {
			RandomAccessFile file = disk.open(path);
			try {
				disk.truncate(file, 0);
				disk.write(file, 0, header.toBytes(), LogHeader.BYTES);
				disk.force(file);
				disk.forceDirectory(Objects.requireNonNull(path.toAbsolutePath().getParent()));
				return new LogWriter(path, file, sync, LogHeader.BYTES, 0);
			}
			catch (IOException | RuntimeException | Error ex) {
				file.close();
				disk.delete(path);
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new IndexIoException(path, "begin log", ex);
		}
	}

	/** Goes on behind the records that are sound. */
	static LogWriter reopen(Path path, LogSync sync, long end, long records) {
		Disk disk = Disk.current();
		try {
			RandomAccessFile file = disk.open(path);
			try {
				disk.truncate(file, end);
				disk.force(file);
				return new LogWriter(path, file, sync, end, records);
			}
			catch (IOException | RuntimeException | Error ex) {
				file.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new IndexIoException(path, "go on with log", ex);
		}
	}

	Path path() {
		return this.path;
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
	 */
	void append(Iterator<ByteBuffer> mutation) {
		try {
			requireNotBehind();
			Waiting waiting = write(mutation);
			if (this.sync.isAlways()) {
				await(waiting);
			}
		}
		catch (IOException ex) {
			throw new IndexIoException(this.path, "record the mutation, which was not applied, in", ex);
		}
	}

	private void requireNotBehind() throws IOException {
		IOException behind = this.behind;
		if (behind != null) {
			throw new IOException(String.format(Locale.ROOT,
					"%s; what was acknowledged before may not be on disk, save a snapshot to go on",
					behind.getMessage()), behind);
		}
	}

	private Waiting write(Iterator<ByteBuffer> mutation) throws IOException {
		this.appending.lock();
		try {
			cleanEnd();
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
				cleanEndQuietly(ex);
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
		finally {
			this.appending.unlock();
		}
	}

	private void cleanEnd() throws IOException {
		if (this.dirtyEnd) {
			this.disk.truncate(this.file, this.end);
			if (this.end == this.forcedEnd) {
				this.disk.force(this.file);
			}
			this.dirtyEnd = false;
		}
	}

	private void cleanEndQuietly(Throwable cause) {
		try {
			cleanEnd();
		}
		catch (IOException ex) {
			cause.addSuppressed(ex);
		}
	}

	private void await(Waiting waiting) throws IOException {
		IOException failure;
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
		if (failure != null) {
			throw new IOException(failure.getMessage(), failure);
		}
	}

	/** Has everything that was appended until now on disk. */
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
				requirePresent();
			}
			catch (IOException ex) {
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

	/** A file can be written to, and forced, after it was deleted. */
	private void requirePresent() throws IOException {
		if (Files.notExists(this.path)) {
			throw new NoSuchFileException(this.path + " was deleted while it was written to");
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

	private void failed(List<Waiting> covered, IOException cause) {
		if (!this.sync.isAlways()) {
			this.behind = cause;
			return;
		}
		this.appending.lock();
		try {
			covered.addAll(this.waiting);
			this.waiting = new ArrayList<>();
			this.end = this.forcedEnd;
			this.records = this.forcedRecords;
			this.dirtyEnd = true;
			cleanEndQuietly(cause);
		}
		finally {
			this.appending.unlock();
		}
		for (Waiting waiting : covered) {
			waiting.settled = true;
			waiting.failure = cause;
		}
	}

	/** Makes the log what the next one can continue: forced and without a torn end. */
	void finish() throws IOException {
		this.appending.lock();
		try {
			cleanEnd();
		}
		finally {
			this.appending.unlock();
		}
		force();
	}

	void close() throws IOException {
		this.file.close();
	}

}
