package dev.snapvec.spring.boot.actuate.endpoint;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.snapvec.IndexIoException;
import dev.snapvec.IndexStats;
import dev.snapvec.LocalIndexRequiredException;
import dev.snapvec.NotFittedException;
import dev.snapvec.RecallOptions;
import dev.snapvec.RecallReport;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.actuate.endpoint.OperationDescriptor.Outcome;
import dev.snapvec.spring.boot.actuate.endpoint.OperationDescriptor.Restorable;
import dev.snapvec.spring.boot.actuate.endpoint.OperationDescriptor.VerifiedFile;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.Snapshot;
import dev.snapvec.store.StoreReport;

/**
 * Runs operations on one index and describes their results.
 */
class OperationRunner {

	private static final int DIGITS = 4;

	private final SnapvecIndexes indexes;

	private final SafeIndex index;

	private final IndexSnapshots snapshots;

	private final long start = System.nanoTime();

	OperationRunner(SnapvecIndexes indexes, String name, IndexSnapshots snapshots) {
		this.indexes = indexes;
		this.index = indexes.get(name);
		this.snapshots = snapshots;
	}

	OperationDescriptor run(IndexOperation operation, RecallOptions recall) {
		try {
			return switch (operation) {
				case SNAPSHOT -> snapshot();
				case FREEZE -> freeze();
				case UNFREEZE -> unfreeze();
				case COMPACT -> compact();
				case RELOAD -> reload();
				case CLEAR_CACHE -> clearCache();
				case VERIFY -> verify();
				case RECALL -> recall(recall);
			};
		}
		catch (IllegalStateException | NotFittedException | LocalIndexRequiredException ex) {
			return describe(operation, Outcome.REFUSED, ex, null);
		}
		catch (RuntimeException ex) {
			return describe(operation, Outcome.FAILED, ex, null);
		}
	}

	private OperationDescriptor snapshot() {
		return describe(IndexOperation.SNAPSHOT, this.snapshots.write(this.index.name()));
	}

	private OperationDescriptor reload() {
		return describe(IndexOperation.RELOAD, this.snapshots.reload(this.index.name()));
	}

	private OperationDescriptor describe(IndexOperation operation, Optional<Snapshot> snapshot) {
		return describe(operation, outcome(snapshot.isPresent()), null,
				snapshot.map(IndexDescriptor.SavedIndex::of).orElse(null));
	}

	private OperationDescriptor clearCache() {
		return describe(IndexOperation.CLEAR_CACHE, this.indexes.clearCache(this.index.name()));
	}

	private OperationDescriptor freeze() {
		boolean changes = !this.index.isFrozen();
		this.index.freeze();
		return describe(IndexOperation.FREEZE, changes);
	}

	private OperationDescriptor unfreeze() {
		if (this.snapshots.isFollower(this.index.name())) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"index '%s' cannot be unfrozen: it follows another process", this.index.name()));
		}
		boolean changes = this.index.isFrozen();
		this.index.unfreeze();
		return describe(IndexOperation.UNFREEZE, changes);
	}

	private OperationDescriptor compact() {
		IndexStats before = this.index.stats();
		this.index.compact();
		return describe(IndexOperation.COMPACT,
				before.deadRows() > 0 || before.tailRows() > 0 || this.index.stats().heapBytes() < before.heapBytes());
	}

	private OperationDescriptor verify() {
		Path directory = this.snapshots.directory(this.index.name());
		if (Files.notExists(directory)) {
			requireNothingSaved(directory);
			return describe(IndexOperation.VERIFY, false);
		}
		StoreReport report = IndexStore.verify(directory);
		List<VerifiedFile> verified = new ArrayList<>();
		report.snapshots()
			.forEach((snapshot) -> verified
				.add(verified(snapshot.snapshot().path(), snapshot.checksummed(), snapshot.failure())));
		report.logs().forEach((log) -> verified.add(verified(log.path(), true, log.failure())));
		return new OperationDescriptor(this.index.name(), IndexOperation.VERIFY, outcome(!verified.isEmpty()), null,
				millis(), null, verified, restorable(report.restore()), restorable(report.restoreNewestSound()), null);
	}

	/** Reports a deleted directory, unlike one that was never needed. */
	private void requireNothingSaved(Path directory) {
		if (this.snapshots.latest(this.index.name()).isPresent()) {
			throw new IndexIoException(directory, "verify", new NoSuchFileException(directory.toString()));
		}
	}

	private VerifiedFile verified(Path file, boolean checksummed, @Nullable Exception failure) {
		return new VerifiedFile(file.getFileName().toString(), failure == null, checksummed && failure == null,
				(failure != null) ? message(failure) : null);
	}

	private Restorable restorable(StoreReport.Outcome outcome) {
		Snapshot snapshot = outcome.snapshot();
		Exception failure = outcome.failure();
		return new Restorable((snapshot != null) ? snapshot.path().getFileName().toString() : null, outcome.replayed(),
				outcome.rows(), (failure != null) ? message(failure) : null);
	}

	private OperationDescriptor recall(RecallOptions options) {
		RecallReport report = this.index.recall(options);
		return new OperationDescriptor(this.index.name(), IndexOperation.RECALL, Outcome.DONE, null, millis(), null,
				List.of(), null, null, rounded(report));
	}

	/** Rounds to as many digits as are meaningful. */
	private static RecallReport rounded(RecallReport report) {
		return new RecallReport(report.reference(), report.topK(), report.samples(), rounded(report.recall()),
				rounded(report.standardError()), rounded(report.lowest()), report.nprobe(), report.rerank());
	}

	private static double rounded(double value) {
		return BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP).doubleValue();
	}

	private OperationDescriptor describe(IndexOperation operation, boolean done) {
		return describe(operation, outcome(done), null, null);
	}

	private OperationDescriptor describe(IndexOperation operation, Outcome outcome, @Nullable Exception failure,
			IndexDescriptor.@Nullable SavedIndex written) {
		return new OperationDescriptor(this.index.name(), operation, outcome,
				(failure != null) ? message(failure) : null, millis(), written, List.of(), null, null, null);
	}

	private long millis() {
		return (System.nanoTime() - this.start) / 1_000_000;
	}

	private static Outcome outcome(boolean done) {
		return done ? Outcome.DONE : Outcome.UNCHANGED;
	}

	private String message(Exception failure) {
		return this.snapshots.describe(this.index.name(), failure);
	}

}
