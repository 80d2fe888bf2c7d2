package dev.snapvec.spring.boot.lifecycle;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;

/**
 * Populates indexes when the web server answers already, but before the application is
 * ready: that comes after its runners, of which this is the first.
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
