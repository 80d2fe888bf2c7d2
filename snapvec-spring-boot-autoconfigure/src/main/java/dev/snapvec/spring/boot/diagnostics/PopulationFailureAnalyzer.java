package dev.snapvec.spring.boot.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.snapvec.spring.boot.population.PopulationException;

/**
 * {@link AbstractFailureAnalyzer} for {@link PopulationException}.
 */
class PopulationFailureAnalyzer extends AbstractFailureAnalyzer<PopulationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PopulationException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), rootFailure);
	}

}
