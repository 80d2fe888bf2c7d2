package dev.snapvec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Type and settings of an index. A builder makes a spec, an index and its file have one,
 * and two indexes are compared by theirs.
 * <p>
 * The constructors of the four records check all settings, so a spec is always valid.
 * Whether the heap of this JVM suffices is checked when an index is built from it. Specs
 * are immutable, and equal if their types and settings are. See
 * docs/adr/0011-an-index-type-is-a-spec.md.
 *
 * @since 0.1.0
 */
public sealed interface IndexSpec permits SnapSpec, ResidualSpec, PqSpec, IvfPqSpec {

	/**
	 * {@return the type of the index}
	 */
	IndexType type();

	/**
	 * {@return the settings that all index types have}
	 */
	CommonSpec common();

	/**
	 * {@return the dimension of the vectors}
	 */
	default int dimension() {
		return common().dimension();
	}

	/**
	 * Returns all settings but type and dimension, by name: those that all types have,
	 * then those of the type.
	 * @return names and values, immutable; the similarity as a string, all others as
	 * numbers or booleans
	 */
	Map<String, Object> parameters();

	/**
	 * Returns the same spec with another similarity, and with scores corrected or not.
	 * @param similarity the similarity that scores estimate
	 * @param correctedScores whether scores are corrected for the change of norm that
	 * quantization causes
	 * @return a new spec
	 */
	IndexSpec withScores(Similarity similarity, boolean correctedScores);

	/**
	 * Returns the same spec with other search defaults.
	 * @param nprobe the number of inverted lists that a search probes, or null to keep
	 * the present one
	 * @param rerank the number of rows that a search reranks, 0 for none, or null to keep
	 * the present one
	 * @return a new spec
	 * @throws InvalidSpecException if the type does not support an argument that is not
	 * null, or its value is out of range
	 */
	default IndexSpec withSearch(@Nullable Integer nprobe, @Nullable Integer rerank) {
		nprobe(nprobe);
		rerank(rerank, 0);
		return this;
	}

	/**
	 * Returns the number of inverted lists that a search probes.
	 * @param requested the number in its request, or null for the default
	 * @return the number of lists, 0 for a type without lists
	 * @throws InvalidSpecException if the type does not support a requested number, or it
	 * is out of range
	 */
	default int nprobe(@Nullable Integer requested) {
		if (requested != null) {
			throw new InvalidSpecException("nprobe",
					"nprobe is %d, but %s has no inverted lists to probe; do not set it", requested,
					type().indexClass().getSimpleName());
		}
		return 0;
	}

	/**
	 * Returns the number of rows that a search reranks.
	 * @param requested the number in its request, or null for the default
	 * @param topK the number of hits requested
	 * @return the number of rows, 0 for a search of a single pass
	 * @throws InvalidSpecException if the type does not support a requested number, or it
	 * is out of range
	 */
	default int rerank(@Nullable Integer requested, int topK) {
		if (requested != null) {
			throw new InvalidSpecException("rerank", "rerank is %d, but %s does not support rerank; do not set it",
					requested, type().indexClass().getSimpleName());
		}
		return 0;
	}

	/**
	 * Compares the settings that are fixed when an index is built: all but those of
	 * scores and searches, which {@link LoadOptions} can change.
	 * @param other another spec
	 * @return the settings that differ, type and dimension first, without those that only
	 * one of the two types has; empty if an index of the other spec can be loaded with
	 * {@link LoadOptions#of} of this one
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
	 * A setting that differs between two specs.
	 *
	 * @param setting its name: {@code type}, {@code dimension}, or as in
	 * {@link IndexSpec#parameters()}
	 * @param value its value in the first spec
	 * @param other its value in the second
	 */
	record Difference(String setting, Object value, Object other) {
	}

}
