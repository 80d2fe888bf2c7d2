package dev.snapvec.spring.boot;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.StoreLockedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureReason}.
 */
class FailureReasonTests {

	@TempDir
	private Path directory;

	@Test
	void filesAreNamedWithoutTheirDirectory() {
		Path file = this.directory.resolve("products/snapshot-0000000001.snapvec");
		assertThat(FailureReason.of(new IndexIoException(file, "write", new NoSuchFileException(file.toString())),
				this.directory.resolve("products")))
			.contains("snapshot-0000000001.snapvec")
			.contains("no such file")
			.doesNotContain("/", "products");
	}

	@Test
	void aDirectoryBehindALinkIsNotToldEither() throws IOException {
		Path real = Files.createDirectories(this.directory.resolve("real place"));
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), real);
		Path configured = link.resolve("products");
		Path file = real.toRealPath().resolve("products").resolve("a.snapvec");
		for (Exception failure : new Exception[] { new CorruptIndexException(file, file + " is damaged", null),
				new IllegalStateException("nested: " + file, new IOException(file.toString())),
				new StoreLockedException(file.getParent(), file.getParent() + " is in use"),
				new IllegalStateException("see " + configured.toAbsolutePath()) }) {
			assertThat(FailureReason.of(failure, configured)).doesNotContain("real place", "link", "/", "\\");
		}
	}

	@Test
	void directoriesOfOtherFilesInAMessageAreNotToldEither() {
		FileSystemException failure = new AccessDeniedException("/secret of mine/a", "/other place/b", "no");
		assertThat(FailureReason.of(new IndexIoException(Path.of("relative/dir/x"), "move", failure), this.directory))
			.doesNotContain("secret", "place", "relative", "/");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			cannot open /var/lib/snapvec/products/.lock | cannot open .lock
			"cannot open '/var/lib/a': no"              | "cannot open 'a': no"
			C:\\data\\products\\x.snapvec is damaged     | x.snapvec is damaged
			/data is full                               | data is full
			1 and/or 2, n/a, 5 / 6                      | 1 and/or 2, n/a, 5 / 6
			bits must be 2, 3 or 4, but was 7           | bits must be 2, 3 or 4, but was 7
			""")
	void whatLooksLikeAPathLosesItsDirectory(String message, String expected) {
		assertThat(FailureReason.of(new IllegalStateException(message), this.directory)).isEqualTo(expected);
	}

	@Test
	void aFailureWithoutAMessageIsNamed() {
		assertThat(FailureReason.of(new IllegalStateException(), this.directory)).isEqualTo("IllegalStateException");
	}

}
