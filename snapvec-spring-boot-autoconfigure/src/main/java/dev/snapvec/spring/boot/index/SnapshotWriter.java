package dev.snapvec.spring.boot.index;

import java.time.Duration;
import java.util.Locale;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.event.SnapshotFailed;
import dev.snapvec.spring.boot.event.SnapshotWritten;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.LogStats;
import dev.snapvec.store.Snapshot;

/**
 * Writes the snapshots of one index, and reports their outcome to the logger and to
 * listeners, including what is lost if none can be written.
 */
final class SnapshotWriter {

	private static final Log logger = LogFactory.getLog(SnapshotWriter.class);

	private final FailureLog failures = new FailureLog(logger, System::nanoTime);

	private final StoredIndex index;

	SnapshotWriter(StoredIndex index) {
		this.index = index;
	}

	/** Saves the index; its lock is held. */
	Snapshot save(IndexStore store, Notices notices) {
		Stopwatch time = new Stopwatch();
		try {
			Snapshot snapshot = store.save(this.index.index());
			saved(store, snapshot, time.elapsed(), notices);
			return snapshot;
		}
		catch (RuntimeException ex) {
			failed(ex, notices);
			throw ex;
		}
	}

	private void saved(IndexStore store, Snapshot snapshot, Duration duration, Notices notices) {
		IndexDefinition definition = this.index.definition();
		this.index.latest(snapshot);
		this.index.failure(null);
		store.deletionFailure()
			.ifPresent((ex) -> logger.warn(String.format(Locale.ROOT,
					"Index '%s' is saved, but files in %s that are no longer needed could not be deleted",
					definition.name(), definition.directory()), ex));
		this.failures.succeeded(String.format(Locale.ROOT, "Index '%s' is saved", definition.name()));
		this.index.log(logger,
				String.format(Locale.ROOT, "Saved index '%s': %d rows, %d bytes to %s in %d ms", definition.name(),
						this.index.index().size(), snapshot.bytes(), snapshot.path().getFileName(),
						duration.toMillis()));
		this.index.tell((listener) -> listener.written(definition.template(), snapshot, duration), notices);
		this.index.publish(new SnapshotWritten(this.index.index(), snapshot, duration), notices);
	}

	private void failed(RuntimeException ex, Notices notices) {
		IndexDefinition definition = this.index.definition();
		this.failures.failed(String.format(Locale.ROOT,
				"Index '%s' could not be saved; changes since its last snapshot are in %s only", definition.name(),
				definition.logs() ? "its write-ahead log" : "memory"), ex);
		this.index.failure(ex);
		this.index.tell((listener) -> listener.failed(definition.template(), ex), notices);
		this.index.publish(new SnapshotFailed(this.index.index(), ex), notices);
	}

	/** Logs what is lost if the process ends now. */
	void lost(RuntimeException failure) {
		logger.error(String.format(Locale.ROOT, "Index '%s' could not be saved when it was closed: %s",
				this.index.definition().name(), loss()), failure);
	}

	private String loss() {
		if (this.index.definition().logs()) {
			Exception failure = this.index.log().map(LogStats::failure).orElse(null);
			return (failure != null)
					? "of its " + changes() + ", those that are not in its write-ahead log are lost: " + failure
					: "nothing is lost, its write-ahead log contains its " + changes();
		}
		return "its " + changes() + " are lost";
	}

	private String changes() {
		Snapshot latest = this.index.latest();
		return String.format(Locale.ROOT, "%d changes since %s", this.index.index().unsavedChanges(),
				(latest != null) ? latest.path().getFileName() : "it was created");
	}

}
