package dev.snapvec.internal.lucene;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;

import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;

/** A commit that is looked up by its generation, whatever state other commits are in. */
final class NamedCommit extends IndexCommit {

	private final Directory directory;

	private final SegmentInfos segments;

	private NamedCommit(Directory directory, SegmentInfos segments) {
		this.directory = directory;
		this.segments = segments;
	}

	static NamedCommit read(Directory directory, long generation) throws IOException {
		return new NamedCommit(directory, SegmentInfos.readCommit(directory, fileName(generation)));
	}

	/** The file that lists the segments of a commit. */
	static String fileName(long generation) {
		return IndexFileNames.fileNameFromGeneration(IndexFileNames.SEGMENTS, "", generation);
	}

	@Override
	public String getSegmentsFileName() {
		return this.segments.getSegmentsFileName();
	}

	@Override
	public Collection<String> getFileNames() throws IOException {
		return this.segments.files(true);
	}

	@Override
	public Directory getDirectory() {
		return this.directory;
	}

	@Override
	public void delete() {
		throw new UnsupportedOperationException("commits are deleted by the policy of their writer");
	}

	@Override
	public boolean isDeleted() {
		return false;
	}

	@Override
	public int getSegmentCount() {
		return this.segments.size();
	}

	@Override
	public long getGeneration() {
		return this.segments.getGeneration();
	}

	@Override
	public Map<String, String> getUserData() {
		return this.segments.getUserData();
	}

}
