package dev.snapvec.spring.boot.diagnostics;

import java.util.Locale;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.snapvec.spring.boot.config.PropertyKeys;
import dev.snapvec.spring.boot.index.SnapshotMismatchException;

/**
 * {@link AbstractFailureAnalyzer} for {@link SnapshotMismatchException}: restore the
 * configuration, or rebuild the index.
 */
class SnapshotMismatchFailureAnalyzer extends AbstractFailureAnalyzer<SnapshotMismatchException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SnapshotMismatchException cause) {
		return new FailureAnalysis(cause.getMessage(), String.format(Locale.ROOT, """
				Consider the following:
					If the configuration changed by mistake, change it back.
					If the index is to be rebuilt, move %1$s away or change %2$s, and fill it with an IndexPopulator.
				""", cause.directory(), PropertyKeys.DIRECTORY), cause);
	}

}
