package dev.snapvec.internal.lucene;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;

/** Forced merges rewrite the segments with a file that could not be forced to disk. */
final class RewritingMergePolicy extends FilterMergePolicy {

	private final Supplier<Set<String>> failed;

	RewritingMergePolicy(MergePolicy policy, Supplier<Set<String>> failed) {
		super(policy);
		this.failed = failed;
	}

	@Override
	public MergeSpecification findForcedMerges(SegmentInfos infos, int maxSegmentCount,
			Map<SegmentCommitInfo, Boolean> segmentsToMerge, MergeContext context) throws IOException {
		Set<String> failed = this.failed.get();
		MergeSpecification merges = new MergeSpecification();
		for (SegmentCommitInfo segment : infos) {
			if (segmentsToMerge.containsKey(segment) && !context.getMergingSegments().contains(segment)
					&& !Collections.disjoint(segment.files(), failed)) {
				merges.add(new OneMerge(List.of(segment)));
			}
		}
		return merges;
	}

}
