package dev.snapvec.store;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What this process has open for writing. Kept as system properties, which all copies of
 * this class share that class loaders may have: two web applications, or one before and
 * after a restart. Asking the operating system would not do: it gives a process's lock
 * away when that process closes any descriptor of the file. Thread-safe.
 */
final class OpenStores {

	/** Interned, and so one in a process: held while a lock is acquired. */
	static final Object MONITOR = "dev.snapvec.store.OpenStores".intern();

	private static final String PREFIX = "dev.snapvec.store.open.";

	private OpenStores() {
	}

	/**
	 * @param what the path of a directory, or the file key of its lock file
	 * @return whether it was not there before
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

	/** Does not show the path to those who list system properties. */
	private static String name(Object what) {
		return PREFIX + UUID.nameUUIDFromBytes(what.toString().getBytes(StandardCharsets.UTF_8));
	}

}
