package dev.snapvec.documents;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.LogSync;

/**
 * A process that changes documents until it is killed. Says on standard output what it
 * begins and what was acknowledged. Arguments: directory, seed.
 */
final class CrashingDocuments {

	static final int THREADS = 3;

	static final int DIMENSION = 8;

	private static final int IDS = 40;

	private static final int YEARS = 5;

	private CrashingDocuments() {
	}

	/**
	 * A change of documents of one thread.
	 *
	 * @param thread the thread
	 * @param kind put, update, delete or year: deletes the documents of a year
	 * @param version what is put, or the year
	 * @param ids the ids; none if the documents of a year are deleted
	 */
	record Change(int thread, String kind, int version, List<String> ids) {

		static Change parse(String line) {
			String[] parts = line.split(" ");
			return new Change(Integer.parseInt(parts[1]), parts[2], Integer.parseInt(parts[3]),
					(parts.length > 4) ? List.of(parts[4].split(",")) : List.of());
		}

		@Override
		public String toString() {
			return this.thread + " " + this.kind + " " + this.version + " " + String.join(",", this.ids);
		}

		/** What the documents of the thread are afterwards. */
		void apply(Map<String, StoredDocument> documents) {
			switch (this.kind) {
				case "put" -> this.ids.forEach((id) -> documents.put(id, document(this.thread, id, this.version)));
				case "update" -> this.ids.forEach((id) -> documents.computeIfPresent(id,
						(key, before) -> StoredDocument.of(id, String.valueOf(before.text()),
								metadata(this.thread, this.version), before.vector().clone())));
				case "delete" -> this.ids.forEach(documents::remove);
				default -> documents.values().removeIf((each) -> each.metadata().get("year").equals(this.version));
			}
		}

		private void applyTo(DocumentIndex documents) {
			switch (this.kind) {
				case "put" -> documents
					.upsertAll(this.ids.stream().map((id) -> document(this.thread, id, this.version)).toList());
				case "update" ->
					this.ids.forEach((id) -> documents.updateMetadata(id, metadata(this.thread, this.version)));
				case "delete" -> documents.deleteAll(this.ids);
				default -> documents.delete(MetadataFilter.and(MetadataFilter.eq("thread", this.thread),
						MetadataFilter.eq("year", this.version)));
			}
		}

	}

	private static StoredDocument document(int thread, String id, int version) {
		Random random = new Random(version * 31L + id.hashCode());
		float[] vector = new float[DIMENSION];
		for (int i = 0; i < DIMENSION; i++) {
			vector[i] = (float) random.nextGaussian();
		}
		return StoredDocument.of(id, "text of " + id + " " + version + " word".repeat(random.nextInt(100)),
				metadata(thread, version), vector);
	}

	private static Map<String, Object> metadata(int thread, int version) {
		return Map.of("thread", thread, "year", version % YEARS, "version", version);
	}

	static SafeIndex newIndex() {
		return new SafeIndex("crashing", SnapIndex.builder(DIMENSION).build());
	}

	public static void main(String[] arguments) throws InterruptedException {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		IndexStore store = IndexStore.open(Path.of(arguments[0]), 2);
		SafeIndex index = newIndex();
		DocumentIndex documents = new DocumentIndex(index, store, DocumentOptions.defaults());
		documents.restore((each) -> each.restore(LoadOptions.defaults()));
		store.log(index, LogSync.never());
		Random seeds = new Random(Long.parseLong(arguments[1]));
		List<Thread> threads = new ArrayList<>();
		for (int thread = 0; thread < THREADS; thread++) {
			int number = thread;
			Random random = new Random(seeds.nextLong());
			threads.add(new Thread(() -> {
				while (true) {
					Change change = change(number, random);
					out.println("begin " + change);
					change.applyTo(documents);
					out.println("done " + number);
				}
			}));
		}
		threads.forEach(Thread::start);
		while (true) {
			switch (seeds.nextInt(4)) {
				case 0 -> documents.purge();
				case 1 -> Thread.sleep(seeds.nextInt(50));
				default -> store.save(index);
			}
		}
	}

	private static Change change(int thread, Random random) {
		int version = random.nextInt(1_000_000);
		String[] ids = random.ints(1 + random.nextInt(4), 0, IDS)
			.distinct()
			.mapToObj((id) -> thread + "-" + id)
			.toArray(String[]::new);
		return switch (random.nextInt(8)) {
			case 0 -> new Change(thread, "delete", 0, List.of(ids));
			case 1 -> new Change(thread, "year", random.nextInt(YEARS), List.of());
			case 2, 3 -> new Change(thread, "update", version, List.of(ids[0]));
			default -> new Change(thread, "put", version, List.of(ids));
		};
	}

	/** The documents of each thread that an index has. */
	static List<Map<String, StoredDocument>> contents(DocumentIndex documents) {
		List<StoredDocument> all = new ArrayList<>();
		DocumentPage page = documents.list(MetadataFilter.all(), DocumentPage.START, 50);
		while (!page.documents().isEmpty()) {
			all.addAll(page.documents());
			page = documents.list(MetadataFilter.all(), page.next(), 50);
		}
		return Arrays.stream(new int[] { 0, 1, 2 })
			.mapToObj((thread) -> all.stream()
				.filter((document) -> document.id().startsWith(thread + "-"))
				.collect(Collectors.toMap(StoredDocument::id, (each) -> each, (a, b) -> {
					throw new AssertionError("twice: " + a.id());
				}, TreeMap::new)))
			.map((each) -> (Map<String, StoredDocument>) each)
			.toList();
	}

}
