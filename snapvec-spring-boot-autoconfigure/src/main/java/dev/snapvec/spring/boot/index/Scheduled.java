package dev.snapvec.spring.boot.index;

import java.util.concurrent.Delayed;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;

/**
 * What is saved or reloaded on a schedule.
 * <p>
 * Internal: not for applications.
 */
public interface Scheduled {

	/** When {@link #update} is called, or null for never. */
	@Nullable Trigger trigger();

	/** Saves or reloads it. Listeners are notified of a failure. */
	void update();

	/** Sets when it is updated next; null if it will not be. */
	default void schedule(@Nullable Delayed schedule) {
	}

}
