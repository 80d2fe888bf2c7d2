package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;

import dev.snapvec.SnapIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.definition.IndexTrait;

/**
 * Makes indexes of the type {@link IndexType#SNAP}.
 */
class SnapIndexFactory extends IndexFactory<SnapIndex.Builder> {

	@Override
	SnapIndex.Builder begin(int dimension) {
		return SnapIndex.builder(dimension);
	}

	@Override
	void configure(SnapIndex.Builder builder, InheritedSettings settings) {
		settings.find(TypeProperty.BITS).ifSet((bits) -> builder.bits(bits));
		settings.find(TypeProperty.USE_PROD).ifSet((useProd) -> builder.useProd(useProd));
	}

	@Override
	VectorIndex build(SnapIndex.Builder builder, InheritedSettings settings) {
		return settings.find(TypeProperty.USE_PROD).check(builder::build);
	}

	@Override
	List<TypeProperty<?>> properties() {
		return List.of(TypeProperty.BITS, TypeProperty.USE_PROD);
	}

	@Override
	List<IndexTrait> traits() {
		return List.of(IndexTrait.parameter("bits", "bits"), IndexTrait.parameter("use-prod", "useProd"));
	}

}
