package dev.snapvec.spring.boot.definition;

/**
 * What happens to an index between the start of the application and its being ready.
 * <p>
 * Internal: not for applications.
 *
 * @param onDamage what to do about a damaged snapshot
 * @param populatesBeforeReady whether it is populated once the web server answers, rather
 * than before it starts
 * @param freezesOnReady whether it is frozen when the application is ready
 */
public record StartPolicy(OnDamage onDamage, boolean populatesBeforeReady, boolean freezesOnReady) {

	/**
	 * What to do about a damaged snapshot.
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
		 * Start with an empty index, and keep the snapshots aside.
		 */
		EMPTY

	}

}
