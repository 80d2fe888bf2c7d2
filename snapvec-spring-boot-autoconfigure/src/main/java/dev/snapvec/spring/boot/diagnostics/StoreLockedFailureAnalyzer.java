package dev.snapvec.spring.boot.diagnostics;

import java.util.Locale;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.snapvec.StoreLockedException;
import dev.snapvec.spring.boot.config.PropertyKeys;

/**
 * {@link AbstractFailureAnalyzer} for {@link StoreLockedException}: stop the owner of the
 * directory, wait for it, or use another directory.
 * <p>
 * Internal: not for applications.
 */
public class StoreLockedFailureAnalyzer extends AbstractFailureAnalyzer<StoreLockedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StoreLockedException cause) {
		return new FailureAnalysis(cause.getMessage(), String.format(Locale.ROOT, """
				Consider the following:
					If an earlier run of the application is still alive, stop it.
					If it is about to end, as in a rolling update, set %2$s.lock-timeout to the maximum time to wait \
				for it.
					If several instances are to run side by side, set %1$s to a separate directory for each.
					If this process is the owner, as when tests cache application contexts, close the other \
				context, or set %3$s to true.
				""", PropertyKeys.DIRECTORY, PropertyKeys.DEFAULTS, PropertyKeys.IN_MEMORY), cause);
	}

}
