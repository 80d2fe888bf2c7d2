package dev.snapvec.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import dev.snapvec.IndexIoException;
import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.file.AtomicFile;
import dev.snapvec.internal.file.Disk;
import dev.snapvec.internal.number.NumberListener;
import dev.snapvec.internal.number.NumberedRows;
import dev.snapvec.internal.number.NumberedStore;
import dev.snapvec.internal.number.Numbering;
import dev.snapvec.internal.number.Numbers;
import dev.snapvec.internal.number.ReplayListener;
import dev.snapvec.internal.number.SnapshotCompanion;
import org.jspecify.annotations.Nullable;

/**
 * Texts that belong to the rows of an index: as little as can be of what documents make
 * of numbers, payloads and commits. A commit is a file beside the snapshots.
 */
final class Shelf implements NumberListener, ReplayListener, SnapshotCompanion {

	private record Text(String id, String text) {
	}

	private final Path directory;

	/** By number, those that rows have or are about to have. */
	private final NavigableMap<Long, Text> texts = new TreeMap<>();

	/** Those that no row has, but perhaps a row of the next snapshot. */
	private final Map<Long, Text> gone = new HashMap<>();

	private final NavigableMap<Long, Text> replayed = new TreeMap<>();

	private final Set<Long> replayedGone = new HashSet<>();

	private long newest;

	private int begun;

	private Shelf(Path directory) {
		this.directory = directory;
	}

	/** The texts of a store that was just opened, and is not restored yet. */
	static Shelf of(IndexStore store) {
		Shelf shelf = new Shelf(store.directory());
		NumberedStore.replayListener(store, shelf);
		NumberedStore.companion(store, shelf);
		return shelf;
	}

	@Override
	public void begin(VectorIndex index, long snapshot) {
		this.begun++;
		this.replayed.clear();
		this.replayedGone.clear();
	}

	@Override
	public void put(String id, long number, byte[] payload, float @Nullable [] vector, long previous) {
		this.replayed.put(number, new Text(id, new String(payload, StandardCharsets.UTF_8)));
		this.newest = Math.max(this.newest, number);
	}

	@Override
	public void gone(long number) {
		if (this.replayed.remove(number) == null) {
			this.replayedGone.add(number);
		}
	}

	/** How often a replay began. */
	int begun() {
		return this.begun;
	}

	/** What was replayed on top of a snapshot is added to the texts of its commit. */
	void restored(VectorIndex index) {
		this.texts.clear();
		long commit = Numbers.of(index).commit();
		if (commit > 0) {
			read(commit);
		}
		this.texts.keySet().removeAll(this.replayedGone);
		this.texts.putAll(this.replayed);
		this.newest = Math.max(this.newest, Numbers.of(index).newest());
	}

	/** Follows a handle from now on. */
	void follow(SafeIndex index) {
		Numbers.of(index).listener(this);
	}

	@Override
	public synchronized void gone(long[] numbers) {
		for (long number : numbers) {
			Text text = this.texts.remove(number);
			if (text == null) {
				throw new IllegalStateException(number + " is gone, but has no text");
			}
			this.gone.put(number, text);
		}
	}

	private Numbering numbering(List<String> ids, List<String> texts) {
		return new Numbering() {
			@Override
			public long begin(int[] rows) {
				synchronized (Shelf.this) {
					long first = Shelf.this.newest + 1;
					for (int row : rows) {
						Shelf.this.texts.put(++Shelf.this.newest, new Text(ids.get(row), texts.get(row)));
					}
					return first;
				}
			}

			@Override
			public void failed(long first, int rows) {
				synchronized (Shelf.this) {
					Shelf.this.texts.subMap(first, first + rows).clear();
				}
			}
		};
	}

	private static byte[][] payloads(List<String> texts) {
		return texts.stream().map((text) -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
	}

	void put(SafeIndex index, List<String> ids, float[][] vectors, List<String> texts) {
		Numbers.of(index)
			.put("upsertAll", new NumberedRows(ids, vectors, payloads(texts)), true, numbering(ids, texts),
					ProgressListener.NONE);
	}

	/** Other texts for rows that are there, also for those without text. */
	void change(SafeIndex index, List<String> ids, List<String> texts) {
		long[] expected = ids.stream().mapToLong(Numbers.of(index.index())::number).toArray();
		Numbers.of(index).renumber("updateMetadata", ids, expected, payloads(texts), numbering(ids, texts));
	}

	void delete(SafeIndex index, List<String> ids) {
		Numbers.of(index).delete("delete", ids.stream().mapToLong(Numbers.of(index.index())::number).toArray());
	}

	/** The text of each id of an index that has one. */
	Map<String, String> texts(VectorIndex index) {
		Map<String, String> found = new TreeMap<>();
		Numbers.of(index).forEach((id, number) -> {
			Text text;
			synchronized (this) {
				text = this.texts.get(number);
			}
			if (text == null || !text.id.equals(id)) {
				throw new AssertionError(id + " has number " + number + ", which has " + text);
			}
			found.put(id, text.text);
		});
		return found;
	}

	/** How many texts there are, of rows or not. */
	synchronized int size() {
		return this.texts.size();
	}

	@Override
	public synchronized long commit(long snapshot, Moment moment) {
		StringBuilder lines = new StringBuilder();
		NavigableMap<Long, Text> all = new TreeMap<>(this.gone);
		all.putAll(this.texts);
		all.forEach((number, text) -> {
			if (moment.holds(number)) {
				lines.append(number).append('\t').append(text.id).append('\t').append(text.text).append('\n');
			}
		});
		try {
			AtomicFile.writeBytes(file(snapshot),
					(channel) -> channel.write(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8))),
					AtomicFile.Guard.NONE);
		}
		catch (IOException ex) {
			throw new IndexIoException(file(snapshot), "write", ex);
		}
		this.gone.keySet().removeIf((number) -> !moment.holds(number));
		return snapshot;
	}

	private Path file(long commit) {
		return this.directory.resolve("documents-" + commit);
	}

	private void read(long commit) {
		try {
			for (String line : Files.readString(file(commit)).split("\n")) {
				String[] parts = line.split("\t", -1);
				if (parts.length == 3) {
					this.texts.put(Long.parseLong(parts[0]), new Text(parts[1], parts[2]));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void retained(Set<Long> snapshots) {
		long newest = Collections.max(snapshots);
		try (var files = Files.list(this.directory)) {
			for (Path file : files.filter((path) -> path.getFileName().toString().startsWith("documents-")).toList()) {
				long commit = Long.parseLong(file.getFileName().toString().substring("documents-".length()));
				if (commit < newest && !snapshots.contains(commit)) {
					Disk.current().delete(file);
				}
			}
		}
		catch (IOException ex) {
			throw new IndexIoException(this.directory, "delete commits in", ex);
		}
	}

	/** The commits that are there. */
	static List<String> commits(Path directory) {
		return Arrays.stream(Objects.requireNonNull(directory.toFile().list()))
			.filter((name) -> name.startsWith("documents-"))
			.sorted()
			.toList();
	}

}
