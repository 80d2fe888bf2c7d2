package dev.snapvec.spring.boot.definition;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.snapvec.LoadOptions;
import dev.snapvec.VectorIndex;

/**
 * How an empty index is made, and what a loaded one must agree with to take its place.
 * <p>
 * Internal: not for applications.
 *
 * @param maker makes an empty index
 * @param traits what is settled when it is made
 * @param loadOptions what a loaded index takes from the configuration
 * @param model the model of the vectors; null if none is configured
 * @param modelKey the property that sets it, for messages
 */
public record IndexBlueprint(Supplier<VectorIndex> maker, IndexTraits traits, LoadOptions loadOptions,
		@Nullable String model, String modelKey) {

}
