package dev.snapvec.spring.boot.definition;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.snapvec.VectorIndex;

/**
 * Something of an index that is settled when it is made, so that a snapshot with another
 * value of it cannot take the index's place.
 * <p>
 * Internal: not for applications.
 *
 * @param key the property that sets it, below those of the index
 * @param value tells its value; null where it is not known
 */
public record IndexTrait(String key, Function<VectorIndex, @Nullable Object> value) {

	public static IndexTrait parameter(String key, String parameter) {
		return new IndexTrait(key, (index) -> index.stats().parameters().get(parameter));
	}

	public static IndexTrait attribute(String key, String attribute) {
		return new IndexTrait(key, (index) -> index.attributes().get(attribute));
	}

	@Nullable Object of(VectorIndex index) {
		return this.value.apply(index);
	}

}
