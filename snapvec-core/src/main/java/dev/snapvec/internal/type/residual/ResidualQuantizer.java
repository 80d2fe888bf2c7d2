package dev.snapvec.internal.type.residual;

import java.util.Arrays;
import java.util.List;

import dev.snapvec.ResidualSpec;
import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.GroupReader;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.quantize.HadamardRotation;
import dev.snapvec.internal.quantize.LloydMax;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Scoring;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.scan.Factors;
import dev.snapvec.internal.scan.SearchPlan;
import dev.snapvec.internal.scan.SliceTables;
import dev.snapvec.internal.type.Scorings;

/**
 * Rotates a vector, quantizes every coordinate separately in the coarse stage, and then
 * in the same way the residual, scaled to unit variance, in the residual stage.
 * <p>
 * Multi-stage quantization: B.-H. Juang and A. H. Gray, <i>Multiple Stage Vector
 * Quantization for Speech Coding</i> (1982).
 */
public final class ResidualQuantizer implements Quantizer {

	private final HadamardRotation rotation;

	private final int padded;

	private final LloydMax coarse;

	private final LloydMax fine;

	/** Standard deviation of the residual of a coordinate. */
	private final float sigma;

	/** Squares of decoded coordinates by both codes, the coarse one in the high bits. */
	private final double[] squares;

	private final Scoring scoring;

	private final RowLayout layout;

	public ResidualQuantizer(ResidualSpec spec) {
		int coarseBits = spec.coarseBits();
		int residualBits = spec.residualBits();
		this.rotation = new HadamardRotation(spec.dimension(), spec.common().seed());
		this.padded = this.rotation.paddedDimension();
		this.coarse = LloydMax.ofBits(coarseBits);
		this.fine = LloydMax.ofBits(residualBits);
		this.sigma = (float) Math.sqrt(this.coarse.error());
		this.squares = new double[1 << (coarseBits + residualBits)];
		for (int codes = 0; codes < this.squares.length; codes++) {
			float decoded = decoded(codes >>> residualBits, codes & ((1 << residualBits) - 1));
			this.squares[codes] = decoded * decoded;
		}
		this.scoring = Scorings.of(spec.common());
		// a search with rerank reads the residual code of few rows only
		this.layout = new RowLayout(
				List.of(CodeSlices.of(this.padded, coarseBits),
						CodeSlices.of(this.padded, residualBits).inSmallGroups()),
				this.scoring.columns(!spec.common().normalized()), 0, false);
	}

	@Override
	public RowLayout layout() {
		return this.layout;
	}

	@Override
	public void encode(float[][] vectors, EncodedRows rows) {
		float[] rotated = new float[this.padded];
		byte[] coarseCodes = new byte[this.padded];
		byte[] fineCodes = new byte[this.padded];
		for (int row = 0; row < vectors.length; row++) {
			this.rotation.applyScaled(vectors[row], rotated);
			for (int i = 0; i < this.padded; i++) {
				int code = this.coarse.code(rotated[i]);
				coarseCodes[i] = (byte) code;
				fineCodes[i] = (byte) this.fine.code((rotated[i] - this.coarse.centroid(code)) / this.sigma);
			}
			pack(0, coarseCodes, rows, row);
			pack(1, fineCodes, rows, row);
			if (this.scoring.corrected()) {
				rows.floats(FloatColumn.SCALE)[row] = scale(coarseCodes, fineCodes);
			}
		}
	}

	private void pack(int code, byte[] codes, EncodedRows rows, int row) {
		CodeSlices slices = this.layout.codes().get(code);
		slices.pack(codes, 0, rows.codes(code), row * slices.columns());
	}

	@Override
	public float[] decode(EncodedRows row) {
		byte[] coarseCodes = new byte[this.padded];
		byte[] fineCodes = new byte[this.padded];
		this.layout.codes().get(0).unpack(row.codes(0), 0, coarseCodes, 0);
		this.layout.codes().get(1).unpack(row.codes(1), 0, fineCodes, 0);
		float[] rotated = new float[this.padded];
		for (int i = 0; i < this.padded; i++) {
			rotated[i] = decoded(coarseCodes[i], fineCodes[i]) / this.rotation.root();
		}
		return this.rotation.inverse(rotated);
	}

	private float scale(byte[] coarseCodes, byte[] fineCodes) {
		double sum = 0;
		for (int i = 0; i < this.padded; i++) {
			sum += this.squares[coarseCodes[i] << this.fine.bits() | fineCodes[i]];
		}
		return Scoring.scale(sum / this.padded);
	}

	private float decoded(int coarseCode, int fineCode) {
		return this.coarse.centroid(coarseCode) + this.sigma * this.fine.centroid(fineCode);
	}

	/**
	 * Computes the same as {@link #encode}, to the last bit, but coordinate by coordinate
	 * for a group of rows.
	 */
	@Override
	public void complete(RowBlock block, int[] list, int rows) {
		GroupReader coarseReader = new GroupReader(this.layout.codes().get(0), 0);
		GroupReader fineReader = new GroupReader(this.layout.codes().get(1), this.layout.firstSlice(1));
		byte[] coarseCodes = new byte[Groups.GROUP];
		byte[] fineCodes = new byte[Groups.GROUP];
		this.scoring.complete(block, rows, this.padded, (group, squares) -> {
			Arrays.fill(squares, 0);
			coarseReader.read(block.slices(), group);
			fineReader.read(block.slices(), group);
			for (int i = 0; i < this.padded; i++) {
				coarseReader.codes(i, coarseCodes);
				fineReader.codes(i, fineCodes);
				addSquares(coarseCodes, fineCodes, squares);
			}
		});
	}

	private void addSquares(byte[] coarseCodes, byte[] fineCodes, double[] sums) {
		double[] squares = this.squares;
		int shift = this.fine.bits();
		for (int r = 0; r < Groups.GROUP; r++) {
			sums[r] += squares[coarseCodes[r] << shift | fineCodes[r]];
		}
	}

	@Override
	public void prepare(float[] query, int nprobe, int rerank, SearchPlan plan) {
		float[] rotated = plan.scratch().transformed(this.padded);
		this.rotation.applyScaled(query, rotated);
		SliceTables coarse = this.coarse.tables(rotated, 1f / this.padded, 0, this.layout.codes().get(0), plan);
		SliceTables fine = this.fine.tables(rotated, this.sigma / this.padded, this.layout.firstSlice(1),
				this.layout.codes().get(1), plan);
		Factors factors = new Factors(this.scoring.corrected(), this.scoring.normed());
		if (rerank > 0) {
			plan.pick(rerank, Factors.NONE, List.of(coarse));
			plan.exact(factors, List.of(coarse, fine));
		}
		else {
			plan.scan(factors, List.of(coarse, fine));
		}
	}

}
