package dev.snapvec.documents;

import java.io.IOException;
import java.util.Map;

import dev.snapvec.internal.lucene.LuceneIndex;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.store.Directory;

/**
 * A commit of the documents of a snapshot.
 *
 * @param generation the generation of the commit, which the snapshot names
 * @param snapshot the number of the snapshot
 * @param newest the highest number that was given until then
 */
record DocumentCommit(long generation, long snapshot, long newest) {

	private static final String SNAPSHOT = "snapvec.snapshot";

	private static final String NEWEST = "snapvec.newest";

	private static final String VERSION = "snapvec.version";

	/** What Lucene stores with the commit of a snapshot. */
	static Map<String, String> userData(long snapshot, long newest) {
		return Map.of(VERSION, Integer.toString(DocumentFields.VERSION), SNAPSHOT, Long.toString(snapshot), NEWEST,
				Long.toString(newest));
	}

	/**
	 * Looks for the commit that a snapshot names.
	 * @throws IOException if it is missing, damaged, of a newer version, or that of
	 * another snapshot
	 */
	static DocumentCommit find(Directory directory, long generation, long snapshot) throws IOException {
		Map<String, String> found = LuceneIndex.userData(directory, generation);
		String resource = "commit " + generation;
		long version = number(found, VERSION, resource);
		if (version > DocumentFields.VERSION) {
			throw new IndexFormatTooNewException(resource, (int) Math.min(version, Integer.MAX_VALUE),
					DocumentFields.VERSION, DocumentFields.VERSION);
		}
		DocumentCommit commit = new DocumentCommit(generation, number(found, SNAPSHOT, resource),
				number(found, NEWEST, resource));
		if (commit.snapshot != snapshot) {
			throw new CorruptIndexException(
					"it must be that of snapshot " + snapshot + ", but was that of snapshot " + commit.snapshot,
					resource);
		}
		return commit;
	}

	/** Whether what is stored with a commit names one of some snapshots. */
	static long snapshot(Map<String, String> userData) throws IOException {
		return userData.containsKey(SNAPSHOT) ? number(userData, SNAPSHOT, "commit") : -1;
	}

	private static long number(Map<String, String> found, String name, String resource) throws IOException {
		try {
			return Long.parseLong(found.getOrDefault(name, ""));
		}
		catch (NumberFormatException ex) {
			throw new CorruptIndexException("it was not made for a snapshot: " + found, resource, ex);
		}
	}

}
