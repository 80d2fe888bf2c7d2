package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

import dev.snapvec.IndexIoException;
import dev.snapvec.SafeIndex;
import dev.snapvec.StoreLockedException;
import dev.snapvec.internal.file.FaultyDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What an operator can do to a store that is in use.
 */
@Timeout(60)
class StoreFailureTests extends StoreInTemporaryDirectory {

	private final SafeIndex index = newIndex();

	@Test
	void aDirectoryDeletedUnderneathIsSavedToOnceItIsMadeAgain() throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			this.index.add("a", vector(1));
			store.save(this.index);
			this.index.add("b", vector(2));
			deleteDirectory();
			assertThatThrownBy(() -> store.save(this.index)).isInstanceOf(IndexIoException.class)
				.hasMessageContaining("no such file or directory")
				.hasMessageContaining(this.directory.toString());
			assertThat(this.index.isDirty()).isTrue();
			Files.createDirectory(this.directory);
			store.save(this.index);
			assertThat(this.index.isDirty()).isFalse();
			assertThat(ifKilled()).isEqualTo(contents(this.index)).hasSize(2);
			assertThatThrownBy(() -> IndexStore.open(this.directory, 3)).isInstanceOf(StoreLockedException.class);
		}
	}

	@Test
	void mutationsFailWhileTheirLogIsDeletedAndSucceedAfterASave() throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(this.index, LogSync.always());
			this.index.add("a", vector(1));
			deleteDirectory();
			for (int attempt = 0; attempt < 2; attempt++) {
				assertThatThrownBy(() -> this.index.add("b", vector(2))).isInstanceOf(IndexIoException.class)
					.hasMessageContaining("cannot apply the mutation")
					.hasMessageContaining("was deleted");
				assertThatThrownBy(() -> store.save(this.index)).isInstanceOf(IndexIoException.class);
			}
			assertThat(contents(this.index)).containsOnlyKeys("a");
			Files.createDirectory(this.directory);
			store.save(this.index);
			this.index.add("b", vector(2));
			assertThat(ifKilled()).isEqualTo(contents(this.index)).containsOnlyKeys("a", "b");
			store.save(this.index);
			assertThat(ifKilled()).isEqualTo(contents(this.index));
		}
	}

	@Test
	void aWriterWhoseDirectoryWasReplacedDoesNotDisturbTheNewOne() throws Exception {
		Process other = null;
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			deleteDirectory();
			other = ChildJvm.with(CrashingWriter.class.getName(), this.directory.toString(), "1", "always").start();
			assertThat(other.getInputStream().read()).isPositive();
			assertThatThrownBy(() -> store.save(this.index)).isInstanceOf(StoreLockedException.class)
				.hasMessageContaining("process " + other.pid());
			other.destroyForcibly().waitFor();
			assertThatThrownBy(() -> store.save(this.index)).as("what the other one acknowledged")
				.isInstanceOf(StoreLockedException.class)
				.hasMessageContaining("process " + other.pid());
		}
		finally {
			if (other != null) {
				other.destroyForcibly().waitFor();
			}
		}
		IndexStore.open(this.directory, 3).close();
	}

	@Test
	void aReadOnlyDirectoryIsSavedToOnceItIsWritable() throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.save(this.index);
			this.index.add("a", vector(1));
			assumeTrue(this.directory.toFile().setWritable(false) && !Files.isWritable(this.directory),
					"an administrator can write to any directory");
			assertThatThrownBy(() -> store.save(this.index)).isInstanceOf(IndexIoException.class)
				.hasMessageContaining("access denied");
			assertThat(ifKilled()).isEmpty();
			assertThat(this.directory.toFile().setWritable(true)).isTrue();
			store.save(this.index);
			assertThat(ifKilled()).isEqualTo(contents(this.index));
		}
	}

	@Test
	void afterAnIntervalsForcingFailedMutationsFailUntilASnapshotIsSaved() throws IOException {
		try (FaultyDisk disk = FaultyDisk.failing(Long.MAX_VALUE, false);
				IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(this.index, LogSync.every(Duration.ofMillis(1)));
			this.index.add("a", vector(1));
			disk.fail("force log");
			assertThatThrownBy(() -> {
				while (true) {
					this.index.upsert("a", vector(1));
				}
			}).isInstanceOf(IndexIoException.class)
				.hasMessageContaining("cannot apply the mutation")
				.hasMessageContaining("pretended");
			disk.heal();
			assertThatThrownBy(() -> this.index.add("b", vector(2))).isInstanceOf(IndexIoException.class)
				.hasMessageContaining("save a snapshot to continue");
			store.save(this.index);
			this.index.add("b", vector(2));
			assertThat(ifKilled()).isEqualTo(contents(this.index)).hasSize(2);
		}
	}

}
