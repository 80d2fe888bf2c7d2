package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;

import dev.snapvec.ResidualSnapIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.definition.IndexTrait;

/**
 * Makes indexes of the type {@link IndexType#RESIDUAL}.
 */
class ResidualSnapIndexFactory extends IndexFactory<ResidualSnapIndex.Builder> {

	@Override
	ResidualSnapIndex.Builder begin(int dimension) {
		return ResidualSnapIndex.builder(dimension);
	}

	@Override
	void configure(ResidualSnapIndex.Builder builder, InheritedSettings settings) {
		settings.find(TypeProperty.COARSE_BITS).ifSet((bits) -> builder.coarseBits(bits));
		settings.find(TypeProperty.RESIDUAL_BITS).ifSet((bits) -> builder.residualBits(bits));
		settings.find(TypeProperty.RERANK).ifSet((rerank) -> builder.rerank(rerank));
	}

	@Override
	VectorIndex build(ResidualSnapIndex.Builder builder, InheritedSettings settings) {
		return settings.find(TypeProperty.RERANK).check(builder::build);
	}

	@Override
	List<TypeProperty<?>> properties() {
		return List.of(TypeProperty.COARSE_BITS, TypeProperty.RESIDUAL_BITS, TypeProperty.RERANK);
	}

	@Override
	List<IndexTrait> traits() {
		return List.of(IndexTrait.parameter("coarse-bits", "coarseBits"),
				IndexTrait.parameter("residual-bits", "residualBits"));
	}

}
