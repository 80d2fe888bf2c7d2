package dev.snapvec.spring.boot.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.task.SimpleAsyncTaskSchedulerBuilder;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Saves or reloads indexes on their schedules, at an interval or by cron. The scheduler
 * is created when it is needed first. It is not a bean: a bean would cause the schedulers
 * that Spring Boot auto-configures to back off.
 * <p>
 * Internal: not for applications.
 */
public class SnapshotSchedule {

	private static final String THREAD_NAME_PREFIX = "snapvec-snapshot-";

	private final ApplicationContext context;

	private final List<ScheduledFuture<?>> tasks = new ArrayList<>();

	private @Nullable TaskScheduler scheduler;

	/** Ends the threads of the scheduler. */
	private Runnable ending = () -> {
	};

	public SnapshotSchedule(ApplicationContext context) {
		this.context = context;
	}

	/**
	 * Schedules a task.
	 * @param trigger when to run it; null for never
	 * @param task saves or reloads indexes
	 * @return when it runs next, or null if it never does
	 */
	@Nullable ScheduledFuture<?> add(@Nullable Trigger trigger, Runnable task) {
		ScheduledFuture<?> scheduled = (trigger != null) ? scheduler().schedule(task, trigger) : null;
		if (scheduled != null) {
			this.tasks.add(scheduled);
		}
		return scheduled;
	}

	private TaskScheduler scheduler() {
		TaskScheduler scheduler = this.scheduler;
		if (scheduler == null) {
			scheduler = Threading.VIRTUAL.isActive(this.context.getEnvironment()) ? virtualThreads() : platformThread();
			this.scheduler = scheduler;
		}
		return scheduler;
	}

	private TaskScheduler virtualThreads() {
		SimpleAsyncTaskScheduler scheduler = this.context.getBeanProvider(SimpleAsyncTaskSchedulerBuilder.class)
			.getIfAvailable(SimpleAsyncTaskSchedulerBuilder::new)
			.threadNamePrefix(THREAD_NAME_PREFIX)
			.virtualThreads(true)
			.build();
		this.ending = scheduler::close;
		return scheduler;
	}

	private TaskScheduler platformThread() {
		ThreadPoolTaskScheduler scheduler = this.context.getBeanProvider(ThreadPoolTaskSchedulerBuilder.class)
			.getIfAvailable(ThreadPoolTaskSchedulerBuilder::new)
			.threadNamePrefix(THREAD_NAME_PREFIX)
			.poolSize(1)
			.build();
		scheduler.setDaemon(true);
		scheduler.initialize();
		this.ending = scheduler::shutdown;
		return scheduler;
	}

	/** Cancels all tasks; one that is running may complete. */
	void cancel() {
		this.tasks.forEach((task) -> task.cancel(false));
		this.tasks.clear();
	}

	/** Ends the thread by an interrupt, so it must not be saving any more. */
	void end() {
		if (this.scheduler != null) {
			this.scheduler = null;
			this.ending.run();
		}
	}

}
