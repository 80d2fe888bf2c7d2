package dev.snapvec.internal.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Internal: not for applications. Runs tasks one after the other on a daemon thread that
 * nobody else can interrupt, and that ends when it is idle. Thread-safe.
 */
public final class OwnThread implements Closeable {

	private static final long IDLE_SECONDS = 5;

	private final ThreadPoolExecutor executor;

	/**
	 * @param name the name of the thread
	 */
	public OwnThread(String name) {
		this.executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> {
					Thread thread = new Thread(null, task, name, 0, false);
					thread.setContextClassLoader(null);
					thread.setDaemon(true);
					return thread;
				});
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Runs a task after those that were submitted before, and waits for it. An interrupt
	 * of the caller neither ends the wait nor reaches the task; the caller stays
	 * interrupted.
	 * @throws IOException if the task throws it; so are unchecked exceptions
	 * @throws java.util.concurrent.RejectedExecutionException if closed
	 */
	public <T> T call(Callable<T> task) throws IOException {
		Future<T> result = this.executor.submit(task);
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return result.get();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (ExecutionException ex) {
			throw unchecked(ex.getCause());
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static RuntimeException unchecked(@Nullable Throwable cause) throws IOException {
		if (cause instanceof IOException failure) {
			throw failure;
		}
		if (cause instanceof Error error) {
			throw error;
		}
		return (cause instanceof RuntimeException failure) ? failure : new IllegalStateException(cause);
	}

	/**
	 * Runs a task later.
	 * @param task must not throw
	 * @throws java.util.concurrent.RejectedExecutionException if closed
	 */
	public void start(Runnable task) {
		this.executor.execute(task);
	}

	/** Rejects further tasks; those submitted before still run. */
	@Override
	public void close() {
		this.executor.shutdown();
	}

}
