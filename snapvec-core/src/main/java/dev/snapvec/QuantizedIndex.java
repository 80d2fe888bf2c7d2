package dev.snapvec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

import dev.snapvec.internal.file.AtomicFile;
import dev.snapvec.internal.file.Captures;
import dev.snapvec.internal.file.FileSink;
import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import dev.snapvec.internal.quantize.Progress;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.RowOrder;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.rows.View;
import dev.snapvec.internal.scan.Kernels;
import dev.snapvec.internal.scan.SearchPlan;
import dev.snapvec.internal.scan.Searcher;
import dev.snapvec.internal.scan.SearcherPool;
import dev.snapvec.internal.scan.TopK;
import dev.snapvec.internal.task.Workers;
import org.jspecify.annotations.Nullable;

/**
 * An index is a quantizer and a row store; this is all of it but the quantizer.
 * <p>
 * Mutations check and encode first, in parallel with each other, then take the writer
 * lock and have the store publish a new view. A compaction takes that lock for its last
 * rows only. Searches take the store's view and nothing else.
 */
abstract sealed class QuantizedIndex implements VectorIndex permits SnapIndex, ResidualSnapIndex, TrainedIndex {

	/** Rows encoded by one task. */
	private static final int BATCH = 512;

	private final SearcherPool searchers = new SearcherPool();

	private final IndexSettings settings;

	private final Workers workers;

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

	QuantizedIndex(IndexSettings settings) {
		this.settings = settings;
		this.workers = new Workers(settings.executor());
		this.attributes = settings.attributes();
	}

	/**
	 * What turns vectors into codes; throws {@link NotFittedException} before there is
	 * one.
	 */
	abstract Quantizer quantizer();

	abstract RowStore store();

	boolean fitted() {
		return true;
	}

	/** The type's own parameters, in the order to show them. */
	abstract Map<String, Object> parameters();

	abstract void write(FileSink sink, RowOrder order, Map<String, String> attributes) throws IOException;

	/** How many lists to scan for a request; 0 where there are none. */
	int nprobe(SearchRequest request) {
		SearchDefaults.requireNoNprobe(request.nprobe(), getClass());
		return 0;
	}

	/** How many rows to score again for a request; 0 for a single pass. */
	int rerank(SearchRequest request) {
		SearchDefaults.requireNoRerank(request.rerank(), getClass());
		return 0;
	}

	/** How many lists to scan where a request does not say; null without lists. */
	@Nullable Integer defaultNprobe() {
		return null;
	}

	/**
	 * How many rows to score again where a request does not say; null without anything
	 * finer to score with.
	 */
	@Nullable Integer defaultRerank() {
		return null;
	}

	/** What a file keeps of how to search where a request does not say. */
	Map<String, String> searchDefaults() {
		return Map.of();
	}

	List<String> warnings() {
		return List.of();
	}

	IndexSettings settings() {
		return this.settings;
	}

	Workers workers() {
		return this.workers;
	}

	@Override
	public int dimension() {
		return this.settings.dimension();
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
		return (row >= 0) ? Optional.of(vector(view.encoded(row))) : Optional.empty();
	}

	private float[] vector(EncodedRows row) {
		if (row.isZero(0)) {
			return new float[dimension()];
		}
		float[] vector = quantizer().decode(row);
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
		Quantizer quantizer = quantizer();
		// read by position below, which a linked list takes long for
		List<String> ids = new ArrayList<>(givenIds);
		List<RowId> rowIds = rowIds(ids);
		if (ids.size() != vectors.length) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"%d ids and %d vectors were given, there must be as many", ids.size(), vectors.length));
		}
		if (!replace) {
			requireAbsent(rowIds);
		}
		return new Batch(rowIds, encode(quantizer, ids, vectors, progress), replace);
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

	private static List<RowId> rowIds(List<String> ids) {
		List<RowId> rowIds = new ArrayList<>(ids.size());
		Set<RowId> distinct = new HashSet<>((int) Math.min(ids.size() * 2L, Integer.MAX_VALUE));
		for (String id : ids) {
			RowId rowId = RowId.of(id);
			if (!rowId.isStorable()) {
				throw new InvalidIdException((rowId.length() > RowId.MAX_BYTES)
						? String.format(Locale.ROOT, "id '%s…' is %d UTF-8 bytes long, possible are %d",
								id.substring(0, 40), rowId.length(), RowId.MAX_BYTES)
						: String.format(Locale.ROOT, "id '%s' holds half a surrogate pair, which UTF-8 cannot hold",
								id));
			}
			if (!distinct.add(rowId)) {
				throw new InvalidIdException(String.format(Locale.ROOT, "id '%s' is given twice", id));
			}
			rowIds.add(rowId);
		}
		return rowIds;
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

	private List<EncodedRows> encode(Quantizer quantizer, List<String> ids, float[][] vectors,
			ProgressListener progress) {
		for (int i = 0; i < vectors.length; i++) {
			VectorChecks.require(vectors[i], dimension(), "the vector of id '" + ids.get(i) + "'");
		}
		int batches = (vectors.length + BATCH - 1) / BATCH;
		EncodedRows[] rows = new EncodedRows[batches];
		Progress encoded = new Progress(progress::progress, "encode", vectors.length);
		this.workers.run(batches, (batch) -> {
			int from = batch * BATCH;
			int to = Math.min(from + BATCH, vectors.length);
			rows[batch] = encode(quantizer, ids.subList(from, to), Arrays.copyOfRange(vectors, from, to));
			encoded.add(to - from);
		});
		return Arrays.asList(rows);
	}

	private EncodedRows encode(Quantizer quantizer, List<String> ids, float[][] vectors) {
		EncodedRows rows = new EncodedRows(quantizer.layout(), vectors.length);
		float[] norms = new float[vectors.length];
		for (int i = 0; i < vectors.length; i++) {
			if (this.settings.normalized()) {
				VectorChecks.requireUnit(vectors[i], "the vector of id '" + ids.get(i) + "'");
				norms[i] = 1;
				continue;
			}
			double norm = this.settings.norm(vectors[i]);
			if (norm > 0) {
				vectors[i] = VectorChecks.divided(vectors[i], norm);
			}
			norms[i] = VectorChecks.stored(norm);
		}
		quantizer.encode(vectors, rows);
		rows.norms(norms);
		return rows;
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
		float[] query = request.sharedQuery();
		VectorChecks.require(query, dimension(), "the query");
		Quantizer quantizer = quantizer();
		int nprobe = nprobe(request);
		int rerank = rerank(request);
		View view = store().view();
		double norm = this.settings.norm(query);
		IdFilter filter = request.filter();
		RowMask mask = (filter != null) ? filter.resolve(view) : null;
		if (norm == 0 || view.size() == 0 || (mask != null && mask.size() == 0)) {
			return List.of();
		}
		Searcher searcher = this.searchers.take();
		try {
			SearchPlan plan = searcher.newPlan();
			float[] unit = plan.scratch().query(query.length);
			VectorChecks.divide(query, norm, unit);
			quantizer.prepare(unit, nprobe, rerank, plan);
			return hits(view, searcher.search(view, mask, request.topK()), largestScore(view));
		}
		finally {
			this.searchers.giveBack(searcher);
		}
	}

	/**
	 * What scores are cut to: estimates of a cosine may be a little beyond 1, if a vector
	 * is kept that was not quite a unit vector, and products of large norms beyond what a
	 * float holds.
	 */
	private float largestScore(View view) {
		return (this.settings.similarity() == Similarity.COSINE && view.layout().has(FloatColumn.SCALE)) ? 1
				: Float.MAX_VALUE;
	}

	private static List<Hit> hits(View view, TopK top, float largest) {
		Hit[] hits = new Hit[top.size()];
		for (int i = 0; i < hits.length; i++) {
			hits[i] = new Hit(view.id(top.row(i)), Math.max(-largest, Math.min(largest, top.score(i))));
		}
		return List.of(hits);
	}

	@Override
	public List<List<Hit>> searchAll(List<SearchRequest> requests) {
		return searchAll(requests, this.settings.executor());
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
		return new RecallMeasurement(quantizer(), store().view()).run(options, nprobe(request), rerank(request));
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
		View view = store().view();
		return new IndexStats(getClass().getSimpleName(), dimension(), view.size(), view.dead(), view.tail(),
				view.bytes(), view.layout().bytesPerRow(), fitted(), this.frozen, Kernels.CURRENT.name(),
				this.settings.withParameters(parameters()), this.compactor.addWarning(warnings()));
	}

	@Override
	public Map<String, String> attributes() {
		return this.attributes;
	}

	@Override
	public void attributes(Map<String, String> attributes) {
		this.attributes = IndexSettings.checked(attributes);
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
	private Capture capture() {
		quantizer();
		return new Capture(this.changes.get(), store().view(), this.attributes);
	}

	/** What the index held at one moment. */
	private final class Capture implements Captures.Capture {

		private final long changes;

		private final View view;

		private final Map<String, String> attributes;

		private Capture(long changes, View view, Map<String, String> attributes) {
			this.changes = changes;
			this.view = view;
			this.attributes = new HashMap<>(attributes);
			this.attributes.putAll(QuantizedIndex.this.settings.reserved());
			this.attributes.putAll(searchDefaults());
		}

		@Override
		public long changes() {
			return this.changes;
		}

		@Override
		public void save(Path path, AtomicFile.Guard guard) {
			try {
				AtomicFile.write(path, (sink) -> write(sink, RowOrder.of(this.view), this.attributes), guard);
			}
			catch (IOException ex) {
				throw new IndexIoException(path, "write", ex);
			}
		}

	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%s(dimension=%d, size=%d%s)", getClass().getSimpleName(), dimension(),
				size(), this.frozen ? ", frozen" : "");
	}

}
