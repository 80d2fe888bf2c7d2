package dev.snapvec.internal.quantize;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what tasks have done and tells a listener, one call at a time. No lock is held
 * meanwhile: who comes while it is being told leaves it to that thread, which tells the
 * newest count. The last one is told before the last task ends.
 */
public final class Progress {

	private final TrainingProgress listener;

	private final String phase;

	private final long total;

	private final AtomicLong done = new AtomicLong();

	private final AtomicBoolean telling = new AtomicBoolean();

	/** Written by who is telling. */
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
