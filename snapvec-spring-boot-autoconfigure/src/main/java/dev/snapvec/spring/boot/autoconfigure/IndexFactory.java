package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.snapvec.IndexBuilder;
import dev.snapvec.InvalidSpecException;
import dev.snapvec.spring.boot.definition.IndexDefinition;

/**
 * Creates builders of indexes of one type from their settings.
 *
 * @param <B> the type of the builder that builds them
 */
final class IndexFactory<B extends IndexBuilder<B>> {

	private final IntFunction<B> begin;

	private final List<Own<B, ?>> own;

	/**
	 * @param begin creates a builder for a dimension
	 * @param own the properties that this type has and others may not have
	 */
	IndexFactory(IntFunction<B> begin, List<Own<B, ?>> own) {
		this.begin = begin;
		this.own = own;
	}

	/**
	 * A property that this type has and others may not have.
	 *
	 * @param <B> the type of the builder that builds the indexes
	 * @param <T> the type of its value
	 * @param property the property
	 * @param setter what it sets
	 */
	record Own<B extends IndexBuilder<B>, T>(TypeProperty<T> property, BiConsumer<B, T> setter) {

		void configure(B builder, InheritedSettings settings) {
			settings.find(this.property).ifSet((value) -> this.setter.accept(builder, value));
		}

	}

	/**
	 * Creates a valid builder of an empty index.
	 * @param settings its settings
	 * @param customizer is called with the builder last
	 * @return the builder
	 * @throws InvalidConfigurationPropertyValueException if a setting is invalid
	 * @throws IllegalStateException if only a customizer's setting is invalid
	 * @throws org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException
	 * if two settings exclude each other
	 */
	B builder(InheritedSettings settings, Consumer<IndexBuilder<?>> customizer) {
		B builder = builder(settings);
		customizer.accept(builder);
		try {
			builder.spec();
			return builder;
		}
		catch (InvalidSpecException ex) {
			requireValid(builder(settings), settings);
			throw new IllegalStateException(String.format(Locale.ROOT, "a SnapvecIndexCustomizer makes %s invalid: %s",
					settings.index(), ex.getMessage()), ex);
		}
	}

	private void requireValid(B builder, InheritedSettings settings) {
		try {
			builder.spec();
		}
		catch (InvalidSpecException ex) {
			throw settings.invalid(ex);
		}
	}

	private B builder(InheritedSettings settings) {
		B builder = settings.dimension().required("the dimension of the vectors", this.begin::apply);
		settings.seed().ifSet((seed) -> builder.seed(seed));
		settings.normalized().ifSet((normalized) -> builder.normalized(normalized));
		settings.similarity().ifSet((similarity) -> builder.similarity(similarity));
		settings.correctedScores().ifSet((corrected) -> builder.correctedScores(corrected));
		settings.model().ifSet((model) -> {
			if (model.isBlank()) {
				throw new IllegalArgumentException(
						"it must not be blank: write the name of the embedding model, or remove the key");
			}
			if (model.contains("${")) {
				throw new IllegalArgumentException("it must not contain an unresolved placeholder: no property or"
						+ " environment variable has that name");
			}
			builder.attribute(IndexDefinition.MODEL, model);
		});
		if (properties().contains(TypeProperty.RHT)) {
			settings.throwIfBoth(TypeProperty.RHT, TypeProperty.OPQ);
		}
		this.own.forEach((property) -> property.configure(builder, settings));
		return builder;
	}

	/** The properties that this type has and others may not have. */
	List<TypeProperty<?>> properties() {
		return this.own.stream().<TypeProperty<?>>map(Own::property).toList();
	}

}
