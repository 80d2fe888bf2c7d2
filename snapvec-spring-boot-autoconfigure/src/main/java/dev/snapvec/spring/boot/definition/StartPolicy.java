package dev.snapvec.spring.boot.definition;

/**
 * What happens to an index from the start of the application until it is ready.
 * <p>
 * Internal: not for applications.
 *
 * @param onDamage what to do if a snapshot is damaged
 * @param populatesBeforeReady whether it is populated once the web server accepts
 * requests, rather than before that
 * @param freezesOnReady whether it is frozen when the application is ready
 */
public record StartPolicy(OnDamage onDamage, boolean populatesBeforeReady, boolean freezesOnReady) {

	/**
	 * What to do if a snapshot is damaged.
	 */
	public enum OnDamage {

		/**
		 * Do not start.
		 */
		FAIL,

		/**
		 * Restore the newest snapshot that is sound.
		 */
		PREVIOUS,

		/**
		 * Start with an empty index, and move the snapshots aside.
		 */
		EMPTY

	}

}
