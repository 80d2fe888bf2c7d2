package dev.snapvec.documents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

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
	private record State(Map<Long, TailChange.Put> documents, long[] removed) {
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
	 * {@return the changes that a snapshot with some documents has behind it, in their
	 * order: documents that it holds are put, and those that it does not hold any more
	 * are removed}
	 * @param held whether the snapshot holds the document of a number
	 */
	List<TailChange> until(LongPredicate held) {
		Set<Long> gone = new HashSet<>();
		for (int i = 0; i < this.count; i++) {
			if (this.changes[i] instanceof TailChange.Removal removal && !held.test(removal.number())) {
				gone.add(removal.number());
			}
		}
		List<TailChange> changes = new ArrayList<>();
		for (int i = 0; i < this.count; i++) {
			TailChange change = this.changes[i];
			boolean put = change instanceof TailChange.Put;
			if (gone.contains(change.number()) || (put && held.test(change.number()))) {
				changes.add(change);
			}
		}
		return changes;
	}

	/**
	 * {@return the changes in their order}
	 */
	List<TailChange> changes() {
		return Arrays.asList(this.changes).subList(0, this.count);
	}

	/**
	 * {@return what remains of this tail}
	 * @param some the changes to leave out, as this tail or an earlier one returned them
	 */
	Tail without(List<TailChange> some) {
		Set<TailChange> left = Collections.newSetFromMap(new IdentityHashMap<>());
		left.addAll(some);
		Tail remaining = EMPTY;
		for (int i = 0; i < this.count; i++) {
			if (!left.contains(this.changes[i])) {
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
			Map<Long, TailChange.Put> documents = new LinkedHashMap<>();
			long[] removed = new long[this.count];
			int removals = 0;
			for (int i = 0; i < this.count; i++) {
				TailChange change = this.changes[i];
				if (change instanceof TailChange.Put put) {
					documents.put(put.number(), put);
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
	List<Long> removed() {
		return Arrays.stream(state().removed()).boxed().toList();
	}

	/**
	 * {@return the numbers of the documents}
	 */
	Collection<Long> numbers() {
		return state().documents().keySet();
	}

	@Nullable StoredDocument get(long number) {
		TailChange.Put put = state().documents().get(number);
		return (put != null) ? put.document() : null;
	}

	/**
	 * {@return the documents}
	 */
	Collection<TailChange.Put> documents() {
		return state().documents().values();
	}

	/**
	 * {@return the greatest number of a document with an id, or -1}
	 */
	long find(String id) {
		long number = -1;
		for (TailChange.Put put : documents()) {
			if (put.document().id().equals(id)) {
				number = Math.max(number, put.number());
			}
		}
		return number;
	}

	/** Finds what a filter matches, by evaluating it. */
	void matching(MetadataFilter filter, long first, long last, LongConsumer found) {
		for (TailChange.Put put : documents()) {
			if (put.number() >= first && put.number() <= last && matches(filter, put)) {
				found.accept(put.number());
			}
		}
	}

	/** A row without document matches nothing. */
	static boolean matches(MetadataFilter filter, TailChange.Put put) {
		Map<String, Object> metadata = put.document().metadata();
		return metadata != null && filter.matches(metadata);
	}

}
