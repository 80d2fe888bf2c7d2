package dev.snapvec.internal.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A disk of which one operation fails, or all from one on. A write that fails writes half
 * of its bytes. Forcing takes no time: no power fails in a test.
 */
public final class FaultyDisk extends Disk implements AutoCloseable {

	private final long first;

	private final boolean stays;

	private long operations;

	private boolean healed;

	private @Nullable String failing;

	private @Nullable String failed;

	private Runnable beforeForce = () -> {
	};

	private FaultyDisk(long first, boolean stays) {
		this.first = first;
		this.stays = stays;
	}

	/** A disk whose operation of a number fails, and those after it if that stays. */
	public static FaultyDisk failing(long operation, boolean stays) {
		FaultyDisk disk = new FaultyDisk(operation, stays);
		Disk.use(disk);
		return disk;
	}

	/** A disk without faults, which says when it is about to force a log. */
	public static FaultyDisk watched(Runnable beforeForce) {
		FaultyDisk disk = failing(Long.MAX_VALUE, false);
		disk.beforeForce = beforeForce;
		return disk;
	}

	/** The operation that failed, if one did. */
	public synchronized Optional<String> failed() {
		return Optional.ofNullable(this.failed);
	}

	/** Has an operation fail from now on. */
	public synchronized void fail(String operation) {
		this.failing = operation;
	}

	public synchronized void heal() {
		this.failing = null;
		this.healed = true;
	}

	private synchronized boolean fails(String operation) {
		this.operations++;
		boolean fails = !this.healed && (this.stays ? this.operations >= this.first : this.operations == this.first);
		fails |= operation.equals(this.failing);
		if (fails && this.failed == null) {
			this.failed = operation;
		}
		return fails;
	}

	private void run(String operation) throws IOException {
		if (fails(operation)) {
			throw new IOException("pretended: " + operation);
		}
	}

	@Override
	FileChannel create(Path path) throws IOException {
		run("create " + path.getFileName());
		return super.create(path);
	}

	@Override
	void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
		if (fails("write snapshot")) {
			super.write(channel, bytes.slice().limit(bytes.remaining() / 2));
			throw new IOException("pretended: no space left on device");
		}
		super.write(channel, bytes);
	}

	@Override
	void force(Path path, FileChannel channel) throws IOException {
		run("force snapshot");
	}

	@Override
	void replace(Path from, Path to) throws IOException {
		run("rename to " + to.getFileName());
		super.replace(from, to);
	}

	@Override
	public void forceDirectory(Path directory) throws IOException {
		run("force directory");
	}

	@Override
	public void delete(Path path) throws IOException {
		run("delete " + path.getFileName());
		super.delete(path);
	}

	@Override
	public RandomAccessFile open(Path path) throws IOException {
		run("open " + path.getFileName());
		return super.open(path);
	}

	@Override
	public void write(RandomAccessFile file, long at, byte[] bytes, int count) throws IOException {
		if (fails("write log")) {
			super.write(file, at, bytes, count / 2);
			throw new IOException("pretended: no space left on device");
		}
		super.write(file, at, bytes, count);
	}

	@Override
	public void force(RandomAccessFile file) throws IOException {
		this.beforeForce.run();
		run("force log");
	}

	@Override
	public void truncate(RandomAccessFile file, long length) throws IOException {
		run("truncate log");
		super.truncate(file, length);
	}

	@Override
	public void close() {
		Disk.use(new Disk());
	}

}
