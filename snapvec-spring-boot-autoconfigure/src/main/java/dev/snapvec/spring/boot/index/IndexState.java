package dev.snapvec.spring.boot.index;

import java.util.EnumSet;
import java.util.Set;

/**
 * State of an index from the start of the application to its end. The comments say
 * whether it accepts changes and whether it is saved; it can be searched in every state.
 */
enum IndexState {

	/**
	 * Not restored yet. Accepts changes, for which the start fails.
	 */
	NEW,

	/** Being restored. Rejects changes. */
	RESTORING,

	/**
	 * Being filled for the first time. Accepts changes; not saved, because a part of it
	 * would be restored as if it were complete.
	 */
	POPULATING,

	/** Accepts changes, and is saved. */
	OPEN,

	/** Contains what another process saves. Rejects changes; not saved. */
	FOLLOWING,

	/** Saved for the last time, if it was open. Rejects changes. */
	CLOSING,

	/** Has released its directory. Rejects changes until it is opened again. */
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

	/** Whether the index accepts changes. */
	boolean takesChanges() {
		return this == NEW || this == POPULATING || this == OPEN;
	}

	/** Whether an index in this state has content to continue with. */
	boolean isHolding() {
		return this == POPULATING || this == OPEN || this == FOLLOWING;
	}

}
