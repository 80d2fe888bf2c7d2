package dev.snapvec;

import java.util.Set;

import dev.snapvec.internal.rows.RowId;
import org.jspecify.annotations.Nullable;

/**
 * The ids that a filter allows or excludes, as a key of maps: the hash is computed once,
 * and a successful comparison with another key is cached. Logically immutable and
 * thread-safe.
 */
final class FilteredIds {

	private final Set<RowId> set;

	private final boolean negated;

	private final int hash;

	/**
	 * The set of the last key that proved equal: a set of the same identity need not be
	 * compared again.
	 */
	private @Nullable Set<RowId> equal;

	/**
	 * @param set the ids; must never change
	 * @param negated whether the ids are excluded rather than allowed
	 */
	FilteredIds(Set<RowId> set, boolean negated) {
		this.set = set;
		this.negated = negated;
		long sum = negated ? 1 : 0;
		for (RowId id : set) {
			sum += RequestHash.mixed(id.hashCode());
		}
		this.hash = (int) RequestHash.mixed(sum);
	}

	Set<RowId> set() {
		return this.set;
	}

	boolean negated() {
		return this.negated;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof FilteredIds that && this.hash == that.hash
				&& this.negated == that.negated && hasSetOf(that));
	}

	private boolean hasSetOf(FilteredIds that) {
		if (this.set == that.set || this.equal == that.set || this.set == that.equal) {
			return true;
		}
		boolean equal = this.set.equals(that.set);
		if (equal) {
			this.equal = that.set;
		}
		return equal;
	}

	@Override
	public int hashCode() {
		return this.hash;
	}

	@Override
	public String toString() {
		return (this.negated ? "not " : "") + this.set;
	}

}
