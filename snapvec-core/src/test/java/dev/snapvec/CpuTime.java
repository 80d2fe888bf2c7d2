package dev.snapvec;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * Time that this process takes of the processors, which does not grow when others are
 * busy.
 */
public final class CpuTime {

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private CpuTime() {
	}

	/** Nanoseconds that an action takes. */
	public static long of(Runnable action) {
		long start = SYSTEM.getProcessCpuTime();
		action.run();
		return SYSTEM.getProcessCpuTime() - start;
	}

}
