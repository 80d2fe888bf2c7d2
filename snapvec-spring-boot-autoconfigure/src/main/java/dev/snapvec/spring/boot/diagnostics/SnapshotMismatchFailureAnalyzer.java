package dev.snapvec.spring.boot.diagnostics;

import java.util.Locale;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.snapvec.spring.boot.config.PropertyKeys;
import dev.snapvec.spring.boot.index.SnapshotMismatchException;

/**
 * Explains a {@link SnapshotMismatchException}.
 */
class SnapshotMismatchFailureAnalyzer extends AbstractFailureAnalyzer<SnapshotMismatchException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SnapshotMismatchException cause) {
		return new FailureAnalysis(cause.getMessage(), String.format(Locale.ROOT, """
				Consider the following:
					If the configuration changed by mistake, change it back.
					If the index shall be built anew, move %1$s away or set %2$s, and have an IndexPopulator fill it.
				""", cause.directory(), PropertyKeys.DIRECTORY), cause);
	}

}
