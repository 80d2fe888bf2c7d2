package dev.snapvec.internal.type.ivfpq;

import java.util.List;

import dev.snapvec.IvfPqSpec;
import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Float16;
import dev.snapvec.internal.code.GroupReader;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.Packing;
import dev.snapvec.internal.quantize.CoarseCentroids;
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
import dev.snapvec.internal.type.pq.PqQuantizer;
import org.jspecify.annotations.Nullable;

/**
 * Assigns vectors to inverted lists by their nearest coarse centroid, and
 * product-quantizes their residuals. A query probes the lists whose centroids are nearest
 * to it.
 * <p>
 * H. Jégou, M. Douze and C. Schmid, <i>Product Quantization for Nearest Neighbor
 * Search</i> (2011), section IV.
 */
public final class IvfPqQuantizer implements Quantizer {

	/** Maximum share of the spread of centroids that a first pass may ignore. */
	private static final double LARGEST_LOSS = 0.2;

	/** Minimum number of rows to rerank if the first pass reads half of each code. */
	private static final int LEAST_POOL = 100;

	private final Transform transform;

	private final CoarseCentroids coarse;

	private final Codebooks codebooks;

	private final CodeSlices slices;

	/**
	 * The codebooks of the high nibbles, for a first pass; null if the order of the
	 * centroids does not allow one.
	 */
	private final @Nullable Codebooks cells;

	private final boolean fullPrecision;

	private final Scoring scoring;

	private final RowLayout layout;

	/**
	 * @param spec the spec
	 * @param transform the transform of vectors
	 * @param coarse the coarse centroids
	 * @param codebooks the codebooks of the residuals
	 */
	public IvfPqQuantizer(IvfPqSpec spec, Transform transform, CoarseCentroids coarse, Codebooks codebooks) {
		this.transform = transform;
		this.coarse = coarse;
		this.codebooks = codebooks;
		this.fullPrecision = spec.keepFullPrecision();
		this.cells = this.fullPrecision ? cells(codebooks) : null;
		this.slices = (this.cells != null) ? CodeSlices.cut(codebooks.subspaces(), 4, 4)
				: CodeSlices.of(codebooks.subspaces(), CodeSlices.bitsFor(codebooks.centroids()));
		this.scoring = Scorings.of(spec.common());
		this.layout = new RowLayout(List.of(this.slices), this.scoring.columns(!spec.common().normalized()),
				this.fullPrecision ? transform.width() : 0, true);
	}

	/** Codebooks trained elsewhere may be in an arbitrary order. */
	private static @Nullable Codebooks cells(Codebooks codebooks) {
		int size = Packing.NIBBLES.unitSize();
		if (codebooks.centroids() != size * size) {
			return null;
		}
		Codebooks cells = codebooks.cells(size);
		return (codebooks.spread() - size * cells.spread() < LARGEST_LOSS * codebooks.spread()) ? cells : null;
	}

	Transform transform() {
		return this.transform;
	}

	CoarseCentroids coarse() {
		return this.coarse;
	}

	Codebooks codebooks() {
		return this.codebooks;
	}

	@Override
	public RowLayout layout() {
		return this.layout;
	}

	@Override
	public int lists() {
		return this.coarse.count();
	}

	@Override
	public void encode(float[][] vectors, EncodedRows rows) {
		int width = this.transform.width();
		byte[] codes = new byte[this.codebooks.subspaces()];
		float[] residual = new float[width];
		for (int row = 0; row < vectors.length; row++) {
			float[] vector = this.transform.apply(vectors[row]);
			int list = this.coarse.nearest(vector);
			this.coarse.subtract(vector, list, residual);
			this.codebooks.encode(residual, codes);
			rows.lists()[row] = list;
			this.slices.pack(codes, 0, rows.codes(0), row * this.slices.columns());
			if (this.scoring.corrected()) {
				rows.floats(FloatColumn.SCALE)[row] = scale(list, codes);
			}
			for (int i = 0; this.fullPrecision && i < width; i++) {
				rows.float16()[row * width + i] = Float16.of(vector[i]);
			}
		}
	}

	@Override
	public float[] decode(EncodedRows row) {
		if (this.fullPrecision) {
			float[] vector = new float[this.transform.width()];
			for (int i = 0; i < vector.length; i++) {
				vector[i] = Float16.toFloat(row.float16()[i]);
			}
			return this.transform.inverse(vector);
		}
		byte[] codes = new byte[this.codebooks.subspaces()];
		this.slices.unpack(row.codes(0), 0, codes, 0);
		return this.transform.inverse(decoded(row.lists()[0], codes));
	}

	private float[] decoded(int list, byte[] codes) {
		float[] decoded = this.coarse.centroid(list);
		this.codebooks.addDecoded(codes, decoded);
		return decoded;
	}

	private float scale(int list, byte[] codes) {
		return Scoring.scaleOf(decoded(list, codes));
	}

	/**
	 * Computes the same as {@link #encode}, to the last bit, but subspace by subspace for
	 * a group of rows.
	 */
	@Override
	public void complete(RowBlock block, int[] list, int rows) {
		int[] centroids = new int[Groups.GROUP];
		double[] odd = new double[Groups.GROUP];
		GroupReader reader = new GroupReader(this.slices, 0);
		this.scoring.complete(block, rows, 1, (group, squares) -> {
			int first = group * Groups.GROUP;
			int count = Math.min(Groups.GROUP, rows - first);
			for (int i = 0; i < count; i++) {
				centroids[i] = list[first + i] * this.transform.width();
				squares[i] = 0;
				odd[i] = 0;
			}
			reader.read(block.slices(), group);
			this.codebooks.addSquares(reader, count, this.coarse.values(), centroids, squares, odd);
			for (int i = 0; i < count; i++) {
				squares[i] += odd[i];
			}
		});
	}

	@Override
	public void prepare(float[] query, int nprobe, int rerank, SearchPlan plan) {
		float[] transformed = this.transform.apply(query, plan.scratch().transformed(this.transform.width()));
		int lists = this.coarse.count();
		this.coarse.rank(transformed, plan.listScores(lists), plan.listRanks(lists));
		plan.probe(lists, nprobe);
		Factors factors = new Factors(this.scoring.corrected(), this.scoring.normed());
		Codebooks cells = (rerank > 0) ? this.cells : null;
		boolean high = cells != null;
		SliceTables tables = plan.tables(0, high ? this.slices.only(0) : this.slices);
		PqQuantizer.fillShares((cells != null) ? cells : this.codebooks, transformed, tables);
		if (rerank > 0) {
			plan.pick(high ? Math.max(rerank, LEAST_POOL) : rerank, factors, List.of(tables));
			plan.float16(new Factors(false, this.scoring.normed()), transformed);
		}
		else {
			plan.scan(factors, List.of(tables));
		}
	}

}
