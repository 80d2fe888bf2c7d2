package dev.snapvec.internal.lucene;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexDeletionPolicy;

/**
 * Keeps the commits that are named, those made since commits were named last, the newest,
 * and those that are held while somebody copies their files. Thread-safe.
 */
final class CommitPolicy extends IndexDeletionPolicy {

	private Set<Long> retained;

	private final Map<Long, Integer> held = new HashMap<>();

	private long newest;

	/** The newest commit when commits were named last. */
	private long known;

	CommitPolicy(Set<Long> retained) {
		this.retained = Set.copyOf(retained);
	}

	@Override
	public void onInit(List<? extends IndexCommit> commits) {
		if (!commits.isEmpty()) {
			onCommit(commits);
		}
	}

	@Override
	public synchronized void onCommit(List<? extends IndexCommit> commits) {
		this.newest = commits.get(commits.size() - 1).getGeneration();
		for (IndexCommit commit : commits) {
			long generation = commit.getGeneration();
			if (generation <= this.known && generation != this.newest && !this.retained.contains(generation)
					&& !this.held.containsKey(generation)) {
				commit.delete();
			}
		}
	}

	synchronized void retain(Set<Long> generations) {
		this.retained = Set.copyOf(generations);
		this.known = this.newest;
	}

	synchronized void hold(long generation) {
		this.held.merge(generation, 1, Integer::sum);
	}

	synchronized void release(long generation) {
		this.held.computeIfPresent(generation, (key, count) -> (count > 1) ? count - 1 : null);
	}

	synchronized long newest() {
		return this.newest;
	}

}
