package dev.snapvec.internal.lock;

/**
 * Another process, played by a thread of this one that may hold locks.
 */
public final class OtherProcess {

	private OtherProcess() {
	}

	/**
	 * Does what another process would do, and waits for it.
	 * @param action what it does
	 */
	public static void run(Runnable action) {
		RankedLock.withNoneHeld(action);
	}

}
