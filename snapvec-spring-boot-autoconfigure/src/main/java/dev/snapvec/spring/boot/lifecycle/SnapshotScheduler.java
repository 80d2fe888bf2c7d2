package dev.snapvec.spring.boot.lifecycle;

import org.springframework.scheduling.TaskScheduler;

/**
 * A scheduler that is not shared.
 *
 * @param tasks schedules tasks
 * @param end ends its threads
 */
record SnapshotScheduler(TaskScheduler tasks, Runnable end) implements AutoCloseable {

	@Override
	public void close() {
		this.end.run();
	}

}
