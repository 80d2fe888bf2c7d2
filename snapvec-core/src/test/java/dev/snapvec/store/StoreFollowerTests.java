package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.Hit;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Reading what another one writes.
 */
@Timeout(60)
class StoreFollowerTests {

	@TempDir
	Path directory;

	private final SafeIndex written = newIndex();

	private final SafeIndex followed = newIndex();

	private StoreFollower follower;

	@BeforeEach
	void follow() {
		this.follower = StoreFollower.of(this.directory.resolve("store"), LoadOptions.defaults());
	}

	private IndexStore open() {
		return IndexStore.open(this.directory.resolve("store"), 2);
	}

	@Test
	void aStoreThatIsNotThereYetHasNothingToLoad() {
		assertThat(this.follower.latest()).isEmpty();
		assertThat(this.follower.load()).isEmpty();
		assertThat(this.follower.reload(this.followed)).isEmpty();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void eachSnapshotIsReloadedOnceWhileTheWriterHasTheStore() {
		try (IndexStore store = open()) {
			for (int i = 0; i < 5; i++) {
				this.written.add("row-" + i, vector(i));
				Snapshot saved = store.save(this.written);
				assertThat(this.follower.latest()).contains(saved);
				assertThat(this.follower.reload(this.followed)).contains(saved);
				assertThat(this.follower.current()).contains(saved);
				assertThat(contents(this.followed)).isEqualTo(contents(this.written));
				assertThat(this.followed.isDirty()).isFalse();
				long generation = this.followed.generation();
				assertThat(this.follower.reload(this.followed)).isEmpty();
				assertThat(this.followed.generation()).isEqualTo(generation);
			}
		}
	}

	@Test
	void aFrozenHandleStaysFrozen() {
		this.followed.freeze();
		try (IndexStore store = open()) {
			store.save(this.written);
			assertThat(this.follower.reload(this.followed)).isPresent();
			assertThat(this.followed.isFrozen()).isTrue();
		}
	}

	@Test
	void aDamagedSnapshotLeavesTheIndexAsItIsUntilThereIsASoundOne() throws IOException {
		try (IndexStore store = open()) {
			this.written.add("a", vector(1));
			store.save(this.written);
			this.follower.reload(this.followed);
			this.written.add("b", vector(2));
			Snapshot damaged = store.save(this.written);
			byte[] bytes = Files.readAllBytes(damaged.path());
			bytes[20] ^= 1;
			Files.write(damaged.path(), bytes);
			assertThatThrownBy(() -> this.follower.reload(this.followed)).isInstanceOf(CorruptIndexException.class);
			assertThat(this.followed.size()).isEqualTo(1);
			store.save(this.written);
			assertThat(this.follower.reload(this.followed)).isPresent();
			assertThat(contents(this.followed)).isEqualTo(contents(this.written)).hasSize(2);
		}
	}

	@Test
	void aSnapshotOfAnotherDimensionIsRefused() {
		try (IndexStore store = open()) {
			store.save(new SafeIndex("other", SnapIndex.builder(16).build()));
			assertThatThrownBy(() -> this.follower.reload(this.followed)).isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("dimension 16");
			assertThat(this.follower.current()).isEmpty();
		}
	}

	/**
	 * In each snapshot all rows have the same number in their ids, and all are there; the
	 * writer keeps one, so that it is often deleted under the reader.
	 */
	@Test
	void searchesAndReloadsNeitherFailNorMixWhileTheWriterSavesAndDeletes() throws Exception {
		int rows = 300;
		int snapshots = 150;
		ExecutorService threads = Executors.newFixedThreadPool(3);
		try (IndexStore store = IndexStore.open(this.directory.resolve("store"), 1)) {
			this.written.replace(numbered(0, rows));
			store.save(this.written);
			this.follower.reload(this.followed);
			Future<?> writer = threads.submit(() -> IntStream.rangeClosed(1, snapshots).forEach((number) -> {
				this.written.replace(numbered(number, rows));
				store.save(this.written);
			}));
			Future<Integer> reloads = threads.submit(() -> {
				int reloaded = 0;
				while (!writer.isDone()) {
					reloaded += this.follower.reload(this.followed).isPresent() ? 1 : 0;
				}
				return reloaded;
			});
			Future<?> searches = threads.submit(() -> {
				while (!reloads.isDone()) {
					List<Hit> hits = this.followed.search(vector(-1), rows);
					assertThat(hits).hasSize(rows);
					assertThat(hits.stream().map((hit) -> hit.id().split("-")[0]).distinct()).hasSize(1);
				}
			});
			writer.get(50, TimeUnit.SECONDS);
			assertThat(reloads.get(50, TimeUnit.SECONDS)).isPositive();
			searches.get(50, TimeUnit.SECONDS);
			this.follower.reload(this.followed);
			assertThat(contents(this.followed)).isEqualTo(contents(this.written));
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static SnapIndex numbered(int number, int rows) {
		SnapIndex index = SnapIndex.builder(StoreFixture.DIMENSION).build();
		index.addAll(IntStream.range(0, rows).mapToObj((row) -> number + "-" + row).toList(),
				IntStream.range(0, rows).mapToObj(StoreFixture::vector).toArray(float[][]::new));
		return index;
	}

}
