package dev.snapvec;

/**
 * Counts what tasks have done and tells a listener, one call at a time.
 */
final class Progress {

	private final ProgressListener listener;

	private final String phase;

	private final long total;

	private long done;

	Progress(ProgressListener listener, String phase, long total) {
		this.listener = listener;
		this.phase = phase;
		this.total = total;
	}

	synchronized void add(long more) {
		this.done += more;
		this.listener.progress(this.phase, this.done, this.total);
	}

}
