package dev.snapvec.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * The texts of added documents, and the ids of deleted ones: a file to which each change
 * appends a line of JSON. A line is valid once its line feed is on disk; a line that a
 * crash truncated is discarded. Thread-safe.
 */
@Component
class DocumentStore {

	private final Path file;

	private final JsonMapper json;

	private final List<DocumentChange> changes = new ArrayList<>();

	/** In the order they were added. */
	private final Map<String, Entry> documents = new LinkedHashMap<>();

	DocumentStore(SampleProperties properties, JsonMapper json) throws IOException {
		this.file = properties.documents();
		this.json = json;
		if (Files.exists(this.file)) {
			read();
		}
	}

	private void read() throws IOException {
		byte[] bytes = Files.readAllBytes(this.file);
		int end = bytes.length;
		while (end > 0 && bytes[end - 1] != '\n') {
			end--;
		}
		new String(bytes, 0, end, StandardCharsets.UTF_8).lines()
			.map((line) -> this.json.readValue(line, DocumentChange.class))
			.forEach(this::apply);
		if (end < bytes.length) {
			try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.WRITE)) {
				channel.truncate(end);
			}
		}
	}

	private void apply(DocumentChange change) {
		this.changes.add(change);
		this.documents.remove(change.id());
		Entry document = change.document();
		if (document != null) {
			this.documents.put(change.id(), document);
		}
	}

	synchronized Optional<Entry> find(String id) {
		return Optional.ofNullable(this.documents.get(id));
	}

	/**
	 * Returns the documents that were added last.
	 * @param limit the maximum number of documents
	 * @return the documents, newest first
	 */
	synchronized List<Entry> newest(int limit) {
		List<Entry> newest = new ArrayList<>(this.documents.values());
		Collections.reverse(newest);
		return List.copyOf(newest.subList(0, Math.min(limit, newest.size())));
	}

	/**
	 * Returns the number of changes.
	 * @return the number of lines in the file
	 */
	synchronized int size() {
		return this.changes.size();
	}

	/**
	 * Returns the latest changes.
	 * @param size the number of changes before them
	 * @return the changes, oldest first
	 */
	synchronized List<DocumentChange> since(int size) {
		return List.copyOf(this.changes.subList(Math.min(size, this.changes.size()), this.changes.size()));
	}

	void put(Entry document) {
		append(new DocumentChange(document.id(), document));
	}

	void delete(String id) {
		append(new DocumentChange(id, null));
	}

	private synchronized void append(DocumentChange change) {
		byte[] line = (this.json.writeValueAsString(change) + "\n").getBytes(StandardCharsets.UTF_8);
		try {
			Files.createDirectories(this.file.toAbsolutePath().getParent());
			try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.CREATE,
					StandardOpenOption.WRITE)) {
				long end = channel.size();
				try {
					channel.position(end);
					ByteBuffer bytes = ByteBuffer.wrap(line);
					while (bytes.hasRemaining()) {
						channel.write(bytes);
					}
					channel.force(true);
				}
				catch (IOException ex) {
					channel.truncate(end);
					throw ex;
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(String.format(Locale.ROOT, "%s cannot be written", this.file), ex);
		}
		apply(change);
	}

}
