package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.VectorIndex;
import org.jspecify.annotations.Nullable;

/**
 * The logs that follow a snapshot, one continuing the other. Confined to one thread.
 */
final class LogChain {

	private final StoreFiles files;

	private final long snapshot;

	private final LogReplay replay;

	private long mutations;

	private @Nullable Last last;

	private LogChain(StoreFiles files, long snapshot, VectorIndex index) {
		this.files = files;
		this.snapshot = snapshot;
		this.replay = new LogReplay(index);
	}

	/**
	 * The last log of a chain.
	 *
	 * @param number its number
	 * @param path its file
	 * @param end where what can be used of it ends
	 * @param records how many records that is
	 */
	record Last(long number, Path path, long end, long records) {
	}

	/**
	 * What a chain came to.
	 *
	 * @param mutations how many were applied
	 * @param last the log to go on with, if there is one
	 * @param damage why the others were not, if any were not
	 */
	record Outcome(long mutations, @Nullable Last last, @Nullable CorruptIndexException damage) {
	}

	/**
	 * Applies to an index what was recorded since the snapshot it was loaded from.
	 * @return what came of it; what is sound before a damage is applied
	 */
	static Outcome replay(StoreFiles files, long snapshot, VectorIndex index) {
		LogChain chain = new LogChain(files, snapshot, index);
		CorruptIndexException damage = null;
		try {
			for (Map.Entry<Long, Path> log : files.logs().tailMap(snapshot).entrySet()) {
				chain.apply(log.getKey(), log.getValue());
			}
		}
		catch (CorruptIndexException ex) {
			damage = ex;
		}
		return new Outcome(chain.mutations, chain.last, damage);
	}

	/**
	 * Makes sure that nothing was recorded.
	 * @throws CorruptIndexException if something was
	 */
	static void requireEmpty(StoreFiles files) {
		files.logs().forEach((number, path) -> {
			try (LogReader reader = new LogReader(path)) {
				require(reader.header() == null || reader.size() == LogHeader.BYTES, path,
						"it continues from a snapshot, but there are none in its directory");
			}
			catch (IOException ex) {
				throw new IndexIoException(path, "read", ex);
			}
		});
	}

	private void apply(long number, Path path) {
		try (LogReader reader = new LogReader(path)) {
			LogHeader header = reader.header();
			if (header == null) {
				return;
			}
			require(header.number() == number, path, String.format(Locale.ROOT,
					"its header says that it is log %d, its name %d", header.number(), number));
			LogReader.Sound sound = reader.check();
			Last last = this.last;
			boolean follows = (last != null) ? header.previous() == last.number : number == this.snapshot;
			if (!follows && sound.records() == 0 && sound.damage() == null) {
				return;
			}
			require(follows, path,
					String.format(Locale.ROOT,
							"it continues from %s, which is not there or damaged;"
									+ " its %d mutations cannot be applied to anything older",
							(header.previous() > 0) ? this.files.log(header.previous()).getFileName()
									: this.files.snapshot(number).getFileName(),
							sound.mutations()));
			if (last != null) {
				require(last.records == header.previousRecords(), last.path,
						String.format(Locale.ROOT, "its end is missing: %d records are sound, %s knew it to have %d",
								last.records, path.getFileName(), header.previousRecords()));
			}
			this.replay.apply(reader, path, sound.end());
			this.mutations += sound.mutations();
			this.last = new Last(number, path, sound.end(), sound.records());
			require(sound.damage() == null, path, String.format(Locale.ROOT, "%s; the %d mutations before it are sound",
					sound.damage(), sound.mutations()));
		}
		catch (IOException ex) {
			throw new IndexIoException(path, "read", ex);
		}
	}

	private static void require(boolean expected, Path path, String otherwise) {
		if (!expected) {
			throw new CorruptIndexException(path,
					String.format(Locale.ROOT, "%s is damaged: %s. Restore it from a backup, or restore the newest"
							+ " sound state to go on without what is damaged", path, otherwise),
					null);
		}
	}

	/**
	 * Sets aside what could not be applied, so that the rest is a chain without damage.
	 * @param last the last log that could, or null if none could
	 */
	static void setRestAside(StoreFiles files, long snapshot, @Nullable Last last) {
		List<Path> rest = new ArrayList<>(files.logs().tailMap((last != null) ? last.number + 1 : snapshot).values());
		rest.forEach((log) -> StoreFiles.move(log, StoreFiles.corrupt(log)));
		if (last != null) {
			cut(last);
		}
	}

	private static void cut(Last last) {
		try {
			if (Files.size(last.path) > last.end) {
				Files.copy(last.path, StoreFiles.corrupt(last.path), StandardCopyOption.REPLACE_EXISTING);
				LogWriter.reopen(last.path, LogSync.always(), last.end, last.records).close();
			}
		}
		catch (IOException ex) {
			throw new IndexIoException(last.path, "set the damaged end aside of", ex);
		}
	}

}
