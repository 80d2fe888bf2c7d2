package dev.snapvec.internal.type.pq;

import java.util.Arrays;
import java.util.List;

import dev.snapvec.PqSpec;
import dev.snapvec.internal.quantize.Codebooks;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Scoring;
import dev.snapvec.internal.quantize.Transform;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.Plane;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.scan.PreparedQuery;
import dev.snapvec.internal.type.Scorings;

/**
 * Splits a vector into subspaces and quantizes each by a learned codebook.
 * <p>
 * H. Jégou, M. Douze and C. Schmid, <i>Product Quantization for Nearest Neighbor
 * Search</i> (2011).
 */
public final class PqQuantizer implements Quantizer {

	private final Transform transform;

	private final Codebooks codebooks;

	private final int bits;

	private final Plane plane;

	private final Scoring scoring;

	private final RowLayout layout;

	/**
	 * @param spec what the index is
	 * @param transform what happens to vectors first
	 * @param codebooks the codebooks
	 */
	public PqQuantizer(PqSpec spec, Transform transform, Codebooks codebooks) {
		this.transform = transform;
		this.codebooks = codebooks;
		this.bits = Plane.bitsFor(codebooks.centroids());
		this.plane = Plane.of(codebooks.subspaces(), this.bits);
		this.scoring = Scorings.of(spec.common());
		this.layout = new RowLayout(List.of(this.plane), this.scoring.columns(!spec.common().normalized()), 0, false);
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
			this.plane.pack(codes, 0, codes.length, this.bits, rows.plane(0), row * this.plane.columns());
			if (this.scoring.corrected()) {
				rows.floats(FloatColumn.SCALE)[row] = scale(codes);
			}
		}
	}

	@Override
	public float[] decode(EncodedRows row) {
		byte[] codes = new byte[this.codebooks.subspaces()];
		this.plane.unpack(row.plane(0), 0, codes.length, this.bits, codes, 0);
		float[] decoded = new float[this.transform.width()];
		this.codebooks.addDecoded(codes, decoded);
		return this.transform.inverse(decoded);
	}

	private float scale(byte[] codes) {
		return Scoring.scale(this.codebooks.squaredLength(codes));
	}

	@Override
	public void complete(RowBlock block, int[] list, int rows) {
		int groupBytes = RowBlock.GROUP * this.plane.columns();
		this.scoring.complete(block, rows, 1, (group, squares) -> this.codebooks.squaredLengths(this.plane,
				block.codes(0), group * groupBytes, this.bits, squares));
	}

	@Override
	public void prepare(float[] query, int nprobe, int rerank, PreparedQuery prepared) {
		fillShares(this.codebooks, this.transform.apply(query, prepared.buffer(1, this.transform.width())), this.plane,
				prepared.addPlane(this.plane));
		prepared.factors(this.scoring.corrected(), this.scoring.normed());
	}

	/** Fills the shares of a plane of product quantizer codes. */
	public static void fillShares(Codebooks codebooks, float[] query, Plane plane, float[] shares) {
		int size = plane.unitSize();
		codebooks.shares(query, size, shares);
		// half a byte may be left over
		Arrays.fill(shares, codebooks.subspaces() * size, plane.units() * size, 0);
	}

}
