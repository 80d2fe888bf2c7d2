package dev.snapvec.spring.boot.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.snapvec.spring.boot.config.UnsupportedSpringBootException;

/**
 * {@link AbstractFailureAnalyzer} for {@link UnsupportedSpringBootException}.
 */
class UnsupportedSpringBootFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedSpringBootException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedSpringBootException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", """
				Consider the following:
					Update the application to Spring Boot 4.1.
					Or remove the starter and use snapvec-core, which does not need Spring.
				""", cause);
	}

}
