package dev.snapvec.bench;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

/**
 * Tells how much memory is in use.
 */
final class Memory {

	private static final int COLLECTIONS = 3;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private Memory() {
	}

	/**
	 * Returns the heap in use after garbage is collected.
	 * @return the bytes
	 */
	static long usedHeap() throws InterruptedException {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
			Thread.sleep(50);
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/**
	 * Returns what this thread has allocated since it started.
	 * @return the bytes
	 */
	static long allocatedByThisThread() {
		return THREADS.getCurrentThreadAllocatedBytes();
	}

}
