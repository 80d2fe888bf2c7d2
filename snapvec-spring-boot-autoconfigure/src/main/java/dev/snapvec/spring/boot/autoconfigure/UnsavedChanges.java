package dev.snapvec.spring.boot.autoconfigure;

import dev.snapvec.SafeIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.Snapshot;

/**
 * Tells whether an index holds what its store does not.
 * <p>
 * The handle's own {@link SafeIndex#isDirty()} does not tell: it counts a restored index
 * as changed, and one that the application saved to a file of its own as saved.
 * Generations are read before what they stand for happens, so a change that comes in
 * between counts as unsaved.
 */
final class UnsavedChanges {

	private final SafeIndex index;

	private volatile long savedGeneration;

	UnsavedChanges(SafeIndex index) {
		this.index = index;
	}

	boolean exist() {
		return this.index.generation() != this.savedGeneration;
	}

	void restore(VectorIndex restored) {
		long generation = this.index.generation();
		this.index.replace(restored);
		this.savedGeneration = generation + 1;
	}

	Snapshot save(IndexStore store) {
		long generation = this.index.generation();
		Snapshot snapshot = store.save(this.index);
		this.savedGeneration = generation;
		return snapshot;
	}

}
