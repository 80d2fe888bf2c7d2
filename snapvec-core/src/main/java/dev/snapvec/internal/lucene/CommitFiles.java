package dev.snapvec.internal.lucene;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;

/**
 * The files that list the segments of commits. Lucene opens an index only if it can read
 * all of them, also those that nobody needs.
 */
final class CommitFiles {

	private CommitFiles() {
	}

	/**
	 * Deletes all commits but some, which can be read.
	 */
	static void sweep(Directory directory, Set<Long> retained) throws IOException {
		for (String file : directory.listAll()) {
			if (file.startsWith(IndexFileNames.PENDING_SEGMENTS)) {
				directory.deleteFile(file);
			}
			else if (file.startsWith(IndexFileNames.SEGMENTS)) {
				if (!retained.contains(generation(file))) {
					directory.deleteFile(file);
				}
			}
		}
		directory.syncMetaData();
	}

	/** The commits that can be read, with what was stored with them. */
	static Map<Long, Map<String, String>> readable(Directory directory) throws IOException {
		Map<Long, Map<String, String>> commits = new TreeMap<>();
		for (String file : directory.listAll()) {
			if (file.startsWith(IndexFileNames.SEGMENTS) && isReadable(directory, file)) {
				commits.put(generation(file), SegmentInfos.readCommit(directory, file).getUserData());
			}
		}
		return commits;
	}

	private static long generation(String file) {
		try {
			return SegmentInfos.generationFromSegmentsFileName(file);
		}
		catch (IllegalArgumentException ex) {
			return -1;
		}
	}

	private static boolean isReadable(Directory directory, String file) {
		try {
			SegmentInfos.readCommit(directory, file);
			return true;
		}
		catch (IOException | IllegalArgumentException ex) {
			return false;
		}
	}

}
