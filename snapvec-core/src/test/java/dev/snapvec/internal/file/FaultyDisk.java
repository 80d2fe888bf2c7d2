package dev.snapvec.internal.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A disk of which one operation fails, or all from one on. A write that fails writes half
 * of its bytes. Forcing takes no time: no power fails in a test.
 */
public final class FaultyDisk extends Disk implements AutoCloseable {

	private final long first;

	private final boolean stays;

	/** What files that are still being made will be. */
	private final Map<RandomAccessFile, String> kinds = new ConcurrentHashMap<>();

	private long operations;

	private boolean healed;

	private boolean paused;

	private @Nullable String failing;

	private @Nullable String failed;

	private Runnable beforeForce = () -> {
	};

	private final Map<String, Runnable> before = new ConcurrentHashMap<>();

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

	/**
	 * Has something done before each operation of a name, which may throw what disks do
	 * not: memory can run out anywhere.
	 */
	public void before(String operation, Runnable action) {
		this.before.put(operation, action);
	}

	/** Whether operations neither fail nor count. */
	public synchronized void pause(boolean paused) {
		this.paused = paused;
	}

	public synchronized void heal() {
		this.failing = null;
		this.before.clear();
		this.healed = true;
	}

	private synchronized boolean fails(String operation) {
		if (this.paused) {
			return false;
		}
		this.operations++;
		boolean fails = !this.healed && (this.stays ? this.operations >= this.first : this.operations == this.first);
		fails |= operation.equals(this.failing);
		if (fails && this.failed == null) {
			this.failed = operation;
		}
		return fails;
	}

	private void run(String operation) throws IOException {
		this.before.getOrDefault(operation, () -> {
		}).run();
		if (fails(operation)) {
			throw new IOException("pretended: " + operation);
		}
	}

	private String kind(RandomAccessFile file) {
		return this.kinds.getOrDefault(file, "log");
	}

	@Override
	RandomAccessFile create(Path path) throws IOException {
		String name = path.getFileName().toString();
		run("create " + name);
		RandomAccessFile file = super.create(path);
		this.kinds.put(file, name.contains(".snaplog") ? "log" : "snapshot");
		return file;
	}

	@Override
	public RandomAccessFile open(Path path) throws IOException {
		run("open " + path.getFileName());
		return super.open(path);
	}

	@Override
	public void write(RandomAccessFile file, long at, byte[] bytes, int count) throws IOException {
		if (fails("write " + kind(file))) {
			super.write(file, at, bytes, count / 2);
			throw new IOException("pretended: no space left on device");
		}
		super.write(file, at, bytes, count);
	}

	@Override
	public void force(RandomAccessFile file) throws IOException {
		if (!this.kinds.containsKey(file)) {
			this.beforeForce.run();
		}
		run("force " + kind(file));
	}

	@Override
	public void truncate(RandomAccessFile file, long length) throws IOException {
		run("truncate log");
		super.truncate(file, length);
	}

	@Override
	void replace(Path from, Path to) throws IOException {
		run("rename to " + to.getFileName());
		super.replace(from, to);
	}

	@Override
	public void rename(Path from, Path to) throws IOException {
		run("set aside " + to.getFileName());
		super.rename(from, to);
	}

	@Override
	public Path createDirectory(Path parent, String prefix) throws IOException {
		run("create directory " + prefix);
		return super.createDirectory(parent, prefix);
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
	public void close() {
		Disk.use(new Disk());
	}

}
