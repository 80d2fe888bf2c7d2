package dev.snapvec;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import dev.snapvec.internal.number.NumberListener;
import org.jspecify.annotations.Nullable;

/**
 * The local index behind a handle, and its mutations: the guard accepts one, the log
 * records it, then the index changes and the generation is incremented. Thread-safe.
 * Nothing here calls listeners, but {@link SafeIndex} after a replacement. See
 * docs/adr/0014-a-handle-has-a-backend.md.
 */
final class IndexChanges extends IndexReads implements LocalIndex {

	private static final IndexGuard UNGUARDED = new IndexGuard() {
	};

	/** Another index replaced the one that encoded a batch. */
	private static final int REPLACED = -1;

	private final SafeIndex handle;

	private final IndexErrors errors;

	private final AtomicLong generation = new AtomicLong();

	private final AtomicLong savedGeneration = new AtomicLong();

	private final HandleLock lock;

	private final BusyIds busy = new BusyIds();

	/** Guarded by {@link #lock}. */
	private @Nullable MutationLog log;

	/** Whether rows may be given numbers, which grow for each id. */
	private volatile boolean numbered;

	private volatile @Nullable NumberListener numberListener;

	private volatile IndexGuard guard = UNGUARDED;

	private volatile QuantizedIndex index;

	/**
	 * @param handle the handle that guards are asked about
	 * @param lock the lock of the handle
	 */
	IndexChanges(SafeIndex handle, IndexErrors errors, HandleLock lock, VectorIndex index) {
		this.handle = handle;
		this.errors = errors;
		this.lock = lock;
		this.index = QuantizedIndex.of(index);
	}

	@Override
	public QuantizedIndex index() {
		return this.index;
	}

	@Override
	public long generation() {
		return this.generation.get();
	}

	@Override
	public long unsavedChanges() {
		long saved = this.savedGeneration.get();
		return this.generation.get() - saved;
	}

	@Override
	public void markSaved(long generation) {
		this.savedGeneration.accumulateAndGet(generation, Math::max);
	}

	/** The mutations with numbers. */
	NumberedChanges numbered() {
		this.numbered = true;
		return new NumberedChanges(this, this.errors, this.handle);
	}

	void numberListener(@Nullable NumberListener listener) {
		this.numberListener = listener;
	}

	/** No row has these numbers any more. */
	void gone(long[] numbers) {
		NumberListener listener = this.numberListener;
		if (listener != null && numbers.length > 0) {
			listener.gone(numbers);
		}
	}

	@Override
	public void betweenMutations(Runnable action) {
		this.lock.exclusively("betweenMutations", action);
	}

	@Override
	public void fit(float[][] sample, ProgressListener progress) {
		QuantizedIndex index = this.index;
		if (!(index instanceof TrainedIndex trained)) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"index '%s' is a %s, which needs no training; add vectors without calling fit", this.errors.index(),
					index.getClass().getSimpleName()));
		}
		this.guard.change(this.handle, "fit");
		this.errors.namedAll(() -> {
			trained.requireFittable(sample);
			return trained;
		});
		this.errors.named(() -> {
			trained.fit(sample, progress, (learned) -> this.lock.shared("fit", () -> {
				this.guard.change(this.handle, "fit");
				learned.run();
				this.generation.incrementAndGet();
				return 1;
			}));
			return trained;
		});
	}

	/** Records rows that are about to be added. */
	@FunctionalInterface
	interface Recording {

		/**
		 * @param batch the encoded rows
		 * @param log the log of the handle, if it has one
		 */
		void record(IndexWriter.Batch batch, @Nullable MutationLog log);

	}

	/** A mutation of an index, which returns the number of rows that it changed. */
	@FunctionalInterface
	interface Mutation {

		int apply(QuantizedIndex index, @Nullable MutationLog log);

	}

	@Override
	public void addAll(List<String> ids, float[][] vectors, ProgressListener progress) {
		put("addAll", ids, vectors, false, progress);
	}

	@Override
	public void upsertAll(List<String> ids, float[][] vectors) {
		put("upsertAll", ids, vectors, true, ProgressListener.NONE);
	}

	private void put(String call, List<String> ids, float[][] vectors, boolean replace, ProgressListener progress) {
		put(call, ids, vectors, replace, progress, (batch, log) -> {
			if (log != null && !ids.isEmpty()) {
				log.put(ids, vectors);
			}
		});
	}

	/** Adds rows, and lets the caller record them. */
	void put(String call, List<String> ids, float[][] vectors, boolean replace, ProgressListener progress,
			Recording recording) {
		int rows;
		do {
			rows = encodeAndPut(call, ids, vectors, replace, progress, recording);
		}
		while (rows == REPLACED);
	}

	@Override
	public int deleteAll(Collection<String> ids) {
		return mutate("deleteAll", ids, (index, log) -> {
			if (log != null) {
				List<String> present = ids.stream().filter(index::contains).distinct().toList();
				if (present.isEmpty()) {
					return 0;
				}
				log.delete(present);
			}
			IndexWriter.Deleted deleted = index.writer().delete(ids);
			gone(deleted.numbers());
			return deleted.rows();
		});
	}

	/** Encodes without the lock, because that takes long and calls a listener. */
	private int encodeAndPut(String call, List<String> ids, float[][] vectors, boolean replace,
			ProgressListener progress, Recording recording) {
		QuantizedIndex encoding = this.index;
		requireMutable(encoding, call);
		IndexWriter.Batch batch = this.errors.named(() -> encoding.encode(ids, vectors, replace, progress));
		return mutate(call, ids, (index, log) -> {
			if (index != encoding) {
				return REPLACED;
			}
			gone(encoding.put(batch, () -> recording.record(batch, log)));
			return ids.size();
		});
	}

	private void requireMutable(VectorIndex index, String call) {
		this.guard.change(this.handle, call);
		if (index.isFrozen()) {
			throw new FrozenIndexException(
					String.format(Locale.ROOT, "index '%s' is frozen and holds %d rows; unfreeze it to change it",
							this.errors.index(), index.size()));
		}
	}

	/** Applies a mutation of some ids, concurrently with those of others. */
	int mutate(String call, Collection<String> ids, Mutation mutation) {
		return this.lock.shared(call, () -> {
			QuantizedIndex index = this.index;
			requireMutable(index, call);
			MutationLog log = this.log;
			boolean ordered = log != null || this.numbered;
			Set<String> entered = ordered ? this.busy.enter(ids) : Set.of();
			try {
				int rows = this.errors.named(() -> mutation.apply(index, log));
				if (rows > 0) {
					this.generation.incrementAndGet();
				}
				return rows;
			}
			finally {
				if (ordered) {
					this.busy.leave(entered);
				}
			}
		});
	}

	@Override
	public void freeze() {
		this.lock.exclusively("freeze", () -> this.index.freeze());
	}

	@Override
	public void unfreeze() {
		this.lock.exclusively("unfreeze", () -> {
			this.guard.change(this.handle, "unfreeze");
			this.index.unfreeze();
		});
	}

	@Override
	public void log(@Nullable MutationLog log) {
		this.lock.exclusively("log", () -> {
			if (log != null && this.log != null && this.log != log) {
				throw new IllegalStateException(String.format(Locale.ROOT,
						"index '%s' has a log already; call log(null) before setting another one",
						this.errors.index()));
			}
			if (log != null) {
				log.begin(this.index);
			}
			this.log = log;
		});
	}

	@Override
	public void guard(@Nullable IndexGuard guard) {
		this.lock.exclusively("guard", () -> this.guard = (guard != null) ? guard : UNGUARDED);
	}

	@Override
	public void attribute(String name, String value) {
		this.lock.exclusively("attribute", () -> {
			this.guard.change(this.handle, "attribute");
			this.guard.attribute(this.handle, name, value);
			Map<String, String> attributes = new HashMap<>(this.index.attributes());
			attributes.put(name, value);
			Map<String, String> checked = this.errors.namedAll(() -> UserAttributes.checked(attributes));
			if (this.log != null) {
				this.log.attribute(name, value);
			}
			this.index.attributes(checked);
			this.generation.incrementAndGet();
		});
	}

	VectorIndex replace(VectorIndex next) {
		return replace("replace", next, false);
	}

	@Override
	public VectorIndex restore(VectorIndex loaded) {
		return replace("restore", loaded, true);
	}

	/**
	 * Replaces the index behind the handle.
	 * @param call the calling method, for messages
	 * @param saved whether the new index is the saved state
	 * @return the old index
	 */
	private VectorIndex replace(String call, VectorIndex next, boolean saved) {
		QuantizedIndex incoming = QuantizedIndex.of(next);
		if (incoming.dimension() != dimension()) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "the new index has dimension %d, but index '%s' has dimension %d",
							incoming.dimension(), this.errors.index(), dimension()));
		}
		QuantizedIndex[] old = new QuantizedIndex[1];
		this.lock.exclusively(call, () -> {
			old[0] = this.index;
			this.guard.change(this.handle, call);
			this.errors.named(() -> succeed(old[0], incoming, saved));
			long generation = this.generation.incrementAndGet();
			if (saved) {
				this.savedGeneration.set(generation);
			}
			this.handle.replaced();
		});
		return old[0];
	}

	/** Documents belong to numbers, so an index must not be replaced by one of others. */
	private void requireNumbers(QuantizedIndex old, QuantizedIndex next, boolean saved) {
		IndexNumbers numbers = old.numbers();
		if (saved || (!this.numbered && numbers.newest() == 0)) {
			return;
		}
		IndexNumbers others = next.numbers();
		if (!others.areThoseOf(numbers)) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"index '%s' has documents; an index that replaces it must have the same ones",
					this.errors.index()));
		}
		others.givenUpTo(numbers.newest());
	}

	/** Makes an index the successor of another one, or changes neither. */
	private VectorIndex succeed(QuantizedIndex old, QuantizedIndex next, boolean saved) {
		Map<String, String> attributes = next.attributes();
		boolean frozen = next.isFrozen();
		requireNumbers(old, next, saved);
		try {
			if (!saved) {
				Map<String, String> all = new HashMap<>(old.attributes());
				all.putAll(attributes);
				next.attributes(all);
			}
			this.guard.replace(this.handle, next);
			if (old.isFrozen()) {
				next.freeze();
			}
			if (this.log != null) {
				this.log.begin(next);
			}
			this.index = next;
			return next;
		}
		catch (RuntimeException | Error ex) {
			next.attributes(attributes);
			if (!frozen && old != next) {
				next.unfreeze();
			}
			throw ex;
		}
	}

	@Override
	public String toString() {
		return this.index.toString();
	}

}
