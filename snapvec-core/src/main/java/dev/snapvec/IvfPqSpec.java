package dev.snapvec;

import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Spec of an {@link IvfPqSnapIndex}. Immutable.
 *
 * @param common the settings that all types have
 * @param product the product quantizer of the residuals, whose number of subspaces
 * divides the dimension
 * @param nlist number of inverted lists, at least 1
 * @param keepFullPrecision whether vectors are also kept as float16
 * @param nprobe default number of lists that a search probes, 1 to nlist
 * @param rerank default number of rows of the scan that a search reranks with full
 * precision; 0 for none, and 0 without full precision
 * @since 0.1.0
 */
public record IvfPqSpec(CommonSpec common, ProductSpec product, int nlist, boolean keepFullPrecision, int nprobe,
		int rerank) implements IndexSpec {

	static final SettingRange NLIST = SettingRange.atLeast("nlist", 1);

	/** Default number of rows reranked with full precision. */
	private static final int RERANK = 100;

	/** By default, a search probes one of this many lists. */
	private static final int LISTS_PER_PROBE = 16;

	/**
	 * Checks the settings.
	 * @throws InvalidSpecException if a setting is out of range or contradicts another
	 */
	public IvfPqSpec {
		product.requireDivides(common.dimension());
		NLIST.require(nlist);
		requireNprobe(nprobe, nlist);
		Rerank.RANGE.require(rerank);
		requireRerank(rerank, keepFullPrecision);
	}

	private static int requireNprobe(int nprobe, int nlist) {
		if (nprobe < 1 || nprobe > nlist) {
			throw new InvalidSpecException("nprobe", "nprobe must be 1 to %d, the nlist, but was %d", nlist, nprobe);
		}
		return nprobe;
	}

	private static void requireRerank(int rerank, boolean keepFullPrecision) {
		if (rerank > 0 && !keepFullPrecision) {
			throw new InvalidSpecException("rerank", "rerank must be 0 without keepFullPrecision, but was %d", rerank);
		}
	}

	/**
	 * Returns the defaults: 256 lists of which 16 are probed, no full precision.
	 * @param dimension dimension of the vectors, 1 to 65536
	 * @return the spec
	 * @throws InvalidSpecException if the dimension is out of range
	 * @see ProductSpec#of(int)
	 */
	public static IvfPqSpec of(int dimension) {
		return of(CommonSpec.of(dimension), ProductSpec.of(dimension), 256, false);
	}

	/**
	 * Returns a spec with the search defaults.
	 * @param common the settings that all types have
	 * @param product the product quantizer of the residuals
	 * @param nlist number of inverted lists, at least 1
	 * @param keepFullPrecision whether vectors are also kept as float16
	 * @return the spec; a search probes a sixteenth of the lists, and reranks 100 rows
	 * with full precision
	 * @throws InvalidSpecException if a setting is out of range or contradicts another
	 */
	public static IvfPqSpec of(CommonSpec common, ProductSpec product, int nlist, boolean keepFullPrecision) {
		return new IvfPqSpec(common, product, nlist, keepFullPrecision, Math.max(1, nlist / LISTS_PER_PROBE),
				keepFullPrecision ? RERANK : 0);
	}

	@Override
	public IndexType type() {
		return IndexType.IVF_PQ;
	}

	@Override
	public Map<String, Object> parameters() {
		Map<String, Object> parameters = this.common.parameters();
		parameters.put("nlist", this.nlist);
		this.product.putInto(parameters);
		parameters.put("keepFullPrecision", this.keepFullPrecision);
		parameters.put("nprobe", this.nprobe);
		parameters.put("rerank", this.rerank);
		return Collections.unmodifiableMap(parameters);
	}

	@Override
	public IvfPqSpec withScores(Similarity similarity, boolean correctedScores) {
		return new IvfPqSpec(this.common.withScores(similarity, correctedScores), this.product, this.nlist,
				this.keepFullPrecision, this.nprobe, this.rerank);
	}

	@Override
	public IvfPqSpec withSearch(@Nullable Integer nprobe, @Nullable Integer rerank) {
		return new IvfPqSpec(this.common, this.product, this.nlist, this.keepFullPrecision,
				(nprobe != null) ? nprobe : this.nprobe, (rerank != null) ? rerank : this.rerank);
	}

	@Override
	public int nprobe(@Nullable Integer requested) {
		return (requested != null) ? requireNprobe(requested, this.nlist) : this.nprobe;
	}

	@Override
	public int rerank(@Nullable Integer requested, int topK) {
		if (requested != null) {
			requireRerank(requested, this.keepFullPrecision);
		}
		return Rerank.of(requested, this.rerank, topK);
	}

}
