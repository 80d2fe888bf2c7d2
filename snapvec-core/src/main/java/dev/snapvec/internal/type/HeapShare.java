package dev.snapvec.internal.type;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Limits the share of the heap that one matrix of an index may take: a larger one is
 * rejected when it is configured, instead of failing when it is allocated.
 */
public final class HeapShare {

	/** One of this many parts of the heap. */
	private static final int SHARE = 4;

	private HeapShare() {
	}

	/**
	 * @param bytes size of the matrix in bytes
	 * @param what the setting that needs it, for the message
	 * @return why it is rejected, or null if it is not
	 */
	public static @Nullable String refusal(long bytes, String what) {
		long most = Runtime.getRuntime().maxMemory() / SHARE;
		return (bytes <= most) ? null
				: String.format(Locale.ROOT,
						"%s needs %d bytes of heap, but may take at most %d, a quarter of the JVM's heap (-Xmx)", what,
						bytes, most);
	}

}
