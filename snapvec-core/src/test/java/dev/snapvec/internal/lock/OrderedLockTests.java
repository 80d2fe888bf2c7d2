package dev.snapvec.internal.lock;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Locks are taken in the order of their ranks.
 */
class OrderedLockTests {

	private static OrderedLock lock(LockRank rank) {
		return new OrderedLock(rank, "the lock of " + rank);
	}

	@Test
	void locksAreTakenInTheOrderOfTheirRanksAndGivenBackInAnyOrder() {
		List<OrderedLock> locks = new ArrayList<>();
		for (LockRank rank : LockRank.values()) {
			OrderedLock lock = lock(rank);
			lock.lock();
			locks.add(lock);
		}
		assertThat(RankedLock.isHeld(LockRank.HANDLE)).isTrue();
		locks.forEach(OrderedLock::unlock);
		assertThat(RankedLock.isAnyHeld()).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void aLockThatComesBeforeOneThatIsHeldIsRefusedAndNothingIsHeldForThat(LockRank held) {
		OrderedLock lock = lock(held);
		lock.lock();
		for (LockRank rank : LockRank.values()) {
			OrderedLock other = lock(rank);
			if (rank.compareTo(held) > 0) {
				other.lock();
				other.unlock();
				continue;
			}
			assertThatIllegalStateException().isThrownBy(other::lock)
				.withMessageContaining("the lock of %s must not be waited for while this thread holds the lock of %s",
						rank, held);
			assertThat(other.isLocked()).isFalse();
		}
		lock.unlock();
		assertThat(RankedLock.isAnyHeld()).isFalse();
	}

	@Test
	void aLockThatIsHeldIsTakenAgainUnderLaterOnes() {
		OrderedLock store = lock(LockRank.STORE);
		OrderedLock writer = lock(LockRank.WRITER);
		store.lock();
		writer.lock();
		store.lock();
		store.unlock();
		assertThat(store.isHeldByCurrentThread()).isTrue();
		writer.unlock();
		store.unlock();
		assertThat(RankedLock.isAnyHeld()).isFalse();
	}

	@Test
	void whatOneThreadHoldsDoesNotConcernAnother() throws InterruptedException {
		OrderedLock writer = lock(LockRank.WRITER);
		OrderedLock store = lock(LockRank.STORE);
		writer.lock();
		Thread other = new Thread(() -> {
			store.lock();
			store.unlock();
		});
		other.start();
		other.join();
		writer.unlock();
		store.lock();
		store.unlock();
	}

}
