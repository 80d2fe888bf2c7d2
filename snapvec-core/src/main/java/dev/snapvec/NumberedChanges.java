package dev.snapvec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import dev.snapvec.internal.number.NumberListener;
import dev.snapvec.internal.number.NumberedHandle;
import dev.snapvec.internal.number.NumberedLog;
import dev.snapvec.internal.number.NumberedRows;
import dev.snapvec.internal.number.Numbering;
import org.jspecify.annotations.Nullable;

/**
 * The mutations of a handle that give numbers to rows, or ask for them.
 *
 * @param changes the mutations of the handle
 * @param errors name the index
 * @param handle the handle, whose listeners receive what happened
 */
record NumberedChanges(IndexChanges changes, IndexErrors errors, SafeIndex handle) implements NumberedHandle {

	/** The numbers of one mutation, once they are given. */
	private static final class Given {

		private final Numbering numbering;

		private long first;

		private int rows;

		private Given(Numbering numbering) {
			this.numbering = numbering;
		}

		private long begin(int[] rows) {
			this.first = this.numbering.begin(rows);
			this.rows = rows.length;
			return this.first;
		}

		private void failed() {
			if (this.rows > 0) {
				this.numbering.failed(this.first, this.rows);
			}
		}

		private long[] numbers() {
			return IntStream.range(0, this.rows).mapToLong((i) -> this.first + i).toArray();
		}

	}

	@Override
	public long put(String call, NumberedRows rows, boolean replace, Numbering numbering, ProgressListener progress) {
		Given given = new Given(numbering);
		try {
			this.changes.put(call, rows.ids(), rows.vectors(), replace, progress, (batch, log) -> {
				if (rows.ids().isEmpty()) {
					return;
				}
				NumberedLog numbered = numbered(log);
				long first = given.begin(IntStream.range(0, rows.ids().size()).toArray());
				batch.number(given.numbers());
				if (numbered != null) {
					numbered.put(rows, first);
				}
			});
		}
		catch (RuntimeException | Error ex) {
			given.failed();
			throw ex;
		}
		this.handle.added(rows.ids().size());
		return given.first;
	}

	private @Nullable NumberedLog numbered(@Nullable MutationLog log) {
		if (log != null && !(log instanceof NumberedLog)) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"the log of index '%s' must record documents, but %s records vectors only", this.errors.index(),
					log.getClass().getSimpleName()));
		}
		return (NumberedLog) log;
	}

	@Override
	public long[] renumber(String call, List<String> ids, long[] expected, byte[][] payloads, Numbering numbering) {
		RowEncoding.rowIds(ids); // no two equal
		Given given = new Given(numbering);
		long[] numbers = new long[ids.size()];
		try {
			this.changes.mutate(call, ids, (index, log) -> {
				IndexNumbers known = index.numbers();
				int[] found = IntStream.range(0, expected.length)
					.filter((i) -> expected[i] >= 0 && known.number(ids.get(i)) == expected[i])
					.toArray();
				if (found.length == 0) {
					return 0;
				}
				NumberedLog numbered = numbered(log);
				long first = given.begin(found.clone());
				List<String> some = Arrays.stream(found).mapToObj(ids::get).toList();
				long[] present = Arrays.stream(found).mapToLong((i) -> expected[i]).toArray();
				if (numbered != null) {
					numbered.renumber(some, present, first,
							Arrays.stream(found).mapToObj((i) -> payloads[i]).toArray(byte[][]::new));
				}
				this.changes.gone(index.writer().renumber(some, present, given.numbers()));
				for (int i = 0; i < found.length; i++) {
					numbers[found[i]] = first + i;
				}
				return found.length;
			});
			return numbers;
		}
		catch (RuntimeException | Error ex) {
			given.failed();
			throw ex;
		}
	}

	@Override
	public int delete(String call, long[] numbers) {
		IndexNumbers present = this.changes.index().numbers();
		List<String> ids = new ArrayList<>();
		long[] known = Arrays.stream(numbers).filter((number) -> {
			String id = present.id(number);
			return id != null && ids.add(id);
		}).toArray();
		int rows = this.changes.mutate(call, ids, (index, log) -> {
			IndexNumbers now = index.numbers();
			int[] found = IntStream.range(0, known.length).filter((i) -> now.number(ids.get(i)) == known[i]).toArray();
			if (found.length == 0) {
				return 0;
			}
			List<String> some = Arrays.stream(found).mapToObj(ids::get).toList();
			long[] deleted = Arrays.stream(found).mapToLong((i) -> known[i]).toArray();
			NumberedLog numbered = numbered(log);
			if (numbered != null) {
				numbered.delete(some, deleted);
			}
			long[] gone = index.writer().delete(some, deleted);
			this.changes.gone(gone);
			return gone.length;
		});
		this.handle.deleted(rows);
		return rows;
	}

	@Override
	public void listener(@Nullable NumberListener listener) {
		this.changes.numberListener(listener);
	}

}
