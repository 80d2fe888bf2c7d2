package dev.snapvec.spring.boot.diagnostics;

import java.util.Locale;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.snapvec.spring.boot.config.PropertyKeys;
import dev.snapvec.spring.boot.definition.UnusableDirectoryException;

/**
 * {@link AbstractFailureAnalyzer} for {@link UnusableDirectoryException}: make the
 * directory usable, or use another one.
 */
class UnusableDirectoryFailureAnalyzer extends AbstractFailureAnalyzer<UnusableDirectoryException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableDirectoryException cause) {
		return new FailureAnalysis(cause.getMessage(), String.format(Locale.ROOT, """
				Consider the following:
					If %1$s is the right place, check that it is a directory and that the process may write there.
					If it is the wrong place, change %2$s, which is relative to the working directory.
				""", cause.directory(), PropertyKeys.DIRECTORY), cause);
	}

}
