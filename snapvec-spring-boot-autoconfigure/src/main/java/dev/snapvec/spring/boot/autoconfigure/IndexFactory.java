package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.snapvec.IndexBuilder;
import dev.snapvec.SnapIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.definition.IndexTrait;

/**
 * Makes indexes of one type from their settings.
 *
 * @param <B> what builds them
 */
abstract class IndexFactory<B extends IndexBuilder<B>> {

	/**
	 * Makes an empty index.
	 * @param settings its settings
	 * @param customizer is called with the builder last
	 * @return the index
	 * @throws InvalidConfigurationPropertyValueException if a setting is wrong
	 * @throws IllegalStateException if only the customizer's is
	 * @throws org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException
	 * if two exclude each other
	 */
	final VectorIndex create(InheritedSettings settings, Consumer<IndexBuilder<?>> customizer) {
		B builder = builder(settings);
		customizer.accept(builder);
		try {
			return build(builder, settings);
		}
		catch (InvalidConfigurationPropertyValueException ex) {
			build(builder(settings), settings);
			throw new IllegalStateException(String.format(Locale.ROOT,
					"a SnapvecIndexCustomizer sets something wrong for %s: %s", settings.index(), ex.getReason()), ex);
		}
	}

	private B builder(InheritedSettings settings) {
		B builder = settings.dimension().required("the length of the vectors", this::begin);
		settings.seed().ifSet((seed) -> builder.seed(seed));
		settings.normalized().ifSet((normalized) -> builder.normalized(normalized));
		settings.similarity().ifSet((similarity) -> builder.similarity(similarity));
		settings.correctedScores().ifSet((corrected) -> builder.correctedScores(corrected));
		settings.model().ifSet((model) -> requireAttribute(model));
		settings.model().ifSet((model) -> builder.attribute(IndexDefinition.MODEL, model));
		configure(builder, settings);
		return builder;
	}

	/** Builders look at attributes last, when it is not known which property it was. */
	private static void requireAttribute(String model) {
		if (model.isBlank()) {
			throw new IllegalArgumentException("it must not be blank");
		}
		SnapIndex.builder(1).attribute(IndexDefinition.MODEL, model).build();
	}

	abstract B begin(int dimension);

	/** Sets what only this type has. */
	abstract void configure(B builder, InheritedSettings settings);

	/** Builds the index; what it is refused for belongs to one of the settings. */
	abstract VectorIndex build(B builder, InheritedSettings settings);

	/** The properties that this type has and others may not have. */
	abstract List<TypeProperty<?>> properties();

	/** What of those a snapshot must have been written with. */
	abstract List<IndexTrait> traits();

}
