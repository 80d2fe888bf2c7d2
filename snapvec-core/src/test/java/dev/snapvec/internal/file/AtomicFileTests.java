package dev.snapvec.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Writing that fails half-way.
 */
class AtomicFileTests {

	@TempDir
	Path directory;

	private Path target;

	@BeforeEach
	void writeAnOldFile() throws IOException {
		this.target = Files.writeString(this.directory.resolve("index"), "old content");
	}

	private void fails(Throwable failure, AtomicFile.Content content) {
		assertThatThrownBy(() -> AtomicFile.write(this.target, content, AtomicFile.Guard.NONE)).isSameAs(failure);
		assertThat(this.target).hasContent("old content");
		assertThat(this.directory.toFile().list()).containsExactly("index");
	}

	@Test
	void theOldFileStaysWhenTheDiskIsFull() {
		IOException failure = new IOException("no space left on device");
		fails(failure, (sink) -> {
			sink.bytes(new byte[1 << 20], 0, 1 << 20);
			throw failure;
		});
	}

	@Test
	void theOldFileStaysWhenTheContentCannotBeMade() {
		IllegalStateException failure = new IllegalStateException();
		fails(failure, (sink) -> {
			sink.u32(1);
			throw failure;
		});
		OutOfMemoryError error = new OutOfMemoryError("pretended");
		fails(error, (sink) -> {
			throw error;
		});
	}

	@Test
	void theOldFileIsThereWhileTheNewOneIsWritten() throws IOException {
		AtomicFile.write(this.target, (sink) -> {
			sink.bytes(new byte[1 << 20], 0, 1 << 20);
			assertThat(this.target).hasContent("old content");
			assertThat(this.directory.toFile().list()).hasSize(2).anyMatch((name) -> name.endsWith(".snapvec-tmp"));
		}, AtomicFile.Guard.NONE);
		assertThat(this.target).hasSize((1 << 20) + 8);
		assertThat(this.directory.toFile().list()).containsExactly("index");
	}

}
