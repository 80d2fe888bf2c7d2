package dev.snapvec.spring.boot.index;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where an index is between the start of the application and its end. The comments say
 * whether it takes changes, and whether it is saved; it can be searched in every state.
 */
enum IndexState {

	/**
	 * Not looked for in its directory yet. Takes changes, of which the start complains.
	 */
	NEW,

	/** Being restored. Takes no changes. */
	RESTORING,

	/**
	 * Being filled for the first time. Takes changes; not saved, as a part of it would be
	 * restored as if it were all.
	 */
	POPULATING,

	/** Takes changes, and is saved. */
	OPEN,

	/** Holds what another process saves. Takes no changes; not saved. */
	FOLLOWING,

	/** Saved for the last time, if it was open. Takes no changes. */
	CLOSING,

	/** Has given its directory up. Takes no changes, until it is opened again. */
	CLOSED;

	private Set<IndexState> next() {
		return switch (this) {
			case NEW -> EnumSet.of(RESTORING, FOLLOWING, CLOSING);
			case RESTORING -> EnumSet.of(POPULATING, OPEN, CLOSING, CLOSED);
			case POPULATING -> EnumSet.of(OPEN, CLOSING);
			case OPEN, FOLLOWING -> EnumSet.of(CLOSING);
			case CLOSING -> EnumSet.of(OPEN, POPULATING, CLOSED);
			case CLOSED -> EnumSet.of(RESTORING, FOLLOWING, CLOSING);
		};
	}

	boolean canBecome(IndexState next) {
		return next().contains(next);
	}

	/** Whether the index takes changes. */
	boolean takesChanges() {
		return this == NEW || this == POPULATING || this == OPEN;
	}

	/** Whether an index that came this far holds something to go on with. */
	boolean isHolding() {
		return this == POPULATING || this == OPEN || this == FOLLOWING;
	}

}
