package dev.snapvec.internal.task;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tasks on executors of all sorts.
 */
@Timeout(20)
class WorkersTests {

	@Test
	void runsEveryTaskOnce() {
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			AtomicIntegerArray runs = new AtomicIntegerArray(1000);
			new Workers(executor).run(1000, runs::incrementAndGet);
			for (int i = 0; i < 1000; i++) {
				assertThat(runs.get(i)).isEqualTo(1);
			}
			new Workers(executor).run(0, (i) -> {
				throw new AssertionError("there is no task");
			});
		}
		finally {
			executor.shutdown();
		}
	}

	@Test
	void anExecutorThatIsShutDownIsDoneWithout() {
		ExecutorService executor = Executors.newFixedThreadPool(1);
		executor.shutdown();
		AtomicInteger runs = new AtomicInteger();
		new Workers(executor).run(50, (i) -> runs.incrementAndGet());
		new Workers((task) -> {
			throw new RejectedExecutionException();
		}).run(50, (i) -> runs.incrementAndGet());
		assertThat(runs).hasValue(100);
	}

	@Test
	void anExecutorThatNeverRunsAnythingIsDoneWithout() {
		List<Runnable> never = new ArrayList<>();
		AtomicInteger runs = new AtomicInteger();
		new Workers(never::add).run(50, (i) -> runs.incrementAndGet());
		assertThat(runs).hasValue(50);
		never.forEach(Runnable::run);
		assertThat(runs).hasValue(50);
	}

	@Test
	void runsWithinATaskOfTheSameExecutor() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(1);
		try {
			AtomicInteger runs = new AtomicInteger();
			Workers workers = new Workers(executor);
			executor.submit(() -> workers.run(10, (i) -> workers.run(10, (j) -> runs.incrementAndGet()))).get();
			assertThat(runs).hasValue(100);
		}
		finally {
			executor.shutdown();
		}
	}

	@Test
	void whatATaskThrowsIsThrown() {
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			RuntimeException exception = new IllegalStateException("task 3");
			AtomicInteger runs = new AtomicInteger();
			assertThatThrownBy(() -> new Workers(executor).run(100_000, (i) -> {
				runs.incrementAndGet();
				if (i == 3) {
					throw exception;
				}
			})).isSameAs(exception);
			assertThat(runs.get()).isLessThan(100_000);
			Error error = new StackOverflowError();
			assertThatThrownBy(() -> new Workers(executor).run(10, (i) -> {
				throw error;
			})).isSameAs(error);
		}
		finally {
			executor.shutdown();
		}
	}

	@Test
	void anInterruptIsKept() {
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			AtomicInteger runs = new AtomicInteger();
			Thread.currentThread().interrupt();
			new Workers(executor).run(200, (i) -> runs.incrementAndGet());
			assertThat(Thread.interrupted()).isTrue();
			assertThat(runs).hasValue(200);
		}
		finally {
			Thread.interrupted();
			executor.shutdown();
		}
	}

}
