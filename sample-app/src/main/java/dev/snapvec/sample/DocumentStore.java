package dev.snapvec.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * The texts of added documents, and which ids were deleted: a file to which each change
 * appends a line of JSON. A line counts once its line feed is on disk, so a change that a
 * crash cut short never happened. Thread-safe.
 */
@Component
class DocumentStore {

	private final Path file;

	private final JsonMapper json;

	private final ConcurrentHashMap<String, Entry> documents = new ConcurrentHashMap<>();

	private final Set<String> deleted = ConcurrentHashMap.newKeySet();

	DocumentStore(SampleProperties properties, JsonMapper json) throws IOException {
		this.file = properties.documents();
		this.json = json;
		if (Files.exists(this.file)) {
			read();
		}
	}

	private void read() throws IOException {
		String text = Files.readString(this.file);
		String whole = text.substring(0, text.lastIndexOf('\n') + 1);
		whole.lines().map((line) -> this.json.readValue(line, Change.class)).forEach(this::apply);
		if (whole.length() < text.length()) {
			try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.WRITE)) {
				channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
			}
		}
	}

	private void apply(Change change) {
		if (change.document() != null) {
			this.documents.put(change.id(), change.document());
			this.deleted.remove(change.id());
		}
		else {
			this.documents.remove(change.id());
			this.deleted.add(change.id());
		}
	}

	Optional<Entry> find(String id) {
		return Optional.ofNullable(this.documents.get(id));
	}

	Collection<Entry> documents() {
		return List.copyOf(this.documents.values());
	}

	Collection<String> deleted() {
		return List.copyOf(this.deleted);
	}

	void put(Entry document) {
		append(new Change(document.id(), document));
	}

	void delete(String id) {
		append(new Change(id, null));
	}

	private synchronized void append(Change change) {
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
			throw new UncheckedIOException("%s cannot be written".formatted(this.file), ex);
		}
		apply(change);
	}

	/**
	 * A line of the file.
	 *
	 * @param id what changed
	 * @param document what it is now, or null if it was deleted
	 */
	private record Change(String id, @Nullable Entry document) {
	}

}
