package dev.snapvec.spring.boot.lifecycle;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.Ordered;

/**
 * Keeps track of whether the start of the application has succeeded so far. If it failed,
 * a writer may have been interrupted halfway, and a last snapshot would replace a good
 * one. What fails because the application is being closed does not count as such a
 * failure.
 * <p>
 * Internal: not for applications.
 */
public class StartupOutcome implements SmartInitializingSingleton {

	private final ConfigurableApplicationContext context;

	private volatile boolean refreshed;

	private volatile boolean failed;

	private volatile boolean closing;

	public StartupOutcome(ConfigurableApplicationContext context) {
		this.context = context;
	}

	boolean isSuccess() {
		return this.refreshed && !this.failed;
	}

	/** Whether the application is being closed, or was. */
	public boolean isClosing() {
		return this.closing;
	}

	/**
	 * An earlier listener may fail, so success is recorded last, and the end first.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.context.addApplicationListener(new Listener(Ordered.HIGHEST_PRECEDENCE, Set.of(ContextClosedEvent.class)));
		this.context.addApplicationListener(new Listener(Ordered.LOWEST_PRECEDENCE,
				Set.of(ContextRefreshedEvent.class, ApplicationFailedEvent.class)));
	}

	private void happened(ApplicationEvent event) {
		if (event instanceof ContextRefreshedEvent) {
			this.refreshed = true;
		}
		else if (event instanceof ContextClosedEvent) {
			this.closing = true;
		}
		else {
			this.failed |= !this.closing;
		}
	}

	private final class Listener implements SmartApplicationListener {

		private final int order;

		private final Set<Class<? extends ApplicationEvent>> types;

		Listener(int order, Set<Class<? extends ApplicationEvent>> types) {
			this.order = order;
			this.types = types;
		}

		@Override
		public int getOrder() {
			return this.order;
		}

		@Override
		public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
			return this.types.contains(type);
		}

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
			@Nullable ApplicationContext of = (event instanceof ApplicationFailedEvent failed) ? failed.getApplicationContext()
					: ((ApplicationContextEvent) event).getApplicationContext();
			if (of == StartupOutcome.this.context) {
				happened(event);
			}
		}

	}

}
