package dev.snapvec.internal.type;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How much of the heap one matrix of an index may take: what would take more is refused
 * when it is asked for, rather than fail when it is made.
 */
public final class HeapShare {

	/** A quarter of it. */
	private static final int SHARE = 4;

	private HeapShare() {
	}

	/**
	 * @param bytes what the matrix takes
	 * @param what what it is for
	 * @return why that is refused, or null if it is not
	 */
	public static @Nullable String refusal(long bytes, String what) {
		long most = Runtime.getRuntime().maxMemory() / SHARE;
		return (bytes <= most) ? null
				: String.format(Locale.ROOT,
						"%s takes %d bytes of heap, but may take at most %d, a quarter of what the JVM has (-Xmx)",
						what, bytes, most);
	}

}
