package dev.snapvec.documents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Changes that Lucene does not hold yet, in the order in which they were made. Immutable;
 * a tail and those that were made by adding to it share an array, beyond what each of
 * them counts.
 */
final class Tail {

	static final Tail EMPTY = new Tail(new TailChange[0], 0, 0);

	private static final int SMALLEST = 16;

	private final TailChange[] changes;

	private final int count;

	private final long size;

	/** Computed when it is needed first. */
	private volatile @Nullable State state;

	private Tail(TailChange[] changes, int count, long size) {
		this.changes = changes;
		this.count = count;
		this.size = size;
	}

	/**
	 * What the changes result in.
	 *
	 * @param documents the documents put and not removed, by number
	 * @param removed the numbers of those removed, sorted; not all of them are in Lucene
	 */
	private record State(Map<Long, StoredDocument> documents, long[] removed) {
	}

	/**
	 * {@return a tail with one more change}
	 * @param change the change; of the tails that share an array only the longest may be
	 * added to, and by one thread at a time
	 */
	Tail plus(TailChange change) {
		TailChange[] changes = this.changes;
		if (this.count == changes.length) {
			changes = Arrays.copyOf(changes, Math.max(SMALLEST, 2 * this.count));
		}
		changes[this.count] = change;
		return new Tail(changes, this.count + 1, this.size + change.size());
	}

	/**
	 * {@return the changes up to one, in their order}
	 * @param last the number of the last change, inclusive
	 */
	List<TailChange> upTo(long last) {
		List<TailChange> changes = new ArrayList<>();
		for (int i = 0; i < this.count; i++) {
			if (this.changes[i].at() <= last) {
				changes.add(this.changes[i]);
			}
		}
		return changes;
	}

	/**
	 * {@return what remains of this tail}
	 * @param older a tail that this one was made from by adding to it
	 * @param last the changes of the older one up to this number are left out
	 */
	Tail without(Tail older, long last) {
		Tail remaining = EMPTY;
		for (int i = 0; i < this.count; i++) {
			if (i >= older.count || this.changes[i].at() > last) {
				remaining = remaining.plus(this.changes[i]);
			}
		}
		return remaining;
	}

	/**
	 * {@return the number of changes}
	 */
	int count() {
		return this.count;
	}

	/**
	 * {@return the approximate size of the changes in bytes}
	 */
	long size() {
		return this.size;
	}

	private State state() {
		State state = this.state;
		if (state == null) {
			Map<Long, StoredDocument> documents = new LinkedHashMap<>();
			long[] removed = new long[this.count];
			int removals = 0;
			for (int i = 0; i < this.count; i++) {
				TailChange change = this.changes[i];
				if (change instanceof TailChange.Put put) {
					documents.put(put.number(), put.document());
				}
				else {
					documents.remove(change.number());
					removed[removals++] = change.number();
				}
			}
			removed = Arrays.copyOf(removed, removals);
			Arrays.sort(removed);
			state = new State(documents, removed);
			this.state = state;
		}
		return state;
	}

	/**
	 * {@return whether a document that Lucene holds was removed}
	 */
	boolean isRemoved(long number) {
		long[] removed = state().removed();
		return removed.length > 0 && Arrays.binarySearch(removed, number) >= 0;
	}

	/**
	 * {@return the numbers of removed documents, sorted}
	 */
	long[] removed() {
		return state().removed();
	}

	/**
	 * {@return the numbers of the documents}
	 */
	Collection<Long> numbers() {
		return state().documents().keySet();
	}

	@Nullable StoredDocument get(long number) {
		return state().documents().get(number);
	}

	/**
	 * {@return the greatest number of a document with an id, or -1}
	 */
	long find(String id) {
		long number = -1;
		for (Map.Entry<Long, StoredDocument> entry : state().documents().entrySet()) {
			if (entry.getValue().id().equals(id)) {
				number = Math.max(number, entry.getKey());
			}
		}
		return number;
	}

	/** Finds what a filter matches, by evaluating it. */
	void matching(MetadataFilter filter, long first, long last, LongConsumer found) {
		state().documents().forEach((number, document) -> {
			Map<String, Object> metadata = document.metadata();
			if (metadata != null && number >= first && number <= last && filter.matches(metadata)) {
				found.accept(number);
			}
		});
	}

}
