package dev.snapvec.spring.boot.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.snapvec.spring.boot.population.PopulatorChoiceException;

/**
 * {@link AbstractFailureAnalyzer} for {@link PopulatorChoiceException}.
 */
class PopulatorChoiceFailureAnalyzer extends AbstractFailureAnalyzer<PopulatorChoiceException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PopulatorChoiceException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
