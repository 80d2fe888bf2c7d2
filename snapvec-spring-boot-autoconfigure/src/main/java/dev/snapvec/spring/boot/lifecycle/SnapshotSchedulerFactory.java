package dev.snapvec.spring.boot.lifecycle;

import org.springframework.boot.task.SimpleAsyncTaskSchedulerBuilder;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Creates the scheduler of snapshots. It is not a bean: a bean would cause the schedulers
 * that Spring Boot auto-configures to back off.
 * <p>
 * Internal: not for applications.
 */
public class SnapshotSchedulerFactory {

	private static final String THREAD_NAME_PREFIX = "snapvec-snapshot-";

	private final ApplicationContext context;

	public SnapshotSchedulerFactory(ApplicationContext context) {
		this.context = context;
	}

	public SnapshotScheduler create() {
		return Threading.VIRTUAL.isActive(this.context.getEnvironment()) ? virtualThreads() : platformThread();
	}

	private SnapshotScheduler virtualThreads() {
		SimpleAsyncTaskScheduler scheduler = this.context.getBeanProvider(SimpleAsyncTaskSchedulerBuilder.class)
			.getIfAvailable(SimpleAsyncTaskSchedulerBuilder::new)
			.threadNamePrefix(THREAD_NAME_PREFIX)
			.virtualThreads(true)
			.build();
		return new SnapshotScheduler(scheduler, scheduler::close);
	}

	private SnapshotScheduler platformThread() {
		ThreadPoolTaskScheduler scheduler = this.context.getBeanProvider(ThreadPoolTaskSchedulerBuilder.class)
			.getIfAvailable(ThreadPoolTaskSchedulerBuilder::new)
			.threadNamePrefix(THREAD_NAME_PREFIX)
			.poolSize(1)
			.build();
		scheduler.setDaemon(true);
		scheduler.initialize();
		return new SnapshotScheduler(scheduler, scheduler::shutdown);
	}

}
