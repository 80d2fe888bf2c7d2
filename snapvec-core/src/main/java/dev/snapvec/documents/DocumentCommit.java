package dev.snapvec.documents;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

import dev.snapvec.internal.lucene.LuceneIndex;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.store.Directory;

/**
 * The name of a commit, as a snapshot holds it.
 *
 * @param generation the generation of the commit
 * @param snapshot the number of the snapshot
 * @param lastNumber the number of the last change that the commit holds
 */
record DocumentCommit(long generation, long snapshot, long lastNumber) {

	private static final String SNAPSHOT = "snapvec.snapshot";

	private static final String LAST_NUMBER = "snapvec.last-number";

	private static final String VERSION = "snapvec.version";

	/** What a commit of this name holds beside the documents. */
	static Map<String, String> userData(long snapshot, long lastNumber) {
		return new TreeMap<>(Map.of(VERSION, Integer.toString(DocumentFields.VERSION), SNAPSHOT,
				Long.toString(snapshot), LAST_NUMBER, Long.toString(lastNumber)));
	}

	/**
	 * Checks that the commit of this generation is the one of this name.
	 * @throws IOException if it is missing, damaged, of a newer version or another one
	 */
	void require(Directory directory) throws IOException {
		Map<String, String> found = LuceneIndex.userData(directory, this.generation);
		String resource = "commit " + this.generation;
		int version = version(found, resource);
		if (version > DocumentFields.VERSION) {
			throw new IndexFormatTooNewException(resource, version, DocumentFields.VERSION, DocumentFields.VERSION);
		}
		Map<String, String> expected = userData(this.snapshot, this.lastNumber);
		expected.put(VERSION, Integer.toString(version));
		if (!found.equals(expected)) {
			throw new CorruptIndexException("it must be that of " + expected + ", but was that of " + found, resource);
		}
	}

	private static int version(Map<String, String> found, String resource) throws IOException {
		try {
			return Integer.parseInt(found.getOrDefault(VERSION, ""));
		}
		catch (NumberFormatException ex) {
			throw new CorruptIndexException("it was not made for a snapshot: " + found, resource, ex);
		}
	}

}
