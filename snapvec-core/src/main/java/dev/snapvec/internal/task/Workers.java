package dev.snapvec.internal.task;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Runs numbered tasks on an executor and on the calling thread, which takes part so that
 * a busy executor delays them but never blocks them. Thread-safe.
 */
public final class Workers {

	private final Executor executor;

	public Workers(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Runs tasks 0 to {@code tasks - 1}, each once, in no particular order, and waits for
	 * all of them. If one throws, no further ones are started and its exception is
	 * thrown.
	 * @param tasks number of tasks
	 * @param task runs the task with a number
	 */
	public void run(int tasks, IntConsumer task) {
		Run run = new Run(tasks, task);
		int helpers = Math.min(tasks, Runtime.getRuntime().availableProcessors()) - 1;
		try {
			for (int i = 0; i < helpers; i++) {
				this.executor.execute(run);
			}
		}
		catch (RejectedExecutionException ex) {
			// then the calling thread runs all tasks
		}
		run.run();
		run.await();
	}

	private static final class Run implements Runnable {

		private final IntConsumer task;

		private final int tasks;

		private final AtomicInteger next = new AtomicInteger();

		private final CountDownLatch unfinished;

		private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

		private Run(int tasks, IntConsumer task) {
			this.tasks = tasks;
			this.task = task;
			this.unfinished = new CountDownLatch(tasks);
		}

		@Override
		public void run() {
			for (int i = this.next.getAndIncrement(); i < this.tasks; i = this.next.getAndIncrement()) {
				try {
					if (this.failure.get() == null) {
						this.task.accept(i);
					}
				}
				catch (RuntimeException | Error ex) {
					this.failure.compareAndSet(null, ex);
				}
				finally {
					this.unfinished.countDown();
				}
			}
		}

		private void await() {
			boolean interrupted = false;
			while (true) {
				try {
					this.unfinished.await();
					break;
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
			Throwable failure = this.failure.get();
			if (failure instanceof Error error) {
				throw error;
			}
			if (failure instanceof RuntimeException exception) {
				throw exception;
			}
		}

	}

}
