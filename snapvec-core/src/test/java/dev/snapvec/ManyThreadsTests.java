package dev.snapvec;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More threads than there ever were before they were virtual.
 */
@Timeout(120)
class ManyThreadsTests {

	/** More than a lock counts in JDK 21 to 24, where it throws an error then. */
	private static final int THREADS = 70_000;

	/** Holds all mutations that come, until it is told to let them go. */
	private static final class HoldingLog implements MutationLog {

		private final CountDownLatch letGo = new CountDownLatch(1);

		@Override
		public void begin(VectorIndex index) {
		}

		@Override
		public void put(List<String> ids, float[][] vectors) {
			try {
				this.letGo.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void delete(List<String> ids) {
		}

		@Override
		public void attribute(String name, String value) {
		}

	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void moreMutationsThanALockCanCountWaitForTheDisk() throws Exception {
		SafeIndex index = new SafeIndex("test", SnapIndex.builder(2).build());
		HoldingLog log = new HoldingLog();
		index.local().log(log);
		Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
		AtomicInteger encoded = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(THREADS);
		AtomicReference<Throwable> failure = new AtomicReference<>();
		for (int i = 0; i < THREADS; i++) {
			String id = "id-" + i;
			start.invoke(null, (Runnable) () -> {
				try {
					index.addAll(List.of(id), new float[][] { { 1, 2 } },
							(phase, count, of) -> encoded.incrementAndGet());
				}
				catch (RuntimeException | Error ex) {
					failure.set(ex);
				}
				finally {
					done.countDown();
				}
			});
		}
		while (encoded.get() < THREADS) {
			Thread.sleep(10);
		}
		Thread.sleep(200);
		log.letGo.countDown();
		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(failure.get()).isNull();
		assertThat(index.size()).isEqualTo(THREADS);
	}

}
