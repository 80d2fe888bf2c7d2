package dev.snapvec.spring.boot.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.snapvec.VectorIndex;

/**
 * What is settled of an index when it is made, as it is configured. Immutable.
 * <p>
 * Internal: not for applications.
 */
public final class IndexTraits {

	/** Loaded indexes take them from the configuration; others bring their own. */
	private static final List<IndexTrait> SCORES = List.of(IndexTrait.parameter("similarity", "similarity"),
			IndexTrait.parameter("corrected-scores", "correctedScores"));

	private final UnaryOperator<String> keys;

	private final Map<IndexTrait, @Nullable Object> ofSnapshots;

	private final Map<IndexTrait, @Nullable Object> ofScores;

	/**
	 * @param keys makes the whole key of a property of the index
	 * @param traits what a snapshot must agree with
	 * @param configured an index as it is configured
	 */
	public IndexTraits(UnaryOperator<String> keys, List<IndexTrait> traits, VectorIndex configured) {
		this.keys = keys;
		this.ofSnapshots = values(traits, configured);
		this.ofScores = values(SCORES, configured);
	}

	private static Map<IndexTrait, @Nullable Object> values(List<IndexTrait> traits, VectorIndex configured) {
		Map<IndexTrait, @Nullable Object> values = new LinkedHashMap<>();
		traits.forEach((trait) -> values.put(trait, trait.of(configured)));
		return values;
	}

	/** How a snapshot differs from it; empty if it can be restored. */
	public List<String> differencesOfSnapshot(VectorIndex snapshot) {
		return differences(this.ofSnapshots, snapshot, "the snapshot");
	}

	/**
	 * How an index differs from it that is to take the place of another one; empty if the
	 * next start would restore it as it is.
	 */
	public List<String> differencesOfSuccessor(VectorIndex successor) {
		List<String> differences = differences(this.ofSnapshots, successor, "the new index");
		differences.addAll(differences(this.ofScores, successor, "the new index"));
		return differences;
	}

	private List<String> differences(Map<IndexTrait, @Nullable Object> expected, VectorIndex index, String who) {
		List<String> differences = new ArrayList<>();
		expected.forEach((trait, value) -> {
			Object found = trait.of(index);
			if (value != null && found != null && !value.equals(found)) {
				differences.add(String.format(Locale.ROOT, "%s is %s, %s has %s", this.keys.apply(trait.key()), value,
						who, found));
			}
		});
		return differences;
	}

}
