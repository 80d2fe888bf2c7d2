package dev.snapvec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How many lists an index probes and how many rows it scores again where a request does
 * not say, and how a file keeps that.
 */
final class SearchDefaults {

	private static final String NPROBE = IndexSettings.RESERVED + "nprobe";

	private static final String RERANK = IndexSettings.RESERVED + "rerank";

	private SearchDefaults() {
	}

	/** What to save, given what is not the type's default. */
	static Map<String, String> of(@Nullable Integer nprobe, @Nullable Integer rerank) {
		Map<String, String> attributes = new LinkedHashMap<>();
		if (nprobe != null) {
			attributes.put(NPROBE, nprobe.toString());
		}
		if (rerank != null) {
			attributes.put(RERANK, rerank.toString());
		}
		return attributes;
	}

	static int nprobe(Map<String, String> attributes, int otherwise, int nlist) {
		return Math.max(1, Math.min(number(attributes, NPROBE, otherwise), nlist));
	}

	static int rerank(Map<String, String> attributes, int otherwise) {
		return Math.max(0, number(attributes, RERANK, otherwise));
	}

	private static int number(Map<String, String> attributes, String name, int otherwise) {
		try {
			return Integer.parseInt(attributes.getOrDefault(name, Integer.toString(otherwise)));
		}
		catch (NumberFormatException ex) {
			return otherwise;
		}
	}

	/**
	 * How many lists to probe by a request or load options, or otherwise.
	 */
	static int nprobe(@Nullable Integer nprobe, int otherwise, int nlist) {
		if (nprobe == null) {
			return otherwise;
		}
		if (nprobe < 1 || nprobe > nlist) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "nprobe is %d, possible are 1 to %d, the index's nlist", nprobe, nlist));
		}
		return nprobe;
	}

	/** For a type without lists. */
	static void requireNoNprobe(@Nullable Integer nprobe, Class<?> type) {
		if (nprobe != null) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"nprobe is %d, but %s has no lists to probe; leave it out", nprobe, type.getSimpleName()));
		}
	}

	/** For a type whose rows have one code only. */
	static void requireNoRerank(@Nullable Integer rerank, Class<?> type) {
		if (rerank != null) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "rerank is %d, but %s has nothing finer to score with; leave it out",
							rerank, type.getSimpleName()));
		}
	}

	/** For an index that may keep vectors, or not. */
	static void requireFullPrecision(@Nullable Integer rerank, boolean fullPrecision) {
		if (rerank != null && rerank > 0 && !fullPrecision) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"rerank is %d, but the index keeps no full precision to score with; leave it out", rerank));
		}
	}

	static int rerank(SearchRequest request, int otherwise) {
		Integer rerank = request.rerank();
		if (rerank == null) {
			return (otherwise > 0) ? Math.max(otherwise, request.topK()) : 0;
		}
		if (rerank != 0 && rerank < request.topK()) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"rerank is %d, it must be 0 or at least topK, which is %d", rerank, request.topK()));
		}
		return rerank;
	}

}
