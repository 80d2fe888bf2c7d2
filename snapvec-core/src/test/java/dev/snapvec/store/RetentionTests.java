package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.internal.file.FaultyDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a save deletes, and that a save that saved says so whatever becomes of that.
 */
@Timeout(120)
class RetentionTests extends StoreInTemporaryDirectory {

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void aSaveBesideReplacementsTellsWhatItSaved(int retain) throws Exception {
		SafeIndex index = newIndex();
		AtomicBoolean done = new AtomicBoolean();
		try (IndexStore store = IndexStore.open(this.directory, retain)) {
			store.log(index, LogSync.never());
			index.add("a", vector(1));
			CompletableFuture<Void> replacing = CompletableFuture.runAsync(() -> {
				while (!done.get()) {
					SnapIndex next = SnapIndex.builder(StoreFixture.DIMENSION).bits(4).build();
					next.add("a", vector(2));
					index.replace(next);
				}
			});
			try {
				for (int i = 0; i < 200; i++) {
					assertThat(store.save(index).number()).isPositive();
					assertThat(store.deletionFailure()).isEmpty();
				}
			}
			finally {
				done.set(true);
			}
			replacing.get(30, TimeUnit.SECONDS);
			store.save(index);
			assertThat(ifKilled()).isEqualTo(contents(index));
		}
	}

	@Test
	void asManySnapshotsAreListedAsThereAreWhileTheyComeAndGo() throws Exception {
		SafeIndex index = newIndex();
		AtomicBoolean done = new AtomicBoolean();
		try (IndexStore store = IndexStore.open(this.directory, 1)) {
			store.save(index);
			StoreFollower follower = StoreFollower.of(this.directory, LoadOptions.defaults());
			CompletableFuture<Void> listing = CompletableFuture.runAsync(() -> {
				while (!done.get()) {
					assertThat(store.snapshots()).hasSizeBetween(1, 3);
					assertThat(follower.latest()).isPresent();
				}
			});
			for (int i = 0; i < 200; i++) {
				store.save(index);
			}
			done.set(true);
			listing.get(30, TimeUnit.SECONDS);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aSaveThatCannotDeleteOldSnapshotsHasSaved(boolean logged) throws IOException {
		SafeIndex index = newIndex();
		try (FaultyDisk disk = FaultyDisk.failing(Long.MAX_VALUE, false);
				IndexStore store = IndexStore.open(this.directory, 1)) {
			if (logged) {
				store.log(index, LogSync.always());
			}
			index.add("a", vector(1));
			Path first = store.save(index).path();
			disk.fail("delete " + first.getFileName());
			index.add("b", vector(2));
			Snapshot second = store.save(index);
			assertThat(second.path()).exists();
			assertThat(index.isDirty()).isFalse();
			assertThat(store.deletionFailure())
				.hasValueSatisfying((ex) -> assertThat(ex).hasMessageContaining("cannot delete " + first)
					.hasMessageContaining("pretended"));
			assertThat(first).exists();
			assertThat(ifKilled()).isEqualTo(contents(index)).hasSize(2);
			if (logged) {
				// the snapshot that stays is still as good as the newest
				Files.delete(second.path());
				assertThat(ifKilled()).isEqualTo(contents(index));
			}
			disk.heal();
			store.save(index);
			assertThat(store.deletionFailure()).isEmpty();
			assertThat(store.snapshots()).hasSize(1);
			assertThat(first).doesNotExist();
		}
	}

}
