package dev.snapvec.internal.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * A disk that can lose its power: at any moment it tells what may be left of one
 * directory. What was not forced is there, is there in part, is zeros, or is not there,
 * in any combination; so is every new, renamed or deleted name whose directory was not
 * forced. Operations can fail. Forcing a file that fails drops what was to be written, in
 * part, and succeeds next time; forcing a directory that fails leaves its changes in
 * doubt for ever.
 */
public final class PowerDisk extends Disk implements AutoCloseable {

	private static final int SECTOR = 512;

	private final Random random;

	private final Map<RandomAccessFile, Inode> open = new IdentityHashMap<>();

	/** As the running process sees them. */
	private Map<Path, Inode> names = new HashMap<>();

	/** As they are after a loss of power, but for what follows. */
	private Map<Path, Inode> durableNames = new HashMap<>();

	private final List<NameChange> nameChanges = new ArrayList<>();

	private Path root;

	private double faults;

	private boolean dead;

	private long operations;

	private Runnable afterOperation = () -> {
	};

	public PowerDisk(Path root, Random random) {
		this.root = root;
		this.random = random;
		Disk.use(this);
	}

	/** A file: what is on disk, and what was done to it since. */
	private static final class Inode {

		private byte[] durable = {};

		private List<Change> pending = new ArrayList<>();

	}

	/** A write, or a truncation if there are no bytes. */
	private record Change(long at, byte @Nullable [] bytes) {
	}

	/** Names that change in one step: what each stands for then, or null for nothing. */
	private static final class NameChange {

		private final Map<Path, @Nullable Inode> names = new HashMap<>();

		private boolean inDoubt;

	}

	/** Runs after each operation, and in the middle of those that take long. */
	public synchronized void afterOperation(Runnable action) {
		this.afterOperation = action;
	}

	/** Which share of the operations fails. */
	public synchronized void faults(double share) {
		this.faults = share;
	}

	/** Has every operation fail, as for a process that was killed. */
	public synchronized void dead(boolean dead) {
		this.dead = dead;
	}

	public synchronized long operations() {
		return this.operations;
	}

	private boolean isElsewhere(Path path) {
		return !path.toAbsolutePath().startsWith(this.root);
	}

	private void begin(String operation) throws IOException {
		if (this.dead) {
			throw new IOException("pretended: killed");
		}
		this.operations++;
		if (fails()) {
			throw new IOException("pretended: " + operation);
		}
	}

	private boolean fails() {
		return this.random.nextDouble() < this.faults;
	}

	/** Writes what may be left after a loss of power to another directory. */
	public synchronized void lose(Path target) throws IOException {
		int share = this.random.nextInt(5);
		Map<Path, Inode> left = new HashMap<>(this.durableNames);
		for (NameChange change : this.nameChanges) {
			if (happens(share)) {
				apply(change, left);
			}
		}
		Files.createDirectories(target);
		for (Map.Entry<Path, Inode> file : left.entrySet()) {
			Path path = target.resolve(this.root.relativize(file.getKey()));
			Files.createDirectories(path.getParent());
			Files.write(path, left(file.getValue(), share));
		}
	}

	/** Goes on in a directory that was left, all of which is on disk. */
	public synchronized void continueIn(Path directory) throws IOException {
		this.root = directory;
		this.open.clear();
		this.names = new HashMap<>();
		this.nameChanges.clear();
		try (var files = Files.walk(directory)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				if (!file.endsWith(".lock")) {
					Inode inode = new Inode();
					inode.durable = Files.readAllBytes(file);
					this.names.put(file, inode);
				}
			}
		}
		this.durableNames = new HashMap<>(this.names);
	}

	/** Nothing, all, or anything. */
	private boolean happens(int share) {
		return this.random.nextInt(4) < share;
	}

	private byte[] left(Inode inode, int share) {
		byte[] bytes = inode.durable;
		for (Change change : inode.pending) {
			if (happens(share)) {
				bytes = apply(change, bytes);
			}
			else if (change.bytes != null && share > 0) {
				bytes = partly(change, bytes);
			}
		}
		return bytes;
	}

	private static byte[] apply(Change change, byte[] bytes) {
		if (change.bytes == null) {
			return Arrays.copyOf(bytes, (int) change.at);
		}
		byte[] grown = Arrays.copyOf(bytes, Math.max(bytes.length, (int) change.at + change.bytes.length));
		System.arraycopy(change.bytes, 0, grown, (int) change.at, change.bytes.length);
		return grown;
	}

	private byte[] partly(Change change, byte[] bytes) {
		byte[] written = change.bytes;
		switch (this.random.nextInt(4)) {
			case 0 -> {
				int torn = this.random.nextInt(written.length + 1);
				return apply(new Change(change.at, Arrays.copyOf(written, torn)), bytes);
			}
			case 1 -> {
				return Arrays.copyOf(bytes, Math.max(bytes.length, (int) change.at + written.length));
			}
			case 2 -> {
				byte[] some = Arrays.copyOf(bytes, Math.max(bytes.length, (int) change.at + written.length));
				for (int i = 0; i < written.length;) {
					int at = (int) change.at + i;
					int sector = Math.min(SECTOR - at % SECTOR, written.length - i);
					if (this.random.nextBoolean()) {
						System.arraycopy(written, i, some, at, sector);
					}
					i += sector;
				}
				return some;
			}
			default -> {
				return bytes;
			}
		}
	}

	private static void apply(NameChange change, Map<Path, Inode> names) {
		change.names.forEach((name, inode) -> {
			if (inode != null) {
				names.put(name, inode);
			}
			else {
				names.remove(name);
			}
		});
	}

	private void change(@Nullable Path removed, @Nullable Path added, @Nullable Inode inode) {
		NameChange change = new NameChange();
		if (removed != null) {
			change.names.put(removed, null);
		}
		if (added != null) {
			change.names.put(added, inode);
		}
		apply(change, this.names);
		this.nameChanges.add(change);
		this.afterOperation.run();
	}

	private void change(RandomAccessFile file, Change change) {
		Inode inode = this.open.get(file);
		if (inode != null) {
			inode.pending.add(change);
			this.afterOperation.run();
		}
	}

	@Override
	synchronized RandomAccessFile create(Path path) throws IOException {
		if (isElsewhere(path)) {
			return super.create(path);
		}
		begin("create");
		RandomAccessFile file = super.create(path);
		Inode inode = new Inode();
		this.open.put(file, inode);
		change(null, path, inode);
		return file;
	}

	@Override
	public synchronized RandomAccessFile open(Path path) throws IOException {
		if (isElsewhere(path)) {
			return super.open(path);
		}
		begin("open");
		RandomAccessFile file = super.open(path);
		this.open.put(file, this.names.get(path));
		return file;
	}

	@Override
	public synchronized void write(RandomAccessFile file, long at, byte[] bytes, int count) throws IOException {
		if (!this.open.containsKey(file)) {
			super.write(file, at, bytes, count);
			return;
		}
		int written = count;
		try {
			begin("write");
		}
		catch (IOException ex) {
			if (this.dead) {
				throw ex;
			}
			written = (count > 0) ? this.random.nextInt(count) : 0;
			super.write(file, at, bytes, written);
			change(file, new Change(at, Arrays.copyOf(bytes, written)));
			throw ex;
		}
		super.write(file, at, bytes, count);
		change(file, new Change(at, Arrays.copyOf(bytes, count)));
	}

	@Override
	public synchronized void truncate(RandomAccessFile file, long length) throws IOException {
		if (this.open.containsKey(file)) {
			begin("truncate");
			super.truncate(file, length);
			change(file, new Change(length, null));
		}
		else {
			super.truncate(file, length);
		}
	}

	@Override
	public synchronized void force(RandomAccessFile file) throws IOException {
		Inode inode = this.open.get(file);
		if (inode == null) {
			super.force(file);
			return;
		}
		try {
			begin("force");
		}
		catch (IOException ex) {
			if (!this.dead) {
				drop(file, inode);
			}
			throw ex;
		}
		for (Change change : inode.pending) {
			inode.durable = apply(change, inode.durable);
		}
		inode.pending.clear();
		this.afterOperation.run();
	}

	/** Truncations are not data, and are written some time. */
	private void drop(RandomAccessFile file, Inode inode) throws IOException {
		List<Change> stay = new ArrayList<>();
		for (Change change : inode.pending) {
			if (change.bytes == null) {
				stay.add(change);
			}
			else if (this.random.nextBoolean()) {
				inode.durable = partly(change, inode.durable);
			}
		}
		inode.pending = stay;
		if (this.random.nextInt(3) == 0) {
			file.setLength(inode.durable.length);
			file.seek(0);
			file.write(inode.durable);
		}
		this.afterOperation.run();
	}

	@Override
	synchronized void replace(Path from, Path to) throws IOException {
		if (isElsewhere(from)) {
			super.replace(from, to);
			return;
		}
		begin("replace");
		super.replace(from, to);
		change(from, to, this.names.get(from));
	}

	@Override
	public synchronized void rename(Path from, Path to) throws IOException {
		if (isElsewhere(from)) {
			super.rename(from, to);
			return;
		}
		begin("rename");
		super.rename(from, to);
		change(from, to, this.names.get(from));
	}

	@Override
	public synchronized void delete(Path path) throws IOException {
		if (isElsewhere(path)) {
			super.delete(path);
			return;
		}
		begin("delete");
		super.delete(path);
		change(path, null, null);
	}

	@Override
	public synchronized void forceDirectory(Path directory) throws IOException {
		if (isElsewhere(directory)) {
			return;
		}
		try {
			begin("force directory");
		}
		catch (IOException ex) {
			if (!this.dead) {
				this.nameChanges.forEach((change) -> change.inDoubt = true);
			}
			throw ex;
		}
		List<NameChange> inDoubt = new ArrayList<>();
		for (NameChange change : this.nameChanges) {
			if (change.inDoubt) {
				inDoubt.add(change);
			}
			else {
				apply(change, this.durableNames);
				inDoubt.forEach((earlier) -> earlier.names.keySet().removeAll(change.names.keySet()));
			}
		}
		this.nameChanges.clear();
		this.nameChanges.addAll(inDoubt);
		this.afterOperation.run();
	}

	@Override
	public void close() {
		Disk.use(new Disk());
	}

}
