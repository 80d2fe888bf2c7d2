package dev.snapvec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.snapvec.internal.file.MalformedFileException;
import org.jspecify.annotations.Nullable;

/**
 * How many lists an index probes and how many rows it scores again where a request does
 * not say, and how a file keeps that.
 */
final class SearchDefaults {

	static final String NPROBE = IndexSettings.RESERVED + "nprobe";

	static final String RERANK = IndexSettings.RESERVED + "rerank";

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

	/** What a file of an index with as many lists says, which must be possible. */
	static int nprobe(Map<String, String> attributes, int otherwise, int nlist) throws MalformedFileException {
		return number(attributes, NPROBE, otherwise, 1, nlist);
	}

	/** What a file of an index says that has something finer to score with, or not. */
	static int rerank(Map<String, String> attributes, int otherwise, boolean finer) throws MalformedFileException {
		return number(attributes, RERANK, otherwise, 0, finer ? Integer.MAX_VALUE : 0);
	}

	private static int number(Map<String, String> attributes, String name, int otherwise, int least, int most)
			throws MalformedFileException {
		String text = attributes.get(name);
		if (text == null) {
			return otherwise;
		}
		try {
			int number = Integer.parseInt(text);
			if (number >= least && number <= most && text.equals(Integer.toString(number))) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// refused below
		}
		throw new MalformedFileException(String.format(Locale.ROOT, "its attribute %s must be %s, but was '%s'", name,
				(least == most) ? Integer.toString(least) : least + " to " + most, text));
	}

	/** For the file of a type without lists. */
	static void requireNoNprobe(Map<String, String> attributes, Class<?> type) throws MalformedFileException {
		requireAbsent(attributes, NPROBE, type);
	}

	/** For the file of a type whose rows have one code only. */
	static void requireNoRerank(Map<String, String> attributes, Class<?> type) throws MalformedFileException {
		requireAbsent(attributes, RERANK, type);
	}

	private static void requireAbsent(Map<String, String> attributes, String name, Class<?> type)
			throws MalformedFileException {
		if (attributes.containsKey(name)) {
			throw new MalformedFileException(
					String.format(Locale.ROOT, "it has an attribute %s, '%s', which a %s does not support", name,
							attributes.get(name), type.getSimpleName()));
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
