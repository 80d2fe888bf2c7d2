package dev.snapvec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import dev.snapvec.internal.file.AtomicFile;
import dev.snapvec.internal.file.FileSink;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Workers;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.RowOrder;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.rows.View;
import dev.snapvec.internal.scan.Kernels;
import dev.snapvec.internal.scan.PreparedQuery;
import dev.snapvec.internal.scan.Searcher;
import dev.snapvec.internal.scan.SearcherPool;
import dev.snapvec.internal.scan.TopK;
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

	private final ReentrantLock writer = new ReentrantLock();

	private final Compactor compactor = new Compactor(this::store, this.writer);

	private volatile boolean frozen;

	private volatile Map<String, String> attributes;

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
		put(ids, vectors, false, progress, QuantizedIndex::unconditionally);
	}

	@Override
	public void upsertAll(List<String> ids, float[][] vectors) {
		put(ids, vectors, true, ProgressListener.NONE, QuantizedIndex::unconditionally);
	}

	private static void unconditionally() {
	}

	/**
	 * Adds rows, all of them or none.
	 * @param replace whether each takes the place of the row that has its id
	 * @param accepted is run when the rows are checked and encoded, and about to be
	 * added; they are not if it throws
	 */
	void put(List<String> ids, float[][] vectors, boolean replace, ProgressListener progress, Runnable accepted) {
		requireNotFrozen();
		Quantizer quantizer = quantizer();
		List<RowId> rowIds = rowIds(ids);
		if (ids.size() != vectors.length) {
			throw new IllegalArgumentException(
					"%d ids and %d vectors were given, there must be as many".formatted(ids.size(), vectors.length));
		}
		if (!replace) {
			requireAbsent(rowIds);
		}
		List<EncodedRows> rows = encode(quantizer, ids, vectors, progress);
		accepted.run();
		this.writer.lock();
		try {
			requireNotFrozen();
			if (!replace) {
				requireAbsent(rowIds);
			}
			store().put(rowIds, rows);
		}
		finally {
			this.writer.unlock();
		}
		this.compactor.compactIfWorthwhile();
	}

	private static List<RowId> rowIds(List<String> ids) {
		List<RowId> rowIds = new ArrayList<>(ids.size());
		Set<RowId> distinct = new HashSet<>(ids.size() * 2);
		for (String id : ids) {
			RowId rowId = RowId.of(id);
			if (!rowId.isStorable()) {
				throw new InvalidIdException((rowId.length() > RowId.MAX_BYTES)
						? "id '%s…' is %d UTF-8 bytes long, possible are %d".formatted(id.substring(0, 40),
								rowId.length(), RowId.MAX_BYTES)
						: "id '%s' holds half a surrogate pair, which UTF-8 cannot hold".formatted(id));
			}
			if (!distinct.add(rowId)) {
				throw new InvalidIdException("id '%s' is given twice".formatted(id));
			}
			rowIds.add(rowId);
		}
		return rowIds;
	}

	private void requireAbsent(List<RowId> ids) {
		View view = store().view();
		for (RowId id : ids) {
			if (view.rowOf(id) >= 0) {
				throw new InvalidIdException("id '%s' is in the index already; upsert replaces it".formatted(id));
			}
		}
	}

	private void requireNotFrozen() {
		if (this.frozen) {
			throw new FrozenIndexException(
					"the index is frozen and holds %d rows; unfreeze it to change it".formatted(size()));
		}
	}

	private List<EncodedRows> encode(Quantizer quantizer, List<String> ids, float[][] vectors,
			ProgressListener progress) {
		for (int i = 0; i < vectors.length; i++) {
			VectorChecks.require(vectors[i], dimension(), "the vector of id '" + ids.get(i) + "'");
		}
		int batches = (vectors.length + BATCH - 1) / BATCH;
		EncodedRows[] rows = new EncodedRows[batches];
		Progress encoded = new Progress(progress, "encode", vectors.length);
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
		int deleted = delete(ids);
		this.compactor.compactIfWorthwhile();
		return deleted;
	}

	private int delete(Collection<String> ids) {
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
			PreparedQuery prepared = searcher.newQuery();
			float[] unit = prepared.buffer(0, query.length);
			VectorChecks.divide(query, norm, unit);
			quantizer.prepare(unit, nprobe, rerank, prepared);
			return hits(view, searcher.search(view, mask, request.topK()));
		}
		finally {
			this.searchers.giveBack(searcher);
		}
	}

	private static List<Hit> hits(View view, TopK top) {
		Hit[] hits = new Hit[top.size()];
		for (int i = 0; i < hits.length; i++) {
			hits[i] = new Hit(view.id(top.row(i)), top.score(i));
		}
		return List.of(hits);
	}

	@Override
	public List<List<Hit>> searchAll(List<SearchRequest> requests) {
		return searchAll(requests, this.settings.executor());
	}

	@Override
	public List<List<Hit>> searchAll(List<SearchRequest> requests, Executor executor) {
		List<List<Hit>> hits = new ArrayList<>(requests.size());
		for (int i = 0; i < requests.size(); i++) {
			hits.add(List.of());
		}
		new Workers(executor).run(requests.size(), (i) -> hits.set(i, search(requests.get(i))));
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
	}

	@Override
	public void save(Path path) {
		quantizer();
		RowOrder order = RowOrder.of(store().view());
		Map<String, String> attributes = new HashMap<>(this.attributes);
		attributes.putAll(this.settings.reserved());
		attributes.putAll(searchDefaults());
		try {
			AtomicFile.write(path, (sink) -> write(sink, order, attributes));
		}
		catch (IOException ex) {
			throw new IndexIoException(path, "write", ex);
		}
	}

	@Override
	public String toString() {
		return "%s(dimension=%d, size=%d%s)".formatted(getClass().getSimpleName(), dimension(), size(),
				this.frozen ? ", frozen" : "");
	}

}
