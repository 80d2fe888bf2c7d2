package dev.snapvec;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

import dev.snapvec.internal.file.IndexHeader;
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

	IndexSettings {
		attributes = checked(attributes);
	}

	/** The settings of a file, as far as the options leave them as they were. */
	static IndexSettings ofFile(IndexHeader header, Map<String, String> fileAttributes, LoadOptions options) {
		Map<String, String> attributes = new LinkedHashMap<>(fileAttributes);
		attributes.keySet().removeIf((name) -> name.startsWith(RESERVED));
		Similarity similarity = Similarity.DOT_PRODUCT.toString().equals(fileAttributes.get(SIMILARITY))
				? Similarity.DOT_PRODUCT : Similarity.COSINE;
		boolean corrected = !"false".equals(fileAttributes.get(CORRECTED_SCORES));
		return new IndexSettings(header.dimension(), header.seed(), header.normalized(),
				(options.similarity() != null) ? options.similarity() : similarity,
				(options.correctedScores() != null) ? options.correctedScores() : corrected, executor(options),
				attributes);
	}

	static Executor executor(LoadOptions options) {
		return (options.executor() != null) ? options.executor() : ForkJoinPool.commonPool();
	}

	static Map<String, String> checked(Map<String, String> attributes) {
		for (String name : attributes.keySet()) {
			if (name.startsWith(RESERVED)) {
				throw new IllegalArgumentException(
						"attribute '%s' begins with '%s', which is reserved".formatted(name, RESERVED));
			}
			if (!isWellFormed(name) || !isWellFormed(attributes.get(name))) {
				throw new IllegalArgumentException(
						"attribute '%s' holds half a surrogate pair, which UTF-8 cannot hold".formatted(name));
			}
			int length = name.getBytes(StandardCharsets.UTF_8).length;
			if (length > RowId.MAX_BYTES) {
				throw new IllegalArgumentException("an attribute's name is %d UTF-8 bytes long, possible are %d"
					.formatted(length, RowId.MAX_BYTES));
			}
		}
		return Map.copyOf(attributes);
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
