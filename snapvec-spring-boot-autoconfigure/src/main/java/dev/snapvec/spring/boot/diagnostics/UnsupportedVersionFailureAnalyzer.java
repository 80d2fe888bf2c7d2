package dev.snapvec.spring.boot.diagnostics;

import java.util.Locale;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.snapvec.UnsupportedVersionException;
import dev.snapvec.spring.boot.config.PropertyKeys;

/**
 * {@link AbstractFailureAnalyzer} for {@link UnsupportedVersionException}: use the newer
 * version, another directory, or an older snapshot.
 */
class UnsupportedVersionFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedVersionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedVersionException cause) {
		return new FailureAnalysis(cause.getMessage(), String.format(Locale.ROOT, """
				Consider the following:
					If a newer version of snapvec wrote the file, run the application with that version.
					If the application must stay on an older version, set %1$s to another directory, or move %2$s away \
				and use an older snapshot.
				""", PropertyKeys.DIRECTORY, cause.path()), cause);
	}

}
