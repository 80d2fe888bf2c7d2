package dev.snapvec.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.snapvec.VectorIndex;
import dev.snapvec.internal.number.NumberedIndex;
import dev.snapvec.internal.number.Numbers;
import dev.snapvec.internal.number.ReplayListener;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an index that mutations are replayed on. Rows are added in batches. Not
 * thread-safe.
 * <p>
 * The numbers of an id grow along the log, unless a row without number is between them.
 * So a row whose id has the same number or a higher one is in the index already, or was
 * replaced by one that is, and is left out.
 */
final class ReplayedRows {

	private static final int BATCH = 1024;

	private final VectorIndex index;

	private final NumberedIndex numbers;

	private final ReplayListener listener;

	/** Rows not in the index yet: the latest per id. */
	private final Map<String, Row> rows = new LinkedHashMap<>();

	/** The ids of those that have numbers. */
	private final Map<Long, String> numbered = new HashMap<>();

	private long newest;

	ReplayedRows(VectorIndex index, ReplayListener listener) {
		this.index = index;
		this.numbers = Numbers.of(index);
		this.listener = listener;
	}

	private record Row(float[] vector, long number) {
	}

	/** A row that is given another number. */
	record Renumbering(String id, long expected, long number, byte[] payload) {
	}

	VectorIndex index() {
		return this.index;
	}

	/** Adds a row without number. */
	void put(String id, float[] vector) {
		remove(id);
		add(id, new Row(vector, 0));
	}

	/** Adds a row with a number, unless its id has that number or a higher one. */
	void put(String id, float[] vector, long number, byte[] payload) {
		requireNew(id, number);
		if (number > number(id)) {
			remove(id);
			add(id, new Row(vector, number));
			this.listener.put(id, number, payload, vector, 0);
		}
	}

	private void add(String id, Row row) {
		this.rows.put(id, row);
		if (row.number > 0) {
			this.numbered.put(row.number, id);
		}
		if (this.rows.size() == BATCH) {
			flush();
		}
	}

	/** No two ids have the same number. */
	private void requireNew(String id, long number) {
		this.newest = Math.max(this.newest, number);
		String other = this.numbered.containsKey(number) ? this.numbered.get(number) : this.numbers.id(number);
		if (other != null && !other.equals(id) && number(other) == number) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "the number %d of id '%s' is that of id '%s'", number, id, other));
		}
	}

	/** The number of an id, or 0. */
	private long number(String id) {
		Row row = this.rows.get(id);
		if (row != null) {
			return row.number;
		}
		return (this.numbers.newest() > 0) ? Math.max(0, this.numbers.number(id)) : 0;
	}

	/**
	 * Says that the number of an id is gone, and drops the row if it is not added yet.
	 */
	private void remove(String id) {
		long number = number(id);
		if (number > 0) {
			this.listener.gone(number);
			this.numbered.remove(number);
		}
		this.rows.remove(id);
	}

	void delete(List<String> ids) {
		ids.forEach(this::remove);
		this.index.deleteAll(ids);
	}

	/** Deletes the rows of ids that have these numbers. */
	void delete(List<String> ids, long[] numbers) {
		List<String> deleted = new ArrayList<>();
		for (int i = 0; i < numbers.length; i++) {
			this.newest = Math.max(this.newest, numbers[i]);
			if (number(ids.get(i)) == numbers[i]) {
				deleted.add(ids.get(i));
			}
		}
		delete(deleted);
	}

	/** Gives rows other numbers, those that have the expected ones. */
	void renumber(List<Renumbering> renumberings) {
		Map<String, Renumbering> stored = new LinkedHashMap<>();
		Set<Long> given = new HashSet<>();
		for (Renumbering each : renumberings) {
			requireNew(each.id, each.number);
			if (stored.containsKey(each.id) || !given.add(each.number)) {
				throw new IllegalArgumentException(String.format(Locale.ROOT,
						"number %d of id '%s': one record must give an id one number, and a number to one id",
						each.number, each.id));
			}
			Row row = this.rows.get(each.id);
			boolean there = row != null || this.index.contains(each.id);
			if (!there || number(each.id) != each.expected) {
				continue;
			}
			this.listener.put(each.id, each.number, each.payload, (row != null) ? row.vector : null, each.expected);
			remove(each.id);
			if (row != null) {
				add(each.id, new Row(row.vector, each.number));
			}
			else {
				stored.put(each.id, each);
			}
		}
		if (!stored.isEmpty()) {
			this.numbers.renumber(List.copyOf(stored.keySet()),
					stored.values().stream().mapToLong(Renumbering::expected).toArray(),
					stored.values().stream().mapToLong(Renumbering::number).toArray());
		}
	}

	/** Adds all rows to the index. */
	void flush() {
		if (!this.rows.isEmpty()) {
			List<String> ids = List.copyOf(this.rows.keySet());
			float[][] vectors = this.rows.values().stream().map(Row::vector).toArray(float[][]::new);
			if (this.numbered.isEmpty()) {
				this.index.upsertAll(ids, vectors);
			}
			else {
				this.numbers.put(ids, vectors, this.rows.values().stream().mapToLong(Row::number).toArray());
			}
			this.rows.clear();
			this.numbered.clear();
		}
		if (this.newest > 0) {
			this.numbers.givenUpTo(this.newest);
		}
	}

}
