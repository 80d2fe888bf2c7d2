package dev.snapvec.sample;

import java.util.HashMap;
import java.util.Map;

import dev.snapvec.SafeIndex;

/**
 * Numbers that are kept in an index, and so are always as old as what else it holds.
 */
final class Attributes {

	private Attributes() {
	}

	static void put(SafeIndex index, String name, int value) {
		Map<String, String> attributes = new HashMap<>(index.index().attributes());
		attributes.put(name, Integer.toString(value));
		index.index().attributes(attributes);
	}

	static int get(SafeIndex index, String name) {
		return Integer.parseInt(index.index().attributes().getOrDefault(name, "0"));
	}

}
