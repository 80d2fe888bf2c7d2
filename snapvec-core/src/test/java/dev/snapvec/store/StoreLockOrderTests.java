package dev.snapvec.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.snapvec.IndexListener;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A store is locked before the index that it saves.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoreLockOrderTests {

	@TempDir
	Path directory;

	private final SafeIndex index = new SafeIndex("products", SnapIndex.builder(4).build());

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	});

	@AfterEach
	void end() {
		this.threads.shutdownNow();
	}

	private static float[] vector(int number) {
		return new float[] { number, 1, 2, 3 };
	}

	@Test
	void savingBetweenMutationsIsRefusedBesideSavesThatGoOn() throws Exception {
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			this.index.add("a", vector(1));
			store.log(this.index, LogSync.never());
			List<Future<?>> tasks = new ArrayList<>();
			tasks.add(this.threads.submit(() -> {
				for (int i = 0; i < 100; i++) {
					this.index.upsert("b" + i, vector(i));
					store.save(this.index);
				}
			}));
			tasks.add(this.threads.submit(() -> {
				for (int i = 0; i < 100; i++) {
					assertThatIllegalStateException()
						.isThrownBy(() -> this.index.local().betweenMutations(() -> store.save(this.index)))
						.withMessageContainingAll("the store in", this.directory.toString(), "index 'products'");
				}
			}));
			for (Future<?> task : tasks) {
				task.get(50, TimeUnit.SECONDS);
			}
			assertThat(this.index.isDirty()).isFalse();
		}
	}

	/** What another process saves under a handle is told without a lock. */
	@Test
	void aListenerMayWaitForAnotherThreadThatReloads() throws Exception {
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			store.save(new SafeIndex("written", SnapIndex.builder(4).build()));
		}
		StoreFollower follower = StoreFollower.of(this.directory, LoadOptions.defaults());
		AtomicReference<Object> other = new AtomicReference<>();
		this.index.addListener(new IndexListener() {

			@Override
			public void replaced(SafeIndex replaced) {
				Future<?> reload = StoreLockOrderTests.this.threads.submit(() -> follower.reload(replaced));
				try {
					other.set(reload.get(5, TimeUnit.SECONDS));
				}
				catch (Exception ex) {
					other.set(ex);
				}
			}

		});
		assertThat(follower.reload(this.index)).isPresent();
		assertThat(other.get()).asString().isEqualTo("Optional.empty");
	}

	@Test
	void aSnapshotThatAHandleDoesNotTakeIsTriedAgain() {
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			store.save(new SafeIndex("written", SnapIndex.builder(4).build()));
		}
		StoreFollower follower = StoreFollower.of(this.directory, LoadOptions.defaults());
		SafeIndex other = new SafeIndex("other", SnapIndex.builder(5).build());
		for (int attempt = 0; attempt < 2; attempt++) {
			assertThatIllegalArgumentException().isThrownBy(() -> follower.reload(other));
			assertThat(follower.current()).isEmpty();
		}
		assertThat(follower.reload(this.index)).isPresent();
	}

	@Test
	void concurrentReloadsPutASnapshotInPlaceOnce() throws Exception {
		StoreFollower follower = StoreFollower.of(this.directory, LoadOptions.defaults());
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			for (int round = 0; round < 20; round++) {
				store.save(new SafeIndex("written", SnapIndex.builder(4).build()));
				CompletableFuture<Void> go = new CompletableFuture<>();
				List<Future<Boolean>> reloads = new ArrayList<>();
				for (int t = 0; t < 4; t++) {
					reloads.add(this.threads.submit(() -> {
						go.join();
						return follower.reload(this.index).isPresent();
					}));
				}
				go.complete(null);
				int put = 0;
				for (Future<Boolean> reload : reloads) {
					put += reload.get(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS) ? 1 : 0;
				}
				assertThat(put).isEqualTo(1);
			}
		}
	}

}
