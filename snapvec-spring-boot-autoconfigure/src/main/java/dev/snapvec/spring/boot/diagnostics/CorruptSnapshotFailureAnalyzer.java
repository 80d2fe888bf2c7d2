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
		String key = PropertyKeys.INDEXES + "." + cause.index() + ".restore.on-failure";
		String older = cause.soundSought() ? "" : String.format(Locale.ROOT,
				"	If an older state is acceptable, set %s to \"previous\"; damaged files are kept beside it.\n", key);
		return new FailureAnalysis(cause.getMessage(), String.format(Locale.ROOT, """
				Consider the following:
				%s	If the index can be populated again, set %s to "empty"; all its files are moved aside.
					If there is a backup of the file, restore it.
				""", older, key), cause);
	}

}
