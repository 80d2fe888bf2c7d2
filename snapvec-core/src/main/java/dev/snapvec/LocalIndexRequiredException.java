package dev.snapvec;

import java.util.Locale;

/**
 * Thrown if a call needs one index in this process, but the {@link SafeIndex} stands in
 * front of another {@link IndexBackend}.
 *
 * @since 0.1.0
 * @see SafeIndex#local()
 */
public final class LocalIndexRequiredException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	LocalIndexRequiredException(String index, String call, IndexBackend backend) {
		super(String.format(Locale.ROOT, "index '%s' must be one local index for %s, but its backend is a %s", index,
				call, backend.getClass().getName()));
	}

}
