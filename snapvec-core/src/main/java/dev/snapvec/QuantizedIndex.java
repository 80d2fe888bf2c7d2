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

import dev.snapvec.internal.file.AtomicFile;
import dev.snapvec.internal.capture.Captures;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.rows.RowStore;
import dev.snapvec.internal.rows.View;
import dev.snapvec.internal.scan.Kernels;
import dev.snapvec.internal.task.Workers;
import dev.snapvec.internal.type.IndexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The base of all indexes. An index is a quantizer and a row store; this is everything
 * but the quantizer. It is written by an {@link IndexWriter}, searched by an
 * {@link IndexSearch}, and saved by an {@link IndexCapture}.
 */
abstract sealed class QuantizedIndex implements VectorIndex permits SnapIndex, ResidualSnapIndex, TrainedIndex {

	private static final RowStore UNFITTED = new RowStore(new RowLayout(List.of(), Set.of(), 0, false), 1);

	private final IndexSpec spec;

	private final IndexFormat format;

	private final Executor executor;

	private final Workers workers;

	private final IndexWriter writer;

	private final IndexSearch searching;

	private final long commit;

	/** Null until an index that needs training is fitted. */
	private volatile @Nullable Fitted fitted;

	private volatile Map<String, String> attributes;

	static {
		Captures.provide(new Captures() {
			@Override
			protected long changesOf(VectorIndex index) {
				return QuantizedIndex.of(index).writer.changes();
			}

			@Override
			protected Capture captureOf(VectorIndex index) {
				return QuantizedIndex.of(index).capture();
			}
		});
	}

	/** Every index is one, because {@link VectorIndex} is sealed. */
	static QuantizedIndex of(VectorIndex index) {
		return (QuantizedIndex) index;
	}

	QuantizedIndex(IndexSpec spec, IndexFormat format, IndexParts parts) {
		this.spec = spec;
		this.format = format;
		this.executor = parts.executor();
		this.workers = new Workers(this.executor);
		this.writer = new IndexWriter(new RowEncoding(spec.common(), this.workers), this::store);
		this.searching = new IndexSearch(spec);
		this.attributes = parts.attributes();
		this.fitted = parts.fitted();
		this.commit = parts.commit();
	}

	@Override
	public IndexSpec spec() {
		return this.spec;
	}

	/** Null until an index that needs training is fitted. */
	@Nullable Fitted fitted() {
		return this.fitted;
	}

	/** Publishes the outcome of training. */
	void fitted(Fitted fitted) {
		this.fitted = fitted;
		this.writer.changed();
	}

	private Fitted requireFitted() {
		Fitted fitted = this.fitted;
		if (fitted == null) {
			throw new NotFittedException(String.format(Locale.ROOT,
					"%s must be trained before it is used; call fit first", getClass().getSimpleName()));
		}
		return fitted;
	}

	private RowStore store() {
		Fitted fitted = this.fitted;
		return (fitted != null) ? fitted.store() : UNFITTED;
	}

	View view() {
		return store().view();
	}

	IndexWriter writer() {
		return this.writer;
	}

	/** The commit of documents that the index was saved with, or 0. */
	long commit() {
		return this.commit;
	}

	IndexNumbers numbers() {
		return new IndexNumbers(this);
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
		return view().size();
	}

	@Override
	public boolean contains(String id) {
		return view().rowOf(RowId.of(id)) >= 0;
	}

	@Override
	public Optional<float[]> vector(String id) {
		View view = view();
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
	 * Validates and encodes rows, with no lock held: the listener may call any method.
	 */
	IndexWriter.Batch encode(List<String> ids, float[][] vectors, boolean replace, ProgressListener progress) {
		this.writer.requireNotFrozen();
		return this.writer.encode(requireFitted().quantizer(), ids, vectors, replace, progress);
	}

	/**
	 * Adds rows that this index encoded, all of them or none.
	 * @param accepted is run when the rows are validated and about to be added; if it
	 * throws, they are not added
	 * @return the numbers of the rows that were replaced
	 */
	long[] put(IndexWriter.Batch batch, @Nullable Runnable accepted) {
		return this.writer.put(batch, accepted);
	}

	@Override
	public int deleteAll(Collection<String> ids) {
		return this.writer.delete(ids).rows();
	}

	@Override
	public List<Hit> search(SearchRequest request) {
		VectorChecks.require(request.sharedQuery(), dimension(), "the query");
		Fitted fitted = requireFitted();
		return this.searching.search(fitted.quantizer(), fitted.store()::view, request);
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
		this.writer.freeze();
	}

	@Override
	public void unfreeze() {
		this.writer.unfreeze();
	}

	@Override
	public boolean isFrozen() {
		return this.writer.isFrozen();
	}

	@Override
	public void compact() {
		this.writer.compact();
	}

	@Override
	public IndexStats stats() {
		Fitted fitted = this.fitted;
		View view = ((fitted != null) ? fitted.store() : UNFITTED).view();
		return new IndexStats(this.spec, view.size(), view.dead(), view.tail(), view.bytes(),
				view.layout().bytesPerRow(), fitted != null, isFrozen(), Kernels.CURRENT.name(),
				this.writer.addWarning((fitted != null) ? fitted.warnings() : List.of()));
	}

	@Override
	public Map<String, String> attributes() {
		return this.attributes;
	}

	@Override
	public void attributes(Map<String, String> attributes) {
		this.attributes = UserAttributes.checked(attributes);
		this.writer.changed();
	}

	@Override
	public void save(Path path) {
		capture().save(path, AtomicFile.Guard.NONE);
	}

	/**
	 * The current state of the index. The number of changes is read first: a mutation in
	 * between is in the rows but not in the number, so the index counts as changed since.
	 */
	private IndexCapture capture() {
		Fitted fitted = requireFitted();
		return new IndexCapture(this.spec, this.format, this.writer.changes(), fitted.quantizer(),
				fitted.store().view(), this.attributes, 0);
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%s(dimension=%d, size=%d%s)", getClass().getSimpleName(), dimension(),
				size(), isFrozen() ? ", frozen" : "");
	}

}
