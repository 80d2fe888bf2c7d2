package dev.snapvec.spring.boot.lifecycle;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;

/**
 * Populates indexes once the web server accepts requests, but before the application is
 * ready, which it is after its runners; this is the first of them.
 * <p>
 * Internal: not for applications.
 */
public class PopulateBeforeReady implements ApplicationRunner, Ordered {

	private final SnapvecLifecycle lifecycle;

	public PopulateBeforeReady(SnapvecLifecycle lifecycle) {
		this.lifecycle = lifecycle;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		this.lifecycle.populateWaiting();
	}

}
