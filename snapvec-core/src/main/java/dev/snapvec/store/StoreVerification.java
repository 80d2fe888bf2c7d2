package dev.snapvec.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexFile;
import dev.snapvec.LoadOptions;
import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.number.ReplayListener;
import dev.snapvec.store.StoreReport.CheckedLog;
import dev.snapvec.store.StoreReport.CheckedSnapshot;
import dev.snapvec.store.StoreReport.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Restores a directory without using the result, and reports. Not thread-safe.
 */
final class StoreVerification {

	/** How often a writer may add or delete files while they are read. */
	private static final int ATTEMPTS = 10;

	private final StoreFiles files;

	private final LoadOptions options = LoadOptions.defaults();

	private final List<CheckedSnapshot> checked = new ArrayList<>();

	private final List<SnapvecException> reasons = new ArrayList<>();

	/** The outcome, determined by the first file that decides it. */
	private @Nullable Outcome restore;

	private @Nullable Outcome restoreNewestSound;

	private StoreVerification(StoreFiles files) {
		this.files = files;
	}

	/**
	 * If files are added or deleted meanwhile, a file that seems damaged may only be
	 * gone.
	 */
	static StoreReport of(StoreFiles files) {
		for (int attempt = 1;; attempt++) {
			List<Path> before = files.used();
			StoreReport report = new StoreVerification(files).report();
			if (report.isSound() || attempt == ATTEMPTS || files.used().equals(before)) {
				return report;
			}
		}
	}

	private StoreReport report() {
		List<Snapshot> snapshots = this.files.snapshots();
		snapshots.forEach(this::check);
		if (snapshots.isEmpty()) {
			this.restore = withoutSnapshots();
			this.restoreNewestSound = this.restore;
		}
		if (this.restoreNewestSound == null) {
			this.restoreNewestSound = Outcome.failed(Restoration.allDamaged(this.reasons));
		}
		List<CheckedLog> logs = this.files.logs()
			.descendingMap()
			.entrySet()
			.stream()
			.map((log) -> check(log.getKey(), log.getValue()))
			.toList();
		return new StoreReport(this.files.directory(), List.copyOf(this.checked), logs,
				(this.restore != null) ? this.restore : this.restoreNewestSound, this.restoreNewestSound);
	}

	private Outcome withoutSnapshots() {
		try {
			LogChain.requireEmpty(this.files);
			return Outcome.NOTHING;
		}
		catch (SnapvecException ex) {
			return Outcome.failed(ex);
		}
	}

	private void check(Snapshot snapshot) {
		try {
			VectorIndex index = VectorIndex.load(snapshot.path(), this.options);
			this.checked.add(new CheckedSnapshot(snapshot, index.size(),
					IndexFile.describe(snapshot.path()).checksummed(), null));
			if (this.restoreNewestSound == null) {
				restore(snapshot, index);
			}
		}
		catch (SnapvecException ex) {
			this.checked.add(new CheckedSnapshot(snapshot, 0, false, ex));
			this.reasons.add(ex);
			if (this.restore == null) {
				this.restore = Outcome.failed(ex);
			}
			if (this.restoreNewestSound == null && !(ex instanceof CorruptIndexException)) {
				this.restoreNewestSound = Outcome.failed(ex);
			}
		}
	}

	/** From the newest snapshot that can be loaded. */
	private void restore(Snapshot snapshot, VectorIndex index) {
		try {
			Restoration found = Restoration.of(this.files, snapshot, index, this.options, List.of(), List.of(),
					ReplayListener.NONE);
			CorruptIndexException damage = found.outcome().damage();
			this.restoreNewestSound = Outcome.of(found);
			if (this.restore == null) {
				this.restore = (damage != null) ? Outcome.failed(Restoration.advised(damage)) : this.restoreNewestSound;
			}
		}
		catch (SnapvecException ex) {
			this.restoreNewestSound = Outcome.failed(ex);
			if (this.restore == null) {
				this.restore = this.restoreNewestSound;
			}
		}
	}

	private static CheckedLog check(long number, Path path) {
		long bytes = path.toFile().length();
		try {
			LogLink link = LogLink.read(number, path);
			if (link == null) {
				return new CheckedLog(number, path, bytes, 0, 0, bytes, null);
			}
			return new CheckedLog(number, path, link.bytes(), link.records(), link.mutations(),
					link.bytes() - link.end(), (link.damage() != null) ? link.damaged(link.damage()) : null);
		}
		catch (SnapvecException ex) {
			return new CheckedLog(number, path, bytes, 0, 0, bytes, ex);
		}
	}

}
