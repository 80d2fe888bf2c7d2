package dev.snapvec.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.VectorIndex;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A snapshot saved beside mutations holds exactly what was recorded before its log began.
 * If it held more, and the power took the end of that log, then restoring would do the
 * first of its mutations again and not the later ones: a state that never was.
 */
class SnapshotMomentTests {

	private static final int THREADS = 3;

	@TempDir
	Path directory;

	@Test
	@Timeout(60)
	void snapshotsHoldNothingThatTheirLogsBeginWith() throws Exception {
		save(60);
	}

	@Test
	@Tag("slow")
	@Timeout(600)
	void thousandsOfSnapshotsHoldNothingThatTheirLogsBeginWith() throws Exception {
		save(10_000);
	}

	/** Each thread counts, in the id of the one row that it has. */
	private void save(int saves) throws Exception {
		SafeIndex index = newIndex();
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		AtomicBoolean done = new AtomicBoolean();
		try (IndexStore store = IndexStore.open(this.directory, 1)) {
			store.log(index, LogSync.never());
			for (int t = 0; t < THREADS; t++) {
				String thread = "thread-" + t + "-";
				index.add(thread + 0, vector(t));
				threads.submit(() -> {
					for (long i = 0; !done.get(); i++) {
						index.add(thread + (i + 1), vector(i));
						index.delete(thread + i);
					}
				});
			}
			for (int i = 0; i < saves; i++) {
				Snapshot snapshot = store.save(index);
				VectorIndex saved = VectorIndex.load(snapshot.path(), LoadOptions.defaults());
				requireThatItDoesNotHold(saved, new StoreFiles(this.directory).log(snapshot.number()),
						"snapshot " + snapshot.number());
			}
		}
		finally {
			done.set(true);
			threads.shutdown();
		}
	}

	/** What is first added or deleted by each thread, if it is on disk by now. */
	private static void requireThatItDoesNotHold(VectorIndex saved, Path log, String what) throws IOException {
		Set<String> seen = new HashSet<>();
		try (LogReader reader = new LogReader(log)) {
			long at = LogHeader.BYTES;
			for (long number = 1; seen.size() < THREADS && number < 100; number++) {
				LogRecord record = reader.record(at, number, number);
				if (record == null) {
					return;
				}
				at += record.bytes();
				boolean put = record.kind() == MutationRecords.PUT;
				ByteBuffer content = record.content();
				content.position(content.position() + (put ? 8 : 4));
				byte[] id = new byte[content.getShort()];
				content.get(id);
				String text = new String(id, StandardCharsets.UTF_8);
				if (seen.add(text.substring(0, "thread-0-".length()))) {
					assertThat(saved.contains(text)).as("%s, %s of %s", what, put ? "added" : "deleted", text)
						.isEqualTo(!put);
				}
			}
		}
	}

}
