package dev.snapvec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The settings of an index that {@link LoadOptions} cannot change.
 */
final class SettledSettings {

	/** The settings that {@link LoadOptions} can change. */
	private static final Set<String> LOADABLE = Set.of("similarity", "correctedScores", "nprobe", "rerank");

	private SettledSettings() {
	}

	static Map<String, Object> of(IndexSpec spec) {
		Map<String, Object> settled = new LinkedHashMap<>();
		settled.put("type", spec.type());
		settled.put("dimension", spec.dimension());
		settled.putAll(spec.parameters());
		settled.keySet().removeAll(LOADABLE);
		return settled;
	}

}
