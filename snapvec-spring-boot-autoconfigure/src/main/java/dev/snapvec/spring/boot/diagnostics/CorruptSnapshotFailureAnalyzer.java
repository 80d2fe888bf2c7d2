package dev.snapvec.spring.boot.diagnostics;

import java.util.Locale;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.snapvec.spring.boot.config.PropertyKeys;
import dev.snapvec.spring.boot.index.CorruptSnapshotException;

/**
 * {@link AbstractFailureAnalyzer} for {@link CorruptSnapshotException}: restore an older
 * snapshot, start empty, or use a backup.
 */
class CorruptSnapshotFailureAnalyzer extends AbstractFailureAnalyzer<CorruptSnapshotException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, CorruptSnapshotException cause) {
		return new FailureAnalysis(cause.getMessage(), String.format(Locale.ROOT, """
				Consider the following:
					If an older snapshot is acceptable, set %1$s to "previous"; damaged files are kept beside it.
					If the index can be populated again, set it to "empty"; all its files are moved aside.
					If there is a backup of the file, restore it.
				""", PropertyKeys.INDEXES + "." + cause.index() + ".restore.on-failure"), cause);
	}

}
