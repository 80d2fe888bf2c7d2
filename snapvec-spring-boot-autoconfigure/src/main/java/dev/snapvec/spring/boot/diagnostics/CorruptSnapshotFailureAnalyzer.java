package dev.snapvec.spring.boot.diagnostics;

import java.util.Locale;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.snapvec.spring.boot.config.PropertyKeys;
import dev.snapvec.spring.boot.index.CorruptSnapshotException;

/**
 * Explains a {@link CorruptSnapshotException}.
 */
class CorruptSnapshotFailureAnalyzer extends AbstractFailureAnalyzer<CorruptSnapshotException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, CorruptSnapshotException cause) {
		return new FailureAnalysis(cause.getMessage(), String.format(Locale.ROOT, """
				Consider the following:
					If an older snapshot will do, set %1$s to "previous"; damaged files are kept beside it.
					If the index can be populated again, set it to "empty"; all its files are kept aside.
					If there is a backup of the file, put it back.
				""", PropertyKeys.INDEXES + "." + cause.index() + ".restore.on-failure"), cause);
	}

}
