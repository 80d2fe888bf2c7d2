package dev.snapvec.spring.boot.lifecycle;

import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.SmartApplicationListener;

/**
 * Remembers whether the application's start succeeded as far as it came. If it did not,
 * whoever was writing at the time may have written half of what it wanted to, and a last
 * snapshot would take the place of a good one.
 * <p>
 * Internal: not for applications.
 */
public class StartupOutcome implements SmartApplicationListener {

	private final ApplicationContext context;

	private volatile boolean refreshed;

	private volatile boolean failed;

	public StartupOutcome(ApplicationContext context) {
		this.context = context;
	}

	boolean isSuccess() {
		return this.refreshed && !this.failed;
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
		return ContextRefreshedEvent.class.isAssignableFrom(type)
				|| ApplicationFailedEvent.class.isAssignableFrom(type);
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ContextRefreshedEvent refreshed && refreshed.getApplicationContext() == this.context) {
			this.refreshed = true;
		}
		if (event instanceof ApplicationFailedEvent failed && failed.getApplicationContext() == this.context) {
			this.failed = true;
		}
	}

}
