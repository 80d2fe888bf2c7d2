package dev.snapvec.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a {@link PopulationException}.
 */
class PopulationFailureAnalyzer extends AbstractFailureAnalyzer<PopulationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PopulationException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), rootFailure);
	}

}
