package dev.snapvec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

import dev.snapvec.internal.file.AtomicFile;
import dev.snapvec.internal.file.Captures;
import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Workers;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.rows.View;
import dev.snapvec.internal.scan.Kernels;
import dev.snapvec.internal.type.IndexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An index is a quantizer and a row store; this is all of it but the quantizer: it
 * publishes rows, and passes on what {@link RowEncoding}, {@link IndexSearch} and
 * {@link IndexCapture} do.
 * <p>
 * Mutations check and encode first, in parallel with each other, then take the writer
 * lock and have the store publish a new view. A compaction takes that lock for its last
 * rows only. Searches take the store's view and nothing else.
 */
abstract sealed class QuantizedIndex implements VectorIndex permits SnapIndex, ResidualSnapIndex, TrainedIndex {

	private static final RowStore UNFITTED = new RowStore(new RowLayout(List.of(), Set.of(), 0, false), 1);

	private final IndexSpec spec;

	private final IndexFormat format;

	private final Executor executor;

	private final Workers workers;

	private final RowEncoding encoding;

	private final IndexSearch searching;

	/** Null until an index that is trained has its quantizer. */
	private volatile @Nullable Fitted fitted;

	private final OrderedLock writer = new OrderedLock(LockRank.WRITER, "the rows of an index");

	private final Compactor compactor = new Compactor(this::store, this.writer);

	private volatile boolean frozen;

	private volatile Map<String, String> attributes;

	/** How often rows, attributes or the quantizer were changed, but by compaction. */
	private final AtomicLong changes = new AtomicLong();

	static {
		Captures.provide(new Captures() {
			@Override
			protected long changesOf(Object index) {
				return ((QuantizedIndex) index).changes.get();
			}

			@Override
			protected Capture captureOf(Object index) {
				return ((QuantizedIndex) index).capture();
			}
		});
	}

	QuantizedIndex(IndexSpec spec, IndexFormat format, IndexParts parts) {
		this.spec = spec;
		this.format = format;
		this.executor = parts.executor();
		this.workers = new Workers(this.executor);
		this.encoding = new RowEncoding(spec.common(), this.workers);
		this.searching = new IndexSearch(spec);
		this.attributes = parts.attributes();
		this.fitted = parts.fitted();
	}

	@Override
	public IndexSpec spec() {
		return this.spec;
	}

	/** Null until an index that is trained has its quantizer. */
	@Nullable Fitted fitted() {
		return this.fitted;
	}

	/** What an index that is trained learned; the change can be seen from then on. */
	void fitted(Fitted fitted) {
		this.fitted = fitted;
		changed();
	}

	private Fitted requireFitted() {
		Fitted fitted = this.fitted;
		if (fitted == null) {
			throw new NotFittedException(String.format(Locale.ROOT,
					"%s learns from a sample before it is used: call fit first", getClass().getSimpleName()));
		}
		return fitted;
	}

	private RowStore store() {
		Fitted fitted = this.fitted;
		return (fitted != null) ? fitted.store() : UNFITTED;
	}

	Workers workers() {
		return this.workers;
	}

	@Override
	public int dimension() {
		return this.spec.dimension();
	}

	@Override
	public int size() {
		return store().view().size();
	}

	@Override
	public boolean contains(String id) {
		return store().view().rowOf(RowId.of(id)) >= 0;
	}

	@Override
	public Optional<float[]> vector(String id) {
		View view = store().view();
		int row = view.rowOf(RowId.of(id));
		return (row >= 0) ? Optional.of(vector(requireFitted().quantizer(), view.encoded(row))) : Optional.empty();
	}

	private float[] vector(Quantizer quantizer, EncodedRows row) {
		if (row.isZero(0)) {
			return new float[dimension()];
		}
		float[] vector = quantizer.decode(row);
		float[] norms = row.floats(FloatColumn.NORM);
		double norm = (norms.length > 0) ? norms[0] : 1;
		double decodedNorm = VectorChecks.norm(vector);
		for (int i = 0; i < vector.length && decodedNorm > 0; i++) {
			vector[i] = (float) (vector[i] / decodedNorm * norm);
		}
		return vector;
	}

	@Override
	public void addAll(List<String> ids, float[][] vectors, ProgressListener progress) {
		put(ids, vectors, false, progress);
	}

	@Override
	public void upsertAll(List<String> ids, float[][] vectors) {
		put(ids, vectors, true, ProgressListener.NONE);
	}

	private void put(List<String> ids, float[][] vectors, boolean replace, ProgressListener progress) {
		put(encode(ids, vectors, replace, progress), null);
	}

	/**
	 * Rows that are checked and encoded, and not added yet.
	 *
	 * @param ids their ids
	 * @param rows the rows
	 * @param replace whether each takes the place of the row that has its id
	 */
	record Batch(List<RowId> ids, List<EncodedRows> rows, boolean replace) {
	}

	/** Checks and encodes rows, with no lock held: the listener may call anything. */
	Batch encode(List<String> givenIds, float[][] vectors, boolean replace, ProgressListener progress) {
		requireNotFrozen();
		Quantizer quantizer = requireFitted().quantizer();
		// read by position below, which a linked list takes long for
		List<String> ids = new ArrayList<>(givenIds);
		List<RowId> rowIds = RowEncoding.rowIds(ids);
		if (ids.size() != vectors.length) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"got %d ids but %d vectors; expected one vector per id", ids.size(), vectors.length));
		}
		if (!replace) {
			requireAbsent(rowIds);
		}
		return new Batch(rowIds, this.encoding.encode(quantizer, ids, vectors, progress), replace);
	}

	/**
	 * Adds rows that this index encoded, all of them or none.
	 * @param accepted is run when they are checked and about to be added; they are not if
	 * it throws
	 */
	void put(Batch batch, @Nullable Runnable accepted) {
		if (accepted != null) {
			requireAddable(batch);
			accepted.run();
		}
		this.writer.lock();
		try {
			requireAddable(batch);
			store().put(batch.ids, batch.rows);
			changed();
		}
		finally {
			this.writer.unlock();
		}
		this.compactor.compactIfWorthwhile();
	}

	private void requireAddable(Batch batch) {
		requireNotFrozen();
		if (!batch.replace) {
			requireAbsent(batch.ids);
		}
	}

	private void requireAbsent(List<RowId> ids) {
		View view = store().view();
		for (RowId id : ids) {
			if (view.rowOf(id) >= 0) {
				throw new InvalidIdException(
						String.format(Locale.ROOT, "id '%s' is in the index already; upsert replaces it", id));
			}
		}
	}

	private void requireNotFrozen() {
		if (this.frozen) {
			throw new FrozenIndexException(String.format(Locale.ROOT,
					"the index is frozen and holds %d rows; unfreeze it to change it", size()));
		}
	}

	@Override
	public int deleteAll(Collection<String> ids) {
		// copied without the lock, as it may be a collection of the application
		int deleted = delete(List.copyOf(ids));
		this.compactor.compactIfWorthwhile();
		return deleted;
	}

	private int delete(List<String> ids) {
		this.writer.lock();
		try {
			requireNotFrozen();
			View view = store().view();
			int[] rows = ids.stream()
				.mapToInt((id) -> view.rowOf(RowId.of(id)))
				.filter((row) -> row >= 0)
				.distinct()
				.toArray();
			if (rows.length > 0) {
				store().remove(rows);
				changed();
			}
			return rows.length;
		}
		finally {
			this.writer.unlock();
		}
	}

	@Override
	public List<Hit> search(SearchRequest request) {
		VectorChecks.require(request.sharedQuery(), dimension(), "the query");
		Fitted fitted = requireFitted();
		return this.searching.search(fitted.quantizer(), fitted.store().view(), request);
	}

	@Override
	public List<List<Hit>> searchAll(List<SearchRequest> requests) {
		return searchAll(requests, this.executor);
	}

	@Override
	public List<List<Hit>> searchAll(List<SearchRequest> requests, Executor executor) {
		List<SearchRequest> byPosition = new ArrayList<>(requests);
		List<List<Hit>> hits = new ArrayList<>(byPosition.size());
		for (int i = 0; i < byPosition.size(); i++) {
			hits.add(List.of());
		}
		new Workers(executor).run(byPosition.size(), (i) -> hits.set(i, search(byPosition.get(i))));
		return List.copyOf(hits);
	}

	@Override
	public RecallReport recall(RecallOptions options) {
		SearchRequest request = options.request();
		Fitted fitted = requireFitted();
		return new RecallMeasurement(fitted.quantizer(), fitted.store().view()).run(options,
				this.spec.nprobe(request.nprobe()), this.spec.rerank(request.rerank(), request.topK()));
	}

	@Override
	public void freeze() {
		this.compactor.exclusively(() -> {
			if (this.frozen) {
				return;
			}
			frozen(true);
			try {
				this.compactor.compact();
			}
			catch (RuntimeException | Error ex) {
				frozen(false);
				throw ex;
			}
		});
	}

	@Override
	public void unfreeze() {
		frozen(false);
	}

	/** Between mutations, so that none is half done. */
	private void frozen(boolean frozen) {
		this.writer.lock();
		try {
			this.frozen = frozen;
		}
		finally {
			this.writer.unlock();
		}
	}

	@Override
	public boolean isFrozen() {
		return this.frozen;
	}

	@Override
	public void compact() {
		this.compactor.compact();
	}

	@Override
	public IndexStats stats() {
		Fitted fitted = this.fitted;
		View view = ((fitted != null) ? fitted.store() : UNFITTED).view();
		return new IndexStats(this.spec, view.size(), view.dead(), view.tail(), view.bytes(),
				view.layout().bytesPerRow(), fitted != null, this.frozen, Kernels.CURRENT.name(),
				this.compactor.addWarning((fitted != null) ? fitted.warnings() : List.of()));
	}

	@Override
	public Map<String, String> attributes() {
		return this.attributes;
	}

	@Override
	public void attributes(Map<String, String> attributes) {
		this.attributes = UserAttributes.checked(attributes);
		changed();
	}

	/** To be called once the change can be seen, never before. */
	void changed() {
		this.changes.incrementAndGet();
	}

	@Override
	public void save(Path path) {
		capture().save(path, AtomicFile.Guard.NONE);
	}

	/**
	 * What the index holds now. The count is read first: a mutation that comes in between
	 * is in the rows and not in the count, so the index passes for changed since.
	 */
	private IndexCapture capture() {
		Fitted fitted = requireFitted();
		return new IndexCapture(this.spec, this.format, this.changes.get(), fitted.quantizer(), fitted.store().view(),
				this.attributes);
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%s(dimension=%d, size=%d%s)", getClass().getSimpleName(), dimension(),
				size(), this.frozen ? ", frozen" : "");
	}

}
