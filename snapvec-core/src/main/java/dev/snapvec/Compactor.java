package dev.snapvec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import dev.snapvec.internal.rows.Compaction;
import dev.snapvec.internal.rows.RowStore;
import org.jspecify.annotations.Nullable;

/**
 * Compacts one index, on the caller's thread when asked to, and in the background when it
 * is worthwhile. Thread-safe: one compaction at a time, others wait.
 * <p>
 * The background is one daemon thread for all indexes of the process, which ends when it
 * is idle: so at most one index at a time takes twice its memory, and nothing keeps the
 * process, or what loaded this class, alive.
 */
final class Compactor {

	/** Few enough rows to bring in while mutations wait. */
	private static final int FEW_ROWS = 256;

	private static final long IDLE_SECONDS = 5;

	/** How long the background works at a time, and rests at most. */
	private static final long WORK_NANOS = 100_000;

	private static final long MOST_REST_NANOS = 1_000_000;

	private static final Executor BACKGROUND = background();

	private final Supplier<RowStore> store;

	private final Lock writer;

	private final Executor background;

	private final OrderedLock running = new OrderedLock(LockRank.COMPACTION, "the compaction of an index");

	/** Whether the background has a compaction to begin. */
	private final AtomicBoolean scheduled = new AtomicBoolean();

	private volatile @Nullable Failure failure;

	/**
	 * @param store the rows of the index as it is now
	 * @param writer is held to change them
	 */
	Compactor(Supplier<RowStore> store, Lock writer) {
		this(store, writer, BACKGROUND);
	}

	Compactor(Supplier<RowStore> store, Lock writer, Executor background) {
		this.store = store;
		this.writer = writer;
		this.background = background;
	}

	/**
	 * Why the last compaction in the background failed.
	 *
	 * @param cause what it threw
	 * @param surplus how many rows were dead or unsorted then
	 */
	private record Failure(Throwable cause, long surplus) {
	}

	private static Executor background() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(null, task, "snapvec-compactor", 0, false);
					thread.setContextClassLoader(null);
					thread.setDaemon(true);
					return thread;
				});
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/** Compacts the index while mutations go on. */
	void compact() {
		compact(() -> {
		}, 0);
	}

	private void compact(Runnable pause, int more) {
		exclusively(() -> {
			RowStore store = this.store.get();
			if (!trim(store)) {
				Compaction compaction = store.compaction(pause, more);
				followToTheEnd(compaction);
				inPlaceOfTheWriter(compaction::publish);
			}
			this.failure = null;
		});
	}

	/** Runs an action while no compaction runs but its own. */
	void exclusively(Runnable action) {
		this.running.lock();
		try {
			action.run();
		}
		finally {
			this.running.unlock();
		}
	}

	private boolean trim(RowStore store) {
		boolean[] done = new boolean[1];
		inPlaceOfTheWriter(() -> done[0] = store.trim());
		return done[0];
	}

	/** Until few rows are missing, or they come about as fast as they are brought in. */
	private static void followToTheEnd(Compaction compaction) {
		int missed = compaction.catchUp();
		for (int before = Integer.MAX_VALUE; missed > FEW_ROWS && missed < before / 2;) {
			before = missed;
			missed = compaction.catchUp();
		}
	}

	private void inPlaceOfTheWriter(Runnable action) {
		this.writer.lock();
		try {
			action.run();
		}
		finally {
			this.writer.unlock();
		}
	}

	/**
	 * Has the index compacted in the background if that is worthwhile. After a failure it
	 * is not before twice as many rows are dead or unsorted.
	 */
	void compactIfWorthwhile() {
		if (isWorthwhile() && this.scheduled.compareAndSet(false, true)) {
			try {
				this.background.execute(this::runInBackground);
			}
			catch (RuntimeException | Error ex) {
				// the mutation has succeeded all the same
				this.scheduled.set(false);
				failed(ex);
			}
		}
	}

	private boolean isWorthwhile() {
		RowStore store = this.store.get();
		Failure failure = this.failure;
		return store.isWorthCompacting() && (failure == null || surplus(store) > 2 * failure.surplus);
	}

	private static long surplus(RowStore store) {
		return (long) store.view().dead() + store.view().tail();
	}

	private void runInBackground() {
		this.scheduled.set(false);
		try {
			exclusively(() -> {
				if (isWorthwhile()) {
					compact(new Rest(), 1);
				}
			});
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
			throw ex;
		}
	}

	/**
	 * Rests as long as was worked. Were the background to use up its time slices, a
	 * search could wait for one of several milliseconds where all processors are busy.
	 */
	private static final class Rest implements Runnable {

		private long rested = System.nanoTime();

		@Override
		public void run() {
			long worked = System.nanoTime() - this.rested;
			if (worked >= WORK_NANOS) {
				LockSupport.parkNanos(Math.min(worked, MOST_REST_NANOS));
				this.rested = System.nanoTime();
			}
		}

	}

	private void failed(Throwable cause) {
		this.failure = new Failure(cause, surplus(this.store.get()));
	}

	/** What is likely to disappoint, and the failure of a compaction if that was last. */
	List<String> addWarning(List<String> warnings) {
		Failure failure = this.failure;
		if (failure == null) {
			return warnings;
		}
		List<String> all = new ArrayList<>(warnings);
		all.add(String.format(Locale.ROOT,
				"compaction in the background failed with %s; %d deleted and unsorted rows take memory and time until one succeeds",
				failure.cause, surplus(this.store.get())));
		return List.copyOf(all);
	}

}
