package dev.snapvec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

import dev.snapvec.internal.file.IndexHeader;
import dev.snapvec.internal.file.MalformedFileException;
import dev.snapvec.internal.file.UnknownVersionException;
import dev.snapvec.internal.quantize.Scoring;
import dev.snapvec.internal.rows.RowId;

/**
 * What every index is made with. Settings that a file's format has no place for, and that
 * are not the default, are kept among its attributes under names that begin with
 * {@value #RESERVED}.
 */
record IndexSettings(int dimension, long seed, boolean normalized, Similarity similarity, boolean correctedScores,
		Executor executor, Map<String, String> attributes) {

	static final String RESERVED = "snapvec.";

	private static final String SIMILARITY = RESERVED + "similarity";

	private static final String CORRECTED_SCORES = RESERVED + "corrected-scores";

	/** What reserved names there are. */
	private static final Set<String> KNOWN = Set.of(SIMILARITY, CORRECTED_SCORES, SearchDefaults.NPROBE,
			SearchDefaults.RERANK);

	IndexSettings {
		attributes = checked(attributes);
	}

	/** The settings of a file, as far as the options leave them as they were. */
	static IndexSettings ofFile(IndexHeader header, Map<String, String> fileAttributes, LoadOptions options)
			throws IOException {
		Map<String, String> attributes = new LinkedHashMap<>(fileAttributes);
		attributes.keySet().removeAll(KNOWN);
		for (String name : attributes.keySet()) {
			if (name.startsWith(RESERVED)) {
				throw new UnknownVersionException(
						"it has an attribute '" + name + "', which this version does not know");
			}
		}
		String similarity = oneOf(fileAttributes, SIMILARITY, Similarity.COSINE.toString(),
				Similarity.DOT_PRODUCT.toString());
		String corrected = oneOf(fileAttributes, CORRECTED_SCORES, "true", "false");
		return new IndexSettings(header.dimension(), header.seed(), header.normalized(),
				(options.similarity() != null) ? options.similarity()
						: similarity.equals(Similarity.COSINE.toString()) ? Similarity.COSINE : Similarity.DOT_PRODUCT,
				(options.correctedScores() != null) ? options.correctedScores() : corrected.equals("true"),
				executor(options), attributes);
	}

	/** The value of an attribute, the first of those possible if there is none. */
	private static String oneOf(Map<String, String> attributes, String name, String first, String second)
			throws MalformedFileException {
		String value = attributes.getOrDefault(name, first);
		if (!value.equals(first) && !value.equals(second)) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"its attribute %s must be %s or %s, but was '%s'", name, first, second, value));
		}
		return value;
	}

	static Executor executor(LoadOptions options) {
		return (options.executor() != null) ? options.executor() : ForkJoinPool.commonPool();
	}

	static Map<String, String> checked(Map<String, String> attributes) {
		Map<String, String> copy = new HashMap<>(attributes);
		for (String name : copy.keySet()) {
			if (name.startsWith(RESERVED)) {
				throw new IllegalArgumentException(String.format(Locale.ROOT,
						"attribute '%s' begins with '%s', which is reserved", name, RESERVED));
			}
			if (!isWellFormed(name) || !isWellFormed(copy.get(name))) {
				throw new IllegalArgumentException(String.format(Locale.ROOT,
						"attribute '%s' holds half a surrogate pair, which UTF-8 cannot hold", name));
			}
			int length = name.getBytes(StandardCharsets.UTF_8).length;
			if (length > RowId.MAX_BYTES) {
				throw new IllegalArgumentException(String.format(Locale.ROOT,
						"an attribute's name is %d UTF-8 bytes long, possible are %d", length, RowId.MAX_BYTES));
			}
		}
		// not an immutable map of the JDK, which takes quadratic time for names of equal
		// hash codes
		return Collections.unmodifiableMap(copy);
	}

	private static boolean isWellFormed(String text) {
		return StandardCharsets.UTF_8.newEncoder().canEncode(text);
	}

	/** What to save among the attributes. */
	Map<String, String> reserved() {
		Map<String, String> reserved = new LinkedHashMap<>();
		if (this.similarity != Similarity.COSINE) {
			reserved.put(SIMILARITY, this.similarity.toString());
		}
		if (!this.correctedScores) {
			reserved.put(CORRECTED_SCORES, "false");
		}
		return reserved;
	}

	/** What is common to all types, then a type's own parameters. */
	Map<String, Object> withParameters(Map<String, Object> own) {
		Map<String, Object> parameters = new LinkedHashMap<>();
		parameters.put("seed", this.seed);
		parameters.put("normalized", this.normalized);
		parameters.put("similarity", this.similarity.toString());
		parameters.put("correctedScores", this.correctedScores);
		parameters.putAll(own);
		return Collections.unmodifiableMap(parameters);
	}

	/**
	 * The norm by which to divide a vector before it is encoded or searched for, 0 if it
	 * counts as all zeros.
	 */
	double norm(float[] vector) {
		return this.correctedScores ? VectorChecks.norm(vector) : VectorChecks.pythonNorm(vector);
	}

	Scoring scoring() {
		return new Scoring(this.correctedScores, this.similarity == Similarity.DOT_PRODUCT && !this.normalized);
	}

}
