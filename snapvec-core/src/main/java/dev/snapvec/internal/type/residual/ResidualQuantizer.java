package dev.snapvec.internal.type.residual;

import java.util.Arrays;
import java.util.List;

import dev.snapvec.ResidualSpec;
import dev.snapvec.internal.quantize.HadamardRotation;
import dev.snapvec.internal.quantize.LloydMax;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Scoring;
import dev.snapvec.internal.rows.CodeGroups;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.Plane;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.scan.PreparedQuery;
import dev.snapvec.internal.type.Scorings;

/**
 * Rotates a vector, quantizes every coordinate by itself, and then in the same way what
 * that left over, scaled to unit variance.
 * <p>
 * Multi-stage quantization: B.-H. Juang and A. H. Gray, <i>Multiple Stage Vector
 * Quantization for Speech Coding</i> (1982).
 */
public final class ResidualQuantizer implements Quantizer {

	private final HadamardRotation rotation;

	private final int padded;

	private final LloydMax coarse;

	private final LloydMax fine;

	/** How far the coarse levels miss a coordinate, as a standard deviation. */
	private final float sigma;

	/** Of what both codes decode to, the coarse one in the high bits. */
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
		// a search that ranks again reads the second plane of few rows
		this.layout = new RowLayout(
				List.of(Plane.of(this.padded, coarseBits), Plane.of(this.padded, residualBits).inSmallGroups()),
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
			pack(0, coarseCodes, this.coarse, rows, row);
			pack(1, fineCodes, this.fine, rows, row);
			if (this.scoring.corrected()) {
				rows.floats(FloatColumn.SCALE)[row] = scale(coarseCodes, fineCodes);
			}
		}
	}

	private void pack(int plane, byte[] codes, LloydMax levels, EncodedRows rows, int row) {
		Plane target = this.layout.planes().get(plane);
		target.pack(codes, 0, this.padded, levels.bits(), rows.plane(plane), row * target.columns());
	}

	@Override
	public float[] decode(EncodedRows row) {
		byte[] coarseCodes = new byte[this.padded];
		byte[] fineCodes = new byte[this.padded];
		this.layout.planes().get(0).unpack(row.plane(0), 0, this.padded, this.coarse.bits(), coarseCodes, 0);
		this.layout.planes().get(1).unpack(row.plane(1), 0, this.padded, this.fine.bits(), fineCodes, 0);
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
	 * As {@link #encode} does, to the last bit, but a code of a group of rows at a time.
	 */
	@Override
	public void complete(RowBlock block, int[] list, int rows) {
		Plane coarsePlane = this.layout.planes().get(0);
		Plane finePlane = this.layout.planes().get(1);
		int groupBytes = RowBlock.GROUP * coarsePlane.columns();
		byte[] fineGroup = new byte[RowBlock.GROUP * finePlane.columns()];
		byte[] coarseCodes = new byte[RowBlock.GROUP];
		byte[] fineCodes = new byte[RowBlock.GROUP];
		this.scoring.complete(block, rows, this.padded, (group, squares) -> {
			Arrays.fill(squares, 0);
			CodeGroups.regroup(finePlane, block.codes(1), new int[] { group }, 1, fineGroup);
			for (int i = 0; i < this.padded; i++) {
				CodeGroups.codes(coarsePlane, block.codes(0), group * groupBytes, i, this.coarse.bits(), coarseCodes);
				CodeGroups.codes(finePlane, fineGroup, 0, i, this.fine.bits(), fineCodes);
				addSquares(coarseCodes, fineCodes, squares);
			}
		});
	}

	private void addSquares(byte[] coarseCodes, byte[] fineCodes, double[] sums) {
		double[] squares = this.squares;
		int shift = this.fine.bits();
		for (int r = 0; r < RowBlock.GROUP; r++) {
			sums[r] += squares[coarseCodes[r] << shift | fineCodes[r]];
		}
	}

	@Override
	public void prepare(float[] query, int nprobe, int rerank, PreparedQuery prepared) {
		float[] rotated = prepared.buffer(1, this.padded);
		this.rotation.applyScaled(query, rotated);
		this.coarse.addPlane(rotated, 1f / this.padded, this.layout.planes().get(0), prepared);
		this.fine.addPlane(rotated, this.sigma / this.padded, this.layout.planes().get(1), prepared);
		prepared.factors(this.scoring.corrected(), this.scoring.normed());
		if (rerank > 0) {
			prepared.rescoreFirstPlane(rerank);
		}
	}

}
