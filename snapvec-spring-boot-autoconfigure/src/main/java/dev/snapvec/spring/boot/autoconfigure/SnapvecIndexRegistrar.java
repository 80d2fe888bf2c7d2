package dev.snapvec.spring.boot.autoconfigure;

/**
 * Callback that adds indexes to those that the properties define. Beans of this type are
 * called in order. Added indexes are restored, populated, saved and measured like any
 * other; they are not beans, but are available from
 * {@link dev.snapvec.spring.boot.SnapvecIndexes}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SnapvecIndexRegistrar {

	/**
	 * Adds indexes.
	 * @param registry the registry to which to add them
	 */
	void registerIndexes(Registry registry);

	/**
	 * Registry to which indexes are added.
	 */
	interface Registry {

		/**
		 * Adds an index.
		 * @param name the name of the index, unique even ignoring case: 1 to 100 letters,
		 * digits, - and _, with a letter or digit first
		 * @param properties its properties; those not set are inherited from
		 * {@code snapvec.defaults}
		 * @throws IllegalStateException if an index of that name already exists
		 */
		void register(String name, IndexProperties properties);

	}

}
