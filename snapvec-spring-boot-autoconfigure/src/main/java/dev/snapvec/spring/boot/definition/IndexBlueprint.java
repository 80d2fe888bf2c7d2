package dev.snapvec.spring.boot.definition;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.snapvec.LoadOptions;
import dev.snapvec.VectorIndex;

/**
 * How an empty index is built, and what a loaded one must match to replace it.
 * <p>
 * Internal: not for applications.
 *
 * @param maker builds an empty index
 * @param traits the settings that are fixed once it is built
 * @param loadOptions the settings that a loaded index takes from the configuration
 * @param model the model of the vectors; null if none is configured
 * @param modelKey the property that sets it, for messages
 */
public record IndexBlueprint(Supplier<VectorIndex> maker, IndexTraits traits, LoadOptions loadOptions,
		@Nullable String model, String modelKey) {

}
