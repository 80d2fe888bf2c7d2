package dev.snapvec.internal.rows;

import java.util.function.IntConsumer;

/**
 * Runs numbered tasks, several at once where it can.
 */
@FunctionalInterface
public interface TaskRunner {

	/**
	 * Runs tasks 0 to {@code tasks - 1}, each once, in no particular order, and waits for
	 * all of them. If one throws, no further ones are begun and its exception is thrown.
	 * @param tasks how many
	 * @param task runs the task of a number
	 */
	void run(int tasks, IntConsumer task);

}
