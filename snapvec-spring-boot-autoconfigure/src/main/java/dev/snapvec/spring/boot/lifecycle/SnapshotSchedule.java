package dev.snapvec.spring.boot.lifecycle;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;

import dev.snapvec.spring.boot.index.Scheduled;

/**
 * Saves or reloads indexes on their schedules, at an interval or by cron.
 * <p>
 * Internal: not for applications.
 */
public class SnapshotSchedule {

	private final SnapshotSchedulerFactory factory;

	private final Map<Scheduled, Future<?>> tasks = new LinkedHashMap<>();

	private @Nullable SnapshotScheduler scheduler;

	public SnapshotSchedule(SnapshotSchedulerFactory factory) {
		this.factory = factory;
	}

	public void start(Collection<? extends Scheduled> indexes) {
		indexes.forEach(this::add);
	}

	/** Schedules an index, and creates the scheduler for the first one that needs it. */
	public void add(Scheduled index) {
		Trigger trigger = index.trigger();
		if (trigger != null) {
			SnapshotScheduler scheduler = this.scheduler;
			if (scheduler == null) {
				scheduler = this.factory.create();
				this.scheduler = scheduler;
			}
			schedule(scheduler, index, trigger);
		}
	}

	private void schedule(SnapshotScheduler scheduler, Scheduled index, Trigger trigger) {
		ScheduledFuture<?> task = scheduler.tasks().schedule(index::update, trigger);
		if (task != null) {
			index.schedule(task);
			this.tasks.put(index, task);
		}
	}

	/** Cancels all tasks; one that is running may complete. */
	void cancel() {
		this.tasks.forEach((index, task) -> {
			index.schedule(null);
			task.cancel(false);
		});
		this.tasks.clear();
	}

	/** Ends the thread by an interrupt, so it must not be saving any more. */
	public void end() {
		if (this.scheduler != null) {
			this.scheduler.close();
			this.scheduler = null;
		}
	}

}
