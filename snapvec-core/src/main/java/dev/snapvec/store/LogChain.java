package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.VectorIndex;
import org.jspecify.annotations.Nullable;

/**
 * The logs that follow a snapshot, one continuing the other. Confined to one thread.
 * <p>
 * A log without records does not say where the one before ends: it may be left of an
 * attempt to begin it that failed, while the one before went on. It only says how many
 * records that has at least. A log with records does say where the one before ends.
 * Records behind were not acknowledged by a writer that had lost the directory, or the
 * later log repeats them.
 */
final class LogChain {

	private final StoreFiles files;

	private final long snapshot;

	private final List<LogLink> links = new ArrayList<>();

	/** Logs without records. */
	private final NavigableMap<Long, LogLink> empty = new TreeMap<>();

	private @Nullable CorruptIndexException damage;

	private LogChain(StoreFiles files, long snapshot) {
		this.files = files;
		this.snapshot = snapshot;
	}

	/**
	 * The last log of a chain.
	 *
	 * @param number its number
	 * @param header how it begins
	 * @param position where what can be used of it ends
	 */
	record Last(long number, LogHeader header, LogReplay.Position position) {

		Path path() {
			return this.position.path();
		}

	}

	/**
	 * What a chain came to.
	 *
	 * @param index the index with the mutations
	 * @param mutations how many were applied
	 * @param last the log to continue, if there is one
	 * @param damage why the others were not, if any were not
	 */
	record Outcome(VectorIndex index, long mutations, @Nullable Last last, @Nullable CorruptIndexException damage) {
	}

	/**
	 * Applies to an index what was recorded since the snapshot it was loaded from, up to
	 * the first mutation that cannot be. A mutation is applied whole or not at all.
	 * @param index the index, of no use afterwards; the outcome has the one to use
	 * @param again loads the index again
	 */
	static Outcome replay(StoreFiles files, long snapshot, VectorIndex index, Supplier<VectorIndex> again) {
		LogChain chain = new LogChain(files, snapshot);
		chain.read();
		try {
			return chain.applyTo(index);
		}
		catch (CorruptIndexException ex) {
			chain.endWhereApplyingFails(again.get());
			return chain.applyTo(again.get());
		}
	}

	private void read() {
		try {
			for (Map.Entry<Long, Path> log : this.files.logs().tailMap(this.snapshot).entrySet()) {
				LogLink link = LogLink.read(log.getKey(), log.getValue());
				if (link != null && link.isEmpty()) {
					this.empty.put(link.number(), link);
				}
				else if (link != null) {
					attach(link);
				}
			}
		}
		catch (CorruptIndexException ex) {
			this.damage = ex;
		}
		LogLink tip = tip();
		if (tip != null && tip.damage() != null) {
			this.damage = tip.damaged(String.format(Locale.ROOT, "%s; the %d mutations before it are sound",
					tip.damage(), tip.mutations()));
			endWithRecords();
		}
		if (this.damage == null) {
			this.damage = lostBeforeEmpty();
		}
	}

	/**
	 * What logs without records tell of those before them. Such a log is begun only once
	 * the records that it continues are on disk. So if there are fewer, they were lost;
	 * if there are more, it was not used, and the one before went on.
	 */
	private @Nullable CorruptIndexException lostBeforeEmpty() {
		LogLink tip = tip();
		long last = (tip != null) ? tip.number() : this.snapshot;
		for (LogLink link : this.empty.tailMap(last, false).values()) {
			LogHeader header = link.header();
			long there = (tip != null && header.previous() == last) ? tip.records() : 0;
			if (header.number() == link.number() && header.previous() >= last && header.previousRecords() > there) {
				return LogLink.damaged(this.files.log(header.previous()),
						truncated(there, link.path(), header.previousRecords()));
			}
		}
		return null;
	}

	private static String truncated(long records, Path next, long expected) {
		return String.format(Locale.ROOT, "truncated: %d valid records, but %s expects %d", records, next.getFileName(),
				expected);
	}

	private @Nullable LogLink tip() {
		return this.links.isEmpty() ? null : this.links.get(this.links.size() - 1);
	}

	/** Puts a log with records behind the tip, maybe by way of logs without. */
	private void attach(LogLink link) {
		if (link.header().number() != link.number()) {
			throw link.damaged(String.format(Locale.ROOT, "it is log %d, under the name of log %d",
					link.header().number(), link.number()));
		}
		LogLink tip = tip();
		LogLink child = link;
		while (tip != null ? child.header().previous() != tip.number() : child.number() != this.snapshot) {
			LogLink previous = (child.header().previous() < child.number()) ? this.empty.get(child.header().previous())
					: null;
			if (previous == null) {
				throw missing(link, child.header());
			}
			requireRecords(previous, child);
			child = previous;
		}
		if (tip != null) {
			requireRecords(tip, child);
			this.links.set(this.links.size() - 1, tip.upTo(child.header().previousRecords()));
		}
		this.links.add(link);
	}

	private CorruptIndexException missing(LogLink link, LogHeader header) {
		Path before = (header.previous() > 0) ? this.files.log(header.previous())
				: this.files.snapshot(header.number());
		return link.damaged(String.format(Locale.ROOT,
				"it continues from %s, which is not there or damaged;"
						+ " its %d mutations cannot be applied to anything older",
				before.getFileName(), link.mutations()));
	}

	private static void requireRecords(LogLink link, LogLink next) {
		if (link.records() < next.header().previousRecords()) {
			throw link.damaged(truncated(link.records(), next.path(), next.header().previousRecords()));
		}
	}

	private Outcome applyTo(VectorIndex index) {
		LogReplay replay = new LogReplay(index, false);
		apply(replay);
		return new Outcome(index, replay.mutations(), last(replay.position()), this.damage);
	}

	private void apply(LogReplay replay) {
		for (LogLink link : this.links) {
			try (LogReader reader = new LogReader(link.path())) {
				replay.apply(reader, link.path(), link.records());
			}
			catch (IOException ex) {
				throw new IndexIoException(link.path(), "read", ex);
			}
		}
	}

	/** Leaves out the first mutation that does not fit the index, and all behind it. */
	private void endWhereApplyingFails(VectorIndex index) {
		LogReplay replay = new LogReplay(index, true);
		try {
			apply(replay);
		}
		catch (CorruptIndexException ex) {
			this.damage = ex;
			this.empty.clear();
			LogReplay.Position position = replay.position();
			while (position != null && !this.links.isEmpty()) {
				LogLink link = this.links.remove(this.links.size() - 1);
				if (link.path().equals(position.path())) {
					this.links.add(link.upTo(position.records()));
					endWithRecords();
					return;
				}
			}
		}
	}

	/**
	 * Leaves out damaged logs of which nothing can be used, so that they are set aside
	 * whole. If one was left without records, those that it does not continue would count
	 * again.
	 */
	private void endWithRecords() {
		for (LogLink tip = tip(); tip != null && tip.records() == 0 && this.links.size() > 1; tip = tip()) {
			this.links.remove(this.links.size() - 1);
		}
	}

	/** The log to continue: one without records if it continues what there is. */
	private @Nullable Last last(LogReplay.@Nullable Position position) {
		LogLink tip = tip();
		Last last = (tip != null && position != null) ? new Last(tip.number(), tip.header(), position) : null;
		if (this.damage != null) {
			return last;
		}
		for (LogLink link : this.empty.values()) {
			LogHeader header = link.header();
			boolean continues = (last != null)
					? header.previous() == last.number && header.previousRecords() == last.position.records()
					: link.number() == this.snapshot;
			if (continues && header.number() == link.number()) {
				last = new Last(link.number(), header, new LogReplay.Position(link.path(), link.end(), 0, 0));
			}
		}
		return last;
	}

	/**
	 * Makes sure that nothing was recorded.
	 * @throws CorruptIndexException if something was
	 */
	static void requireEmpty(StoreFiles files) {
		files.logs().forEach((number, path) -> {
			LogLink link = LogLink.read(number, path);
			if (link != null && !link.isEmpty()) {
				throw link.damaged("it continues from a snapshot, but there are none in its directory");
			}
		});
	}

}
