package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;

import dev.snapvec.PqSnapIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.definition.IndexTrait;

/**
 * Makes indexes of the type {@link IndexType#PQ}.
 */
class PqSnapIndexFactory extends IndexFactory<PqSnapIndex.Builder> {

	@Override
	PqSnapIndex.Builder begin(int dimension) {
		return PqSnapIndex.builder(dimension);
	}

	@Override
	void configure(PqSnapIndex.Builder builder, InheritedSettings settings) {
		settings.throwIfBoth(TypeProperty.RHT, TypeProperty.OPQ);
		settings.find(TypeProperty.SUBSPACES).ifSet((subspaces) -> builder.subspaces(subspaces));
		settings.find(TypeProperty.CENTROIDS).ifSet((centroids) -> builder.centroids(centroids));
		settings.find(TypeProperty.RHT).ifSet((rht) -> builder.rht(rht));
		settings.find(TypeProperty.OPQ).ifSet((opq) -> builder.opq(opq));
	}

	@Override
	VectorIndex build(PqSnapIndex.Builder builder, InheritedSettings settings) {
		return settings.find(TypeProperty.SUBSPACES).check(builder::build);
	}

	@Override
	List<TypeProperty<?>> properties() {
		return List.of(TypeProperty.SUBSPACES, TypeProperty.CENTROIDS, TypeProperty.RHT, TypeProperty.OPQ);
	}

	@Override
	List<IndexTrait> traits() {
		return List.of(IndexTrait.parameter("subspaces", "subspaces"), IndexTrait.parameter("centroids", "centroids"),
				IndexTrait.parameter("rht", "rht"), IndexTrait.parameter("opq", "opq"));
	}

}
