package dev.snapvec.internal.quantize;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the work that tasks have done and reports it to a listener, one call at a time.
 * No lock is held meanwhile: a thread that arrives during a call leaves its report to the
 * calling thread, which reports the newest count. The last count is reported before the
 * last task ends.
 */
public final class Progress {

	private final TrainingProgress listener;

	private final String phase;

	private final long total;

	private final AtomicLong done = new AtomicLong();

	private final AtomicBoolean telling = new AtomicBoolean();

	/** Written by the reporting thread. */
	private volatile long told;

	public Progress(TrainingProgress listener, String phase, long total) {
		this.listener = listener;
		this.phase = phase;
		this.total = total;
	}

	public void add(long more) {
		this.done.addAndGet(more);
		while (this.told != this.done.get() && this.telling.compareAndSet(false, true)) {
			try {
				long done = this.done.get();
				if (done != this.told) {
					this.told = done;
					this.listener.step(this.phase, done, this.total);
				}
			}
			finally {
				this.telling.set(false);
			}
		}
	}

}
