package dev.snapvec.spring.boot.index;

import java.util.concurrent.Delayed;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;

/**
 * What is brought up to date again and again.
 * <p>
 * Internal: not for applications.
 */
public interface Scheduled {

	/** When {@link #update} is called, or null for never. */
	@Nullable Trigger trigger();

	/** Brings it up to date. That it fails is for listeners. */
	void update();

	/** Tells when it is updated next, or null if it will not be. */
	default void schedule(@Nullable Delayed schedule) {
	}

}
