package dev.snapvec.spring.boot.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

import dev.snapvec.CommonSpec;
import dev.snapvec.IndexSpec;
import dev.snapvec.VectorIndex;

/**
 * The configured settings of an index that are fixed once it is built. Immutable.
 * <p>
 * Internal: not for applications.
 *
 * @param keys returns the full key of a property of the index
 * @param spec the index as it is configured
 * @param model the model of its vectors; null if it is not configured
 */
public record IndexTraits(UnaryOperator<String> keys, IndexSpec spec, @Nullable String model) {

	/**
	 * Returns how a snapshot differs from the configuration; empty if it can be restored.
	 */
	public List<String> differencesOfSnapshot(VectorIndex snapshot) {
		return differences(snapshot, "the snapshot");
	}

	/**
	 * Returns how an index that is to replace another differs from the configuration;
	 * empty if the next start would restore it unchanged.
	 */
	public List<String> differencesOfSuccessor(VectorIndex successor) {
		String who = "the new index";
		List<String> differences = differences(successor, who);
		// a loaded index takes these from the configuration, others keep their own
		CommonSpec expected = this.spec.common();
		CommonSpec found = successor.spec().common();
		addIfDifferent(differences, "similarity", expected.similarity(), found.similarity(), who);
		addIfDifferent(differences, "corrected-scores", expected.correctedScores(), found.correctedScores(), who);
		return differences;
	}

	private List<String> differences(VectorIndex index, String who) {
		List<String> differences = new ArrayList<>();
		this.spec.differences(index.spec())
			.forEach((difference) -> addIfDifferent(differences,
					DataObjectPropertyName.toDashedForm(difference.setting()), difference.value(), difference.other(),
					who));
		addIfDifferent(differences, IndexDefinition.MODEL, this.model, index.attributes().get(IndexDefinition.MODEL),
				who);
		return differences;
	}

	private void addIfDifferent(List<String> differences, String key, @Nullable Object value, @Nullable Object found,
			String who) {
		if (value != null && found != null && !value.equals(found)) {
			differences.add(String.format(Locale.ROOT, "%s is %s, %s has %s", this.keys.apply(key), value, who, found));
		}
	}

}
