package dev.snapvec.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

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
		assertThat(reopened.find("robot")).contains(ROBOT);
		assertThat(reopened.find("robot-2")).isEmpty();
		assertThat(reopened.size()).isEqualTo(4);
		assertThat(reopened.since(2)).containsExactly(new DocumentChange("robot-2", null),
				new DocumentChange("n-02124272", null));
		assertThat(reopened.since(5)).isEmpty();
	}

	@Test
	void tellsWhatCameLast() throws IOException {
		DocumentStore store = open();
		store.put(ROBOT);
		store.put(ROBOT_2);
		assertThat(store.newest(5)).containsExactly(ROBOT_2, ROBOT);
		store.delete("robot");
		store.put(ROBOT);
		assertThat(store.newest(5)).containsExactly(ROBOT, ROBOT_2);
		assertThat(open().newest(1)).containsExactly(ROBOT);
	}

	@Test
	void aLineThatACrashCutShortNeverHappened() throws IOException {
		DocumentStore store = open();
		store.put(ROBOT);
		byte[] line = "{\"id\":\"ü".getBytes(StandardCharsets.UTF_8);
		Files.write(file(), Arrays.copyOf(line, line.length - 1), StandardOpenOption.APPEND);
		DocumentStore reopened = open();
		reopened.put(ROBOT_2);
		assertThat(open().since(0)).extracting(DocumentChange::document).containsExactly(ROBOT, ROBOT_2);
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
