package dev.snapvec.documents;

import java.io.Closeable;
import java.nio.file.Path;

import dev.snapvec.internal.lucene.LuceneIndex;
import dev.snapvec.internal.lucene.OwnThread;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;

/**
 * The documents of a snapshot, read while another process writes. Thread-safe.
 */
final class CommittedDocuments implements Closeable {

	private final DocumentView view;

	private final Directory directory;

	private final DocumentErrors errors;

	private CommittedDocuments(DocumentView view, Directory directory, DocumentErrors errors) {
		this.view = view;
		this.directory = directory;
		this.errors = errors;
	}

	/**
	 * Opens a commit.
	 * @param path the directory, for messages
	 * @param directory the directory; closed with the documents
	 * @param generation the commit that the snapshot names
	 * @param snapshot the number of the snapshot
	 * @throws dev.snapvec.CorruptIndexException if the commit is missing, damaged, or
	 * that of another snapshot
	 */
	static CommittedDocuments open(Path path, Directory directory, long generation, long snapshot) {
		DocumentErrors errors = new DocumentErrors(path);
		// an interrupt of the caller would close the files
		try (OwnThread thread = new OwnThread("snapvec-documents-open")) {
			DocumentView view = errors.named("open the documents in", () -> thread.call(() -> {
				DocumentCommit commit = DocumentCommit.find(directory, generation, snapshot);
				DirectoryReader reader = LuceneIndex.read(directory, generation);
				return new DocumentView(new SealedDocuments(reader), Tail.EMPTY, commit.newest(), errors);
			}));
			return new CommittedDocuments(view, directory, errors);
		}
		catch (RuntimeException | Error ex) {
			IOUtils.closeWhileHandlingException(directory);
			throw ex;
		}
	}

	/**
	 * Takes the documents.
	 * @return a view, to be closed
	 * @throws IllegalStateException if they are closed
	 */
	DocumentView view() {
		if (!this.view.take()) {
			throw new IllegalStateException("the documents in " + this.errors.directory() + " are closed");
		}
		return this.view;
	}

	/** Compares the checksums of all files. */
	void verify() {
		try (DocumentView current = view()) {
			this.errors.run("verify the documents in", () -> {
				LuceneIndex.checkIntegrity(current.sealed().reader());
			});
		}
	}

	/** Views that were taken can still be read. */
	@Override
	public void close() {
		this.view.close();
		this.errors.run("close the documents in", () -> {
			this.directory.close();
		});
	}

}
