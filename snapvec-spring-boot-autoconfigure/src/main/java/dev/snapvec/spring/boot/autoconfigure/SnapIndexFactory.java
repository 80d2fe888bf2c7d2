package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;

import dev.snapvec.SnapIndex;
import dev.snapvec.VectorIndex;

/**
 * Makes indexes of the type {@link IndexType#SNAP}.
 */
class SnapIndexFactory implements IndexFactory {

	@Override
	public VectorIndex create(InheritedSettings settings) {
		SnapIndex.Builder builder = settings.dimension().required("the length of the vectors", SnapIndex::builder);
		settings.bits().ifSet((bits) -> builder.bits(bits));
		settings.useProd().ifSet((useProd) -> builder.useProd(useProd));
		settings.seed().ifSet((seed) -> builder.seed(seed));
		settings.normalized().ifSet((normalized) -> builder.normalized(normalized));
		settings.similarity().ifSet((similarity) -> builder.similarity(similarity));
		settings.correctedScores().ifSet((corrected) -> builder.correctedScores(corrected));
		settings.model().ifSet((model) -> builder.attribute(IndexDefinition.MODEL, model));
		return settings.useProd().check(builder::build);
	}

	@Override
	public List<IndexTrait> traits() {
		return List.of(IndexTrait.parameter("bits", "bits"), IndexTrait.parameter("use-prod", "useProd"));
	}

}
