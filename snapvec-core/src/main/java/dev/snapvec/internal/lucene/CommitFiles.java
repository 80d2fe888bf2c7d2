package dev.snapvec.internal.lucene;

import java.io.IOException;
import java.util.Set;

import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;

/**
 * The files that list the segments of commits. Lucene opens an index only if it can read
 * all of them, also those that nobody needs.
 */
final class CommitFiles {

	private static final String DAMAGED = "damaged-";

	private CommitFiles() {
	}

	/**
	 * Deletes commits that are not to be retained, and renames those that cannot be read.
	 * @param opened the generation of a commit that must be readable
	 */
	static void sweep(Directory directory, Set<Long> retained, long opened) throws IOException {
		for (String file : directory.listAll()) {
			if (file.startsWith(IndexFileNames.PENDING_SEGMENTS)) {
				directory.deleteFile(file);
			}
			else if (file.startsWith(IndexFileNames.SEGMENTS)) {
				long generation = generation(file);
				if (generation != opened && !retained.contains(generation)) {
					directory.deleteFile(file);
				}
				else if (generation != opened && !isReadable(directory, file)) {
					directory.rename(file, DAMAGED + file);
				}
			}
		}
		directory.syncMetaData();
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
