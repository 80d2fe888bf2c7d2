package dev.snapvec.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;

/**
 * A process that writes until it is killed, from several threads with ids of their own,
 * and says each mutation before it begins and after it returned.
 */
final class CrashingWriter {

	static final int THREADS = 3;

	private static final int IDS = 25;

	private static final List<String> KINDS = List.of("put", "put", "text", "text", "text", "change", "change", "drop",
			"delete", "delete");

	/**
	 * A mutation, as a line of text.
	 *
	 * @param thread whose it is
	 * @param kind {@code put}, {@code delete}, or one of documents: {@code text} puts
	 * them, {@code change} changes them, {@code drop} deletes them
	 * @param ids the ids
	 * @param seed of the vectors
	 */
	record Mutation(int thread, String kind, List<String> ids, long seed) {

		static Mutation random(int thread, Random random) {
			int first = random.nextInt(IDS);
			List<String> ids = random.ints(1 + random.nextInt(3), first, first + 10)
				.distinct()
				.mapToObj((id) -> thread + "-" + id)
				.toList();
			String kind = KINDS.get(random.nextInt(KINDS.size()));
			return new Mutation(thread, kind, ids, random.nextInt(100_000));
		}

		static Mutation parse(String line) {
			String[] parts = line.split(" ");
			return new Mutation(Integer.parseInt(parts[1]), parts[2], List.of(parts[3].split(",")),
					Long.parseLong(parts[4]));
		}

		String format() {
			return String.format(Locale.ROOT, "begin %d %s %s %d", this.thread, this.kind, String.join(",", this.ids),
					this.seed);
		}

		float[][] vectors() {
			float[][] vectors = new float[this.ids.size()][];
			for (int i = 0; i < vectors.length; i++) {
				vectors[i] = StoreFixture.vector(this.seed + i);
			}
			return vectors;
		}

		/** The text of each id, if the mutation gives it one. */
		List<String> texts() {
			return this.ids.stream().map((id) -> this.seed + " of " + id).toList();
		}

		private void run(SafeIndex index, Shelf shelf) {
			switch (this.kind) {
				case "put" -> index.upsertAll(this.ids, vectors());
				case "text" -> shelf.put(index, this.ids, vectors(), texts());
				case "change" -> shelf.change(index, this.ids, texts());
				case "drop" -> shelf.delete(index, this.ids);
				default -> index.deleteAll(this.ids);
			}
		}

	}

	private CrashingWriter() {
	}

	public static void main(String[] args) {
		IndexStore store = IndexStore.open(Path.of(args[0]), 2);
		SafeIndex index = StoreFixture.newIndex();
		Shelf shelf = Shelf.of(store);
		store.restore(LoadOptions.defaults()).ifPresent((restored) -> {
			index.local().restore(restored.index());
			shelf.restored(restored.index());
		});
		shelf.follow(index);
		store.log(index, sync(args[2]));
		for (int t = 0; t < THREADS; t++) {
			int thread = t;
			Random random = new Random(Long.parseLong(args[1]) + t);
			new Thread(() -> write(store, index, shelf, thread, random)).start();
		}
	}

	static LogSync sync(String name) {
		return switch (name) {
			case "always" -> LogSync.always();
			case "never" -> LogSync.never();
			default -> LogSync.every(Duration.ofMillis(3));
		};
	}

	private static void write(IndexStore store, SafeIndex index, Shelf shelf, int thread, Random random) {
		try {
			while (true) {
				Mutation mutation = Mutation.random(thread, random);
				say(mutation.format());
				mutation.run(index, shelf);
				say("done " + thread);
				if (thread == 0 && random.nextInt(20) == 0) {
					store.save(index);
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			ex.printStackTrace(new PrintStream(System.out, true, StandardCharsets.UTF_8));
		}
	}

	/** In one write, so that a kill leaves all of a line or none. */
	private static void say(String line) throws IOException {
		synchronized (CrashingWriter.class) {
			System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
			System.out.flush();
		}
	}

}
