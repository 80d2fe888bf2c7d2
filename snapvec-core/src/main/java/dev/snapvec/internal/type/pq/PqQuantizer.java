package dev.snapvec.internal.type.pq;

import java.util.Arrays;
import java.util.List;

import dev.snapvec.PqSpec;
import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.GroupReader;
import dev.snapvec.internal.code.Slice;
import dev.snapvec.internal.quantize.Codebooks;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Scoring;
import dev.snapvec.internal.quantize.Transform;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.scan.Factors;
import dev.snapvec.internal.scan.SearchPlan;
import dev.snapvec.internal.scan.SliceTables;
import dev.snapvec.internal.type.Scorings;

/**
 * Splits a vector into subspaces and quantizes each by a trained codebook.
 * <p>
 * H. Jégou, M. Douze and C. Schmid, <i>Product Quantization for Nearest Neighbor
 * Search</i> (2011).
 */
public final class PqQuantizer implements Quantizer {

	private final Transform transform;

	private final Codebooks codebooks;

	private final CodeSlices slices;

	private final Scoring scoring;

	private final RowLayout layout;

	/**
	 * @param spec the spec
	 * @param transform the transform of vectors
	 * @param codebooks the codebooks
	 */
	public PqQuantizer(PqSpec spec, Transform transform, Codebooks codebooks) {
		this.transform = transform;
		this.codebooks = codebooks;
		this.slices = CodeSlices.of(codebooks.subspaces(), CodeSlices.bitsFor(codebooks.centroids()));
		this.scoring = Scorings.of(spec.common());
		this.layout = new RowLayout(List.of(this.slices), this.scoring.columns(!spec.common().normalized()), 0, false);
	}

	Transform transform() {
		return this.transform;
	}

	Codebooks codebooks() {
		return this.codebooks;
	}

	@Override
	public RowLayout layout() {
		return this.layout;
	}

	@Override
	public void encode(float[][] vectors, EncodedRows rows) {
		byte[] codes = new byte[this.codebooks.subspaces()];
		for (int row = 0; row < vectors.length; row++) {
			this.codebooks.encode(this.transform.apply(vectors[row]), codes);
			this.slices.pack(codes, 0, rows.codes(0), row * this.slices.columns());
			if (this.scoring.corrected()) {
				rows.floats(FloatColumn.SCALE)[row] = scale(codes);
			}
		}
	}

	@Override
	public float[] decode(EncodedRows row) {
		byte[] codes = new byte[this.codebooks.subspaces()];
		this.slices.unpack(row.codes(0), 0, codes, 0);
		float[] decoded = new float[this.transform.width()];
		this.codebooks.addDecoded(codes, decoded);
		return this.transform.inverse(decoded);
	}

	private float scale(byte[] codes) {
		return Scoring.scale(this.codebooks.squaredLength(codes));
	}

	@Override
	public void complete(RowBlock block, int[] list, int rows) {
		GroupReader reader = new GroupReader(this.slices, 0);
		this.scoring.complete(block, rows, 1, (group, squares) -> {
			reader.read(block.slices(), group);
			this.codebooks.squaredLengths(reader, squares);
		});
	}

	@Override
	public void prepare(float[] query, int nprobe, int rerank, SearchPlan plan) {
		float[] transformed = this.transform.apply(query, plan.scratch().transformed(this.transform.width()));
		SliceTables tables = plan.tables(0, this.slices);
		fillShares(this.codebooks, transformed, tables);
		plan.scan(new Factors(this.scoring.corrected(), this.scoring.normed()), List.of(tables));
	}

	/** Fills the tables for product-quantized codes. */
	public static void fillShares(Codebooks codebooks, float[] query, SliceTables tables) {
		Slice slice = tables.slice();
		int size = slice.unitSize();
		codebooks.shares(query, size, tables.shares());
		// half a byte may be unused
		Arrays.fill(tables.shares(), codebooks.subspaces() * size, slice.units() * size, 0);
	}

}
