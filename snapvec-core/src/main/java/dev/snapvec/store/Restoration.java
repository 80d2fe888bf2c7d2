package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.file.AtomicFile;
import dev.snapvec.internal.file.Disk;
import dev.snapvec.internal.number.ReplayListener;
import org.jspecify.annotations.Nullable;

/**
 * The restorable state of a directory, found without changing anything in it.
 *
 * @param snapshot the snapshot that was loaded
 * @param outcome the index with the replayed mutations
 * @param damaged newer snapshots, which are damaged
 * @param reasons why these, or the end of the WAL, cannot be used, newest first
 */
record Restoration(Snapshot snapshot, LogChain.Outcome outcome, List<Snapshot> damaged,
		List<SnapvecException> reasons) {

	/** The newest snapshot and all segments since, or null if there is nothing. */
	static @Nullable Restoration newest(StoreFiles files, LoadOptions options, ReplayListener listener) {
		List<Snapshot> snapshots = files.snapshots();
		if (snapshots.isEmpty()) {
			LogChain.requireEmpty(files);
			return null;
		}
		Restoration found = of(files, snapshots.get(0), options, List.of(), List.of(), listener);
		CorruptIndexException damage = found.outcome.damage();
		if (damage != null) {
			throw advised(damage);
		}
		return found;
	}

	/** The damage that ends a restore, with what to do about it. */
	static CorruptIndexException advised(CorruptIndexException damage) {
		return new CorruptIndexException(damage.path(),
				String.format(Locale.ROOT,
						"%s. Put back an intact copy of that file, or restore the newest valid state, which ends there",
						damage.getMessage()),
				damage);
	}

	/** The newest valid snapshot and the valid prefix of the segments since, or null. */
	static @Nullable Restoration newestSound(StoreFiles files, LoadOptions options, ReplayListener listener) {
		List<Snapshot> damaged = new ArrayList<>();
		List<SnapvecException> reasons = new ArrayList<>();
		for (Snapshot snapshot : files.snapshots()) {
			try {
				return of(files, snapshot, options, damaged, reasons, listener);
			}
			catch (CorruptIndexException ex) {
				damaged.add(snapshot);
				reasons.add(ex);
			}
		}
		if (reasons.isEmpty()) {
			LogChain.requireEmpty(files);
			return null;
		}
		throw allDamaged(reasons);
	}

	static SnapvecException allDamaged(List<SnapvecException> reasons) {
		SnapvecException newest = reasons.get(0);
		reasons.subList(1, reasons.size()).forEach(newest::addSuppressed);
		return newest;
	}

	private static Restoration of(StoreFiles files, Snapshot snapshot, LoadOptions options, List<Snapshot> damaged,
			List<SnapvecException> reasons, ReplayListener listener) {
		return of(files, snapshot, VectorIndex.load(snapshot.path(), options), options, damaged, reasons, listener);
	}

	static Restoration of(StoreFiles files, Snapshot snapshot, VectorIndex index, LoadOptions options,
			List<Snapshot> damaged, List<SnapvecException> reasons, ReplayListener listener) {
		LogChain.Outcome outcome = LogChain.replay(files, snapshot.number(), index,
				() -> VectorIndex.load(snapshot.path(), options), listener);
		List<SnapvecException> all = new ArrayList<>(reasons);
		if (outcome.damage() != null) {
			all.add(outcome.damage());
		}
		return new Restoration(snapshot, outcome, List.copyOf(damaged), List.copyOf(all));
	}

	/**
	 * Sets aside what was not used, so that the rest is restored without damage. After
	 * each step the directory restores to the same state, so a failure in between, or a
	 * power loss, costs nothing: the newest segment is set aside first, and a segment
	 * that is truncated is copied before.
	 */
	void setRestAside(StoreFiles files) {
		if (this.reasons.isEmpty()) {
			return;
		}
		LogChain.Last last = this.outcome.last();
		if (this.outcome.damage() != null) {
			long first = (last != null) ? last.number() + 1 : this.snapshot.number();
			List<Path> rest = new ArrayList<>(files.logs().tailMap(first, true).descendingMap().values());
			rest.forEach((log) -> StoreFiles.move(log, StoreFiles.corrupt(log)));
			if (last != null) {
				cut(last);
			}
		}
		this.damaged.forEach((newer) -> StoreFiles.move(newer.path(), StoreFiles.corrupt(newer.path())));
		try {
			Disk.current().forceDirectory(files.directory());
		}
		catch (IOException ex) {
			throw new IndexIoException(files.directory(), "set aside damaged files in", ex);
		}
	}

	/**
	 * The valid prefix becomes a new file, as does everything that replaces a segment.
	 */
	private static void cut(LogChain.Last last) {
		Path path = last.path();
		LogReplay.Position position = last.position();
		try (LogReader reader = new LogReader(path)) {
			if (reader.size() > position.end()) {
				AtomicFile.writeBytes(StoreFiles.corrupt(path), (channel) -> reader.copyTo(channel, reader.size()),
						AtomicFile.Guard.NONE);
				AtomicFile.writeBytes(path, (channel) -> reader.copyTo(channel, position.end()), AtomicFile.Guard.NONE);
			}
		}
		catch (IOException ex) {
			throw new IndexIoException(path, "set aside the damaged end of", ex);
		}
	}

}
