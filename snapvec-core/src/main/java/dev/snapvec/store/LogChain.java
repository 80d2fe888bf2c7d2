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
import dev.snapvec.internal.number.ReplayListener;
import org.jspecify.annotations.Nullable;

/**
 * The WAL segments that follow a snapshot, each continuing the one before. Not
 * thread-safe.
 * <p>
 * A segment without records does not determine where the one before ends: it may be left
 * by a failed attempt to rotate, after which the one before was continued. It only
 * determines how many records that one has at least. A segment with records does
 * determine where the one before ends. Records behind that were not acknowledged, by a
 * writer that had lost the directory, or are repeated in the later segment. See
 * docs/adr/0010-a-log-that-is-never-appended-to-twice.md.
 */
final class LogChain {

	private final StoreFiles files;

	private final long snapshot;

	private final ReplayListener listener;

	private final List<LogLink> links = new ArrayList<>();

	/** Segments without records. */
	private final NavigableMap<Long, LogLink> empty = new TreeMap<>();

	private @Nullable CorruptIndexException damage;

	private LogChain(StoreFiles files, long snapshot, ReplayListener listener) {
		this.files = files;
		this.snapshot = snapshot;
		this.listener = listener;
	}

	/**
	 * The last segment of a chain.
	 *
	 * @param number its number
	 * @param header its header
	 * @param position the end of its valid prefix
	 */
	record Last(long number, LogHeader header, LogReplay.Position position) {

		Path path() {
			return this.position.path();
		}

	}

	/**
	 * The outcome of replaying a chain.
	 *
	 * @param index the index with the mutations
	 * @param mutations the number of mutations applied
	 * @param last the segment to continue, or null
	 * @param damage why further mutations were not applied, or null
	 */
	record Outcome(VectorIndex index, long mutations, @Nullable Last last, @Nullable CorruptIndexException damage) {
	}

	/**
	 * Replays the mutations recorded since the snapshot that an index was loaded from, up
	 * to the first that cannot be applied. A mutation is applied as a whole or not at
	 * all.
	 * @param index the index, not to be used afterwards; the outcome has the one to use
	 * @param again loads the index again
	 * @param listener receives what is replayed of documents
	 */
	static Outcome replay(StoreFiles files, long snapshot, VectorIndex index, Supplier<VectorIndex> again,
			ReplayListener listener) {
		LogChain chain = new LogChain(files, snapshot, listener);
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
			this.damage = tip.damaged(String.format(Locale.ROOT, "%s; the %d mutations before it are valid",
					tip.damage(), tip.mutations()));
			endWithRecords();
		}
		if (this.damage == null) {
			this.damage = lostBeforeEmpty();
		}
	}

	/**
	 * What segments without records reveal about those before them. Such a segment is
	 * created only after the records that it continues are on disk. So if there are
	 * fewer, some were lost; if there are more, the segment was not used, and the one
	 * before was continued.
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

	/** Appends a segment with records to the chain, possibly via segments without. */
	private void attach(LogLink link) {
		if (link.header().number() != link.number()) {
			throw link.damaged(String.format(Locale.ROOT, "its header says number %d, but its name says number %d",
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
		return link.unconnected(String.format(Locale.ROOT,
				"it continues from %s, which is missing or damaged;"
						+ " without that file, its %d mutations cannot be applied",
				before.getFileName(), link.mutations()));
	}

	private static void requireRecords(LogLink link, LogLink next) {
		if (link.records() < next.header().previousRecords()) {
			throw link.damaged(truncated(link.records(), next.path(), next.header().previousRecords()));
		}
	}

	private Outcome applyTo(VectorIndex index) {
		this.listener.begin(index, this.snapshot);
		LogReplay replay = new LogReplay(index, false, this.listener);
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

	/** Drops the first mutation that does not fit the index, and all behind it. */
	private void endWhereApplyingFails(VectorIndex index) {
		LogReplay replay = new LogReplay(index, true, ReplayListener.NONE);
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
	 * Drops damaged segments without a valid record, so that they are set aside as a
	 * whole. If one was left without records, segments that it does not continue would
	 * count again.
	 */
	private void endWithRecords() {
		for (LogLink tip = tip(); tip != null && tip.records() == 0 && this.links.size() > 1; tip = tip()) {
			this.links.remove(this.links.size() - 1);
		}
	}

	/** The segment to continue: one without records if it continues the valid records. */
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
	 * Checks that no mutation is recorded.
	 * @throws CorruptIndexException if one is
	 */
	static void requireEmpty(StoreFiles files) {
		files.logs().forEach((number, path) -> {
			LogLink link = LogLink.read(number, path);
			if (link != null && !link.isEmpty()) {
				throw link.unconnected("it continues from a snapshot, but its directory has none; put one back,"
						+ " or move all files aside to begin with an empty index");
			}
		});
	}

}
