package dev.snapvec.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DocumentStore}.
 */
class DocumentStoreTests {

	private static final Entry ROBOT = new Entry("robot", "robot", "a \"machine\"\nthat wälks");

	private static final Entry ROBOT_2 = new Entry("robot-2", "robot", "a better one");

	@TempDir
	private Path directory;

	@Test
	void keepsDocumentsAndDeletions() throws IOException {
		DocumentStore store = open();
		store.put(ROBOT);
		store.put(ROBOT_2);
		store.delete("robot-2");
		store.delete("n-02124272");
		DocumentStore reopened = open();
		assertThat(reopened.documents()).containsExactly(ROBOT);
		assertThat(reopened.deleted()).containsExactlyInAnyOrder("robot-2", "n-02124272");
	}

	@Test
	void aLineThatACrashCutShortNeverHappened() throws IOException {
		DocumentStore store = open();
		store.put(ROBOT);
		Files.writeString(file(), "{\"id\":\"ü", StandardOpenOption.APPEND);
		DocumentStore reopened = open();
		assertThat(reopened.documents()).containsExactly(ROBOT);
		reopened.put(ROBOT_2);
		assertThat(open().documents()).containsExactlyInAnyOrder(ROBOT, ROBOT_2);
	}

	@Test
	void aChangeThatCannotBeWrittenDidNotHappen() throws IOException {
		DocumentStore store = open();
		Files.createDirectories(file());
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> store.put(ROBOT))
			.withMessageContaining(file().toString());
		assertThat(store.find("robot")).isEmpty();
	}

	private Path file() {
		return this.directory.resolve("data/documents.jsonl");
	}

	private DocumentStore open() throws IOException {
		return new DocumentStore(new SampleProperties(1, file()), new JsonMapper());
	}

}
