package dev.snapvec.spring.boot.autoconfigure;

/**
 * Callback that adds indexes to those that the properties define. Beans of this type are
 * called in their order. What they add is restored, populated, saved and measured as any
 * other; it has no bean of its own, but is in
 * {@link dev.snapvec.spring.boot.SnapvecIndexes}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SnapvecIndexRegistrar {

	/**
	 * Adds indexes.
	 * @param registry takes them
	 */
	void registerIndexes(Registry registry);

	/**
	 * Takes indexes.
	 */
	interface Registry {

		/**
		 * Adds an index.
		 * @param name its name, which no other index has, not even in another case: 1 to
		 * 100 letters, digits, - and _, with a letter or digit first
		 * @param properties its properties; those not set are inherited from
		 * {@code snapvec.defaults}
		 * @throws IllegalStateException if there is an index of that name
		 */
		void register(String name, IndexProperties properties);

	}

}
