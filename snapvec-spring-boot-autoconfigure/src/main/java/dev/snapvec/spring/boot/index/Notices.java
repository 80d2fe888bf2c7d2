package dev.snapvec.spring.boot.index;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Notifications that listeners receive once no lock is held, so that they may call every
 * method and wait for other threads. Confined to one thread.
 * <p>
 * Internal: not for applications.
 */
public final class Notices {

	private static final Log logger = LogFactory.getLog(Notices.class);

	private final List<Runnable> notices = new ArrayList<>();

	public void add(Runnable notice) {
		this.notices.add(notice);
	}

	/** The failure of a listener must not abort a start, a schedule or a stop. */
	public void deliver() {
		List<Runnable> delivering = List.copyOf(this.notices);
		this.notices.clear();
		for (Runnable notice : delivering) {
			try {
				notice.run();
			}
			// A listener may throw anything; the event has happened all the same.
			catch (RuntimeException ex) {
				logger.warn("A listener of snapshots failed", ex);
			}
		}
	}

}
