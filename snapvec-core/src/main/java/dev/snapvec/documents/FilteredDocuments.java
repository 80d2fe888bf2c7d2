package dev.snapvec.documents;

import dev.snapvec.internal.number.NumberQuery;

/**
 * A filter over documents, as a search asks for it. Immutable and thread-safe.
 *
 * @param store the documents
 * @param filter the filter
 */
record FilteredDocuments(DocumentStore store, MetadataFilter filter) implements NumberQuery {

	private static final int BATCH = 1_024;

	@Override
	public int size() {
		return FilterBounds.weight(this.filter);
	}

	@Override
	public Prepared prepare() {
		DocumentView view = this.store.view();
		return new Prepared() {
			@Override
			public long newest() {
				return view.newest();
			}

			@Override
			public boolean emit(Sink sink) {
				Batch batch = new Batch(sink);
				boolean others = view.matchingOrOthers(FilteredDocuments.this.filter, batch::add);
				batch.flush();
				return others;
			}

			@Override
			public void close() {
				view.close();
			}
		};
	}

	/** Passes numbers on by many. */
	private static final class Batch {

		private final NumberQuery.Sink sink;

		private final long[] numbers = new long[BATCH];

		private int count;

		Batch(NumberQuery.Sink sink) {
			this.sink = sink;
		}

		void add(long number) {
			this.numbers[this.count++] = number;
			if (this.count == BATCH) {
				flush();
			}
		}

		void flush() {
			this.sink.accept(this.numbers, this.count);
			this.count = 0;
		}

	}

	/** Without the values of the filter. */
	@Override
	public String toString() {
		return "a filter of " + size() + " conditions on documents";
	}

}
