package dev.snapvec.documents;

import org.apache.lucene.util.FixedBitSet;

/**
 * The documents of a segment that a filter matches: those that match certainly, and those
 * that possibly do, of which the former are a part. Whether the rest matches shows their
 * metadata. Confined to one thread.
 */
final class SegmentMatches {

	private FixedBitSet certain;

	/** The same instance, as long as nothing has to be read. */
	private FixedBitSet possible;

	SegmentMatches(FixedBitSet certain, FixedBitSet possible) {
		this.certain = certain;
		this.possible = possible;
	}

	FixedBitSet certain() {
		return this.certain;
	}

	FixedBitSet possible() {
		return this.possible;
	}

	boolean isExact() {
		return this.certain == this.possible;
	}

	private void split() {
		if (isExact()) {
			this.certain = this.possible.clone();
		}
	}

	/** Leaves what the other one matches too. */
	void and(SegmentMatches other) {
		if (!other.isExact()) {
			split();
		}
		this.possible.and(other.possible);
		if (!isExact()) {
			this.certain.and(other.certain);
		}
	}

	/** Adds what the other one matches. */
	void or(SegmentMatches other) {
		if (!other.isExact()) {
			split();
		}
		this.possible.or(other.possible);
		if (!isExact()) {
			this.certain.or(other.certain);
		}
	}

	/** Matches what was not matched: it is certain if a match was not even possible. */
	void negate() {
		FixedBitSet uncertain = this.certain;
		this.possible.flip(0, this.possible.length());
		if (!isExact()) {
			uncertain.flip(0, uncertain.length());
		}
		this.certain = this.possible;
		this.possible = uncertain;
	}

}
