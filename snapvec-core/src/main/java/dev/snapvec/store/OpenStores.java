package dev.snapvec.store;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The directories that this process has open for writing. Kept as system properties,
 * which are shared by all copies of this class in different class loaders: two web
 * applications, or one before and after a restart. The operating system's lock does not
 * suffice: it is released when the process closes any descriptor of the file.
 * Thread-safe.
 */
final class OpenStores {

	/**
	 * Held while a lock is acquired. Interned, so it is the same object in the whole
	 * process.
	 */
	static final Object MONITOR = "dev.snapvec.store.OpenStores".intern();

	private static final String PREFIX = "dev.snapvec.store.open.";

	private OpenStores() {
	}

	/**
	 * @param what the path of a directory, or the file key of its lock file
	 * @return whether it was absent before
	 */
	static boolean add(Object what) {
		return System.getProperties().putIfAbsent(name(what), "true") == null;
	}

	static boolean contains(Object what) {
		return System.getProperties().containsKey(name(what));
	}

	static void remove(Object what) {
		System.getProperties().remove(name(what));
	}

	/** A hash, so that listings of system properties do not reveal the path. */
	private static String name(Object what) {
		return PREFIX + UUID.nameUUIDFromBytes(what.toString().getBytes(StandardCharsets.UTF_8));
	}

}
