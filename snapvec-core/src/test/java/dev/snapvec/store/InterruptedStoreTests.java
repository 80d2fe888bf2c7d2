package dev.snapvec.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.snapvec.IndexFile;
import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.VectorIndex;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.contentsIfKilled;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Threads that are interrupted while they save, record, load or verify.
 */
@Timeout(120)
class InterruptedStoreTests {

	@TempDir
	Path temporary;

	@AfterEach
	void clear() {
		Thread.interrupted();
	}

	private static void whileInterrupted(ThrowingCallable action) throws Throwable {
		Thread.currentThread().interrupt();
		try {
			action.call();
		}
		finally {
			assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
		}
	}

	@Test
	void anInterruptedThreadSavesAndRecords() throws Throwable {
		Path directory = this.temporary.resolve("store");
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(directory, 1)) {
			whileInterrupted(() -> {
				store.log(index, LogSync.always());
				index.add("a", vector(1));
				store.save(index);
				SnapIndex other = SnapIndex.builder(StoreFixture.DIMENSION).build();
				other.add("b", vector(2));
				index.replace(other);
				index.add("c", vector(3));
				index.save(this.temporary.resolve("copy.snapvec"));
			});
		}
		assertThat(VectorIndex.load(this.temporary.resolve("copy.snapvec")).size()).isEqualTo(2);
		assertThat(contentsIfKilled(directory, this.temporary.resolve("copy"))).isEqualTo(contents(index)).hasSize(2);
	}

	@Test
	void anInterruptedThreadThatReadsIsToldSoOrReads() throws Throwable {
		Path directory = this.temporary.resolve("store");
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(directory, 3)) {
			store.log(index, LogSync.always());
			index.add("a", vector(1));
		}
		Path file = this.temporary.resolve("index.snapvec");
		index.save(file);
		for (ThrowingCallable reading : new ThrowingCallable[] { () -> VectorIndex.load(file),
				() -> IndexFile.describe(file), () -> IndexFile.verify(file), () -> IndexStore.verify(directory),
				() -> restore(directory, false), () -> restore(directory, true) }) {
			whileInterrupted(() -> {
				Throwable failure = catchThrowable(reading);
				if (failure != null) {
					assertThat(failure).isInstanceOf(IndexIoException.class)
						.hasMessageContaining("interrupted")
						.hasMessageNotContaining("null");
				}
			});
			assertThatCode(reading).doesNotThrowAnyException();
		}
		assertThat(directory.toFile().list()).noneMatch((name) -> name.contains("corrupt"));
		assertThat(contentsIfKilled(directory, this.temporary.resolve("copy"))).isEqualTo(contents(index));
	}

	private static void restore(Path directory, boolean sound) {
		try (IndexStore store = IndexStore.open(directory, 3)) {
			if (sound) {
				store.restoreNewestSound(LoadOptions.defaults());
			}
			else {
				store.restore(LoadOptions.defaults());
			}
		}
	}

	@Test
	void aSaveThatThrowsWhenItIsInterruptedHasChangedNothing() throws Exception {
		Random random = new Random(System.nanoTime());
		Path file = this.temporary.resolve("index.snapvec");
		SnapIndex index = SnapIndex.builder(StoreFixture.DIMENSION).build();
		index.save(file);
		for (int round = 0; round < 150; round++) {
			index.upsert("row", vector(round));
			byte[] before = Files.readAllBytes(file);
			Throwable[] failure = new Throwable[1];
			Thread saving = new Thread(() -> failure[0] = catchThrowable(() -> index.save(file)));
			saving.start();
			long until = System.nanoTime() + random.nextInt(2_000_000);
			while (System.nanoTime() < until) {
				Thread.onSpinWait();
			}
			saving.interrupt();
			saving.join(TimeUnit.SECONDS.toMillis(30));
			if (failure[0] != null) {
				assertThat(failure[0]).hasMessageNotContaining("null");
				assertThat(file).hasBinaryContent(before);
			}
			else {
				assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
			}
		}
	}

	@Test
	void noMessageSaysNull() {
		IOException[] causes = { new IOException(), new IOException((String) null), new IOException(""),
				new EOFException(), new NoSuchFileException(null), new NoSuchFileException("/there"),
				new AccessDeniedException("/there"), new NotDirectoryException("/there"),
				new DirectoryNotEmptyException("/there"), new FileSystemException("/there"),
				new AtomicMoveNotSupportedException("a", "b", null), new ClosedByInterruptException(),
				new AsynchronousCloseException(), new ClosedChannelException() };
		for (IOException cause : causes) {
			String message = new IndexIoException(Path.of("file"), "write", cause).getMessage();
			assertThat(message).startsWith("cannot write file: ").doesNotContain("null");
			String reason = message.substring("cannot write file: ".length());
			assertThat(reason).as(cause.toString()).isNotBlank().doesNotStartWith("/");
		}
	}

}
