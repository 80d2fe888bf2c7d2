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
 * Compacts one index: on the caller's thread when requested, and in the background when
 * it is worthwhile. Thread-safe; one compaction runs at a time, others wait.
 * <p>
 * All indexes of the process share one daemon thread, which ends when it is idle. So
 * background compaction doubles the memory of at most one index at a time, and the thread
 * keeps neither the process nor the class loader of this class alive.
 */
final class Compactor {

	/** Few enough rows to copy while mutations wait. */
	private static final int FEW_ROWS = 256;

	private static final long IDLE_SECONDS = 5;

	/** How long the background thread works before it pauses, and its longest pause. */
	private static final long WORK_NANOS = 100_000;

	private static final long MOST_REST_NANOS = 1_000_000;

	private static final Executor BACKGROUND = background();

	private final Supplier<RowStore> store;

	private final Lock writer;

	private final Executor background;

	private final OrderedLock running = new OrderedLock(LockRank.COMPACTION, "the compaction of an index");

	/** Whether a background compaction is scheduled. */
	private final AtomicBoolean scheduled = new AtomicBoolean();

	private volatile @Nullable Failure failure;

	/**
	 * @param store supplies the current rows of the index
	 * @param writer the lock that is held to change them
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
	 * @param surplus the number of dead or unsorted rows at that time
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

	/** Compacts the index; mutations continue meanwhile. */
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

	/** Runs an action while no compaction runs, except those that it starts itself. */
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

	/**
	 * Copies new rows until few remain, or they arrive about as fast as they are copied.
	 */
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
	 * Schedules a background compaction if that is worthwhile: after a failure, not
	 * before twice as many rows are dead or unsorted.
	 */
	void compactIfWorthwhile() {
		if (isWorthwhile() && this.scheduled.compareAndSet(false, true)) {
			try {
				this.background.execute(this::runInBackground);
			}
			catch (RuntimeException | Error ex) {
				// the mutation has succeeded nevertheless
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
	 * Pauses for as long as the thread worked. If the background thread used up its time
	 * slices, a search could wait several milliseconds for one while all processors are
	 * busy.
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

	/**
	 * Adds the failure of the last background compaction, if it failed, to the warnings.
	 */
	List<String> addWarning(List<String> warnings) {
		Failure failure = this.failure;
		if (failure == null) {
			return warnings;
		}
		List<String> all = new ArrayList<>(warnings);
		all.add(String.format(Locale.ROOT,
				"background compaction failed: %s; %d deleted and unsorted rows take memory and time until a compaction succeeds",
				failure.cause, surplus(this.store.get())));
		return List.copyOf(all);
	}

}
