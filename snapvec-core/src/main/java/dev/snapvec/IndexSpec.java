package dev.snapvec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an index is: its type and its settings. It is what a builder makes, what an index
 * and its file have, and what two of them are compared by.
 * <p>
 * The constructors of the four records check all settings: a spec that exists is valid.
 * Whether the heap of this JVM is large enough for it is asked when an index is made of
 * it. Specs are immutable, and equal if their settings are.
 *
 * @since 0.1.0
 */
public sealed interface IndexSpec permits SnapSpec, ResidualSpec, PqSpec, IvfPqSpec {

	/**
	 * Returns the type of the index.
	 * @return the type
	 */
	IndexType type();

	/**
	 * Returns the settings that indexes of all types have.
	 * @return the common settings
	 */
	CommonSpec common();

	/**
	 * Returns the dimension.
	 * @return coordinates of a vector
	 */
	default int dimension() {
		return common().dimension();
	}

	/**
	 * Returns all settings but type and dimension by name: those that all types have,
	 * then the type's own.
	 * @return names and values, immutable; similarity as text, else numbers and booleans
	 */
	Map<String, Object> parameters();

	/**
	 * Returns the same index with other scores.
	 * @param similarity what scores estimate
	 * @param correctedScores whether scores are corrected
	 * @return a new spec
	 */
	IndexSpec withScores(Similarity similarity, boolean correctedScores);

	/**
	 * Returns the same index with other defaults of searches.
	 * @param nprobe how many lists a search scans, or null to leave that as it is
	 * @param rerank how many rows a search reranks, 0 for none, or null to leave that as
	 * it is
	 * @return a new spec
	 * @throws InvalidSpecException if the type does not support what is not null, or not
	 * that value
	 */
	default IndexSpec withSearch(@Nullable Integer nprobe, @Nullable Integer rerank) {
		nprobe(nprobe);
		rerank(rerank, 0);
		return this;
	}

	/**
	 * Returns how many lists a search scans.
	 * @param requested what its request says, or null
	 * @return the number of lists, 0 for an index without lists
	 * @throws InvalidSpecException if the type does not support what is requested, or not
	 * that value
	 */
	default int nprobe(@Nullable Integer requested) {
		if (requested != null) {
			throw new InvalidSpecException("nprobe", "nprobe is %d, but %s has no lists to probe; do not set it",
					requested, type().indexClass().getSimpleName());
		}
		return 0;
	}

	/**
	 * Returns how many rows a search reranks.
	 * @param requested what its request says, or null
	 * @param topK how many hits it asks for
	 * @return the number of rows, 0 for a search of a single pass
	 * @throws InvalidSpecException if the type does not support what is requested, or not
	 * that value
	 */
	default int rerank(@Nullable Integer requested, int topK) {
		if (requested != null) {
			throw new InvalidSpecException("rerank", "rerank is %d, but %s does not support rerank; do not set it",
					requested, type().indexClass().getSimpleName());
		}
		return 0;
	}

	/**
	 * Compares what is settled when an index is made: all but how it scores and searches,
	 * which {@link LoadOptions} can change.
	 * @param other another spec
	 * @return the settings that both have with different values, type and dimension
	 * first; empty if an index of the other spec can be loaded as one of this
	 */
	default List<Difference> differences(IndexSpec other) {
		Map<String, Object> settled = SettledSettings.of(this);
		Map<String, Object> others = SettledSettings.of(other);
		List<Difference> differences = new ArrayList<>();
		settled.forEach((setting, value) -> {
			Object found = others.get(setting);
			if (found != null && !found.equals(value)) {
				differences.add(new Difference(setting, value, found));
			}
		});
		return List.copyOf(differences);
	}

	/**
	 * A setting of two specs.
	 *
	 * @param setting its name: {@code type}, {@code dimension}, or as in
	 * {@link IndexSpec#parameters()}
	 * @param value what it is in the one
	 * @param other what it is in the other
	 */
	record Difference(String setting, Object value, Object other) {
	}

}
