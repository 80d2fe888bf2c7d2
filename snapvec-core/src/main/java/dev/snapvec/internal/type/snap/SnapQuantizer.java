package dev.snapvec.internal.type.snap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.snapvec.SnapSpec;
import dev.snapvec.internal.quantize.HadamardRotation;
import dev.snapvec.internal.quantize.LloydMax;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Scoring;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.Plane;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowLayout;
import dev.snapvec.internal.scan.PreparedQuery;
import dev.snapvec.internal.type.HeapShare;
import dev.snapvec.internal.type.Scorings;
import org.jspecify.annotations.Nullable;

/**
 * Rotates a vector, then quantizes every coordinate by itself; optionally spends one of
 * its bits on a sketch of what that loses ({@link ResidualSketch}).
 * <p>
 * A. Zandieh, M. Daliri, M. Hadian and V. Mirrokni, <i>TurboQuant: Online Vector
 * Quantization with Near-optimal Distortion Rate</i> (2025).
 */
public final class SnapQuantizer implements Quantizer {

	private final HadamardRotation rotation;

	private final int padded;

	private final LloydMax levels;

	private final Plane plane;

	private final SquareSums squares;

	private final @Nullable ResidualSketch sketch;

	private final Scoring scoring;

	/** Whether only their norms tell which rows are all zeros. */
	private final boolean zeroed;

	private final RowLayout layout;

	public SnapQuantizer(SnapSpec spec) {
		boolean useProd = spec.useProd();
		long seed = spec.common().seed();
		Scoring scoring = Scorings.of(spec.common());
		this.rotation = new HadamardRotation(spec.dimension(), seed);
		this.padded = this.rotation.paddedDimension();
		this.levels = LloydMax.ofBits(useProd ? spec.bits() - 1 : spec.bits());
		this.plane = Plane.of(this.padded, this.levels.bits());
		this.squares = new SquareSums(this.plane, this.padded, this.levels);
		this.sketch = useProd ? new ResidualSketch(this.padded, seed) : null;
		// a sketch makes scores unbiased by itself
		this.scoring = useProd ? new Scoring(false, scoring.normed()) : scoring;
		this.zeroed = useProd && scoring.corrected() && !scoring.normed();
		List<Plane> planes = new ArrayList<>(List.of(this.plane));
		Set<FloatColumn> columns = EnumSet.copyOf(this.scoring.columns(true));
		if (this.sketch != null) {
			planes.add(this.sketch.plane());
			columns.add(FloatColumn.WEIGHT);
		}
		this.layout = new RowLayout(planes, columns, 0, false);
	}

	/**
	 * @param spec an index
	 * @return why the heap is too small for its sketch, which takes that once an index,
	 * from its first use on; null if it is not, or there is none
	 */
	public static @Nullable String refusal(SnapSpec spec) {
		long padded = Plane.padded(spec.dimension());
		return spec.useProd()
				? HeapShare.refusal(padded * padded * Float.BYTES, "useProd with dimension " + spec.dimension()) : null;
	}

	@Override
	public RowLayout layout() {
		return this.layout;
	}

	@Override
	public void encode(float[][] vectors, EncodedRows rows) {
		float[] rotated = new float[this.padded];
		byte[] codes = new byte[this.padded];
		for (int row = 0; row < vectors.length; row++) {
			this.rotation.applyScaled(vectors[row], rotated);
			for (int i = 0; i < codes.length; i++) {
				codes[i] = (byte) this.levels.code(rotated[i]);
			}
			this.plane.pack(codes, 0, codes.length, this.levels.bits(), rows.plane(0), row * this.plane.columns());
			if (this.scoring.corrected()) {
				rows.floats(FloatColumn.SCALE)[row] = Scoring
					.scale(this.squares.of(rows.plane(0), row * this.plane.columns()) / this.padded);
			}
			if (this.sketch != null) {
				for (int i = 0; i < codes.length; i++) {
					rotated[i] -= this.levels.centroid(codes[i]);
				}
				this.sketch.encode(rotated, rows, row);
			}
		}
	}

	/** The sketch is left out: it mends inner products, and makes vectors worse. */
	@Override
	public float[] decode(EncodedRows row) {
		byte[] codes = new byte[this.padded];
		this.plane.unpack(row.plane(0), 0, this.padded, this.levels.bits(), codes, 0);
		float[] rotated = new float[this.padded];
		for (int i = 0; i < this.padded; i++) {
			rotated[i] = this.levels.centroid(codes[i]) / this.rotation.root();
		}
		return this.rotation.inverse(rotated);
	}

	@Override
	public void complete(RowBlock block, int[] list, int rows) {
		int groupBytes = RowBlock.GROUP * this.plane.columns();
		this.scoring.complete(block, rows, this.padded,
				(group, squares) -> this.squares.ofGroup(block.codes(0), group * groupBytes, squares));
	}

	@Override
	public void prepare(float[] query, int nprobe, int rerank, PreparedQuery prepared) {
		float[] rotated = prepared.buffer(1, this.padded);
		this.rotation.applyScaled(query, rotated);
		this.levels.addPlane(rotated, 1f / this.padded, this.layout.planes().get(0), prepared);
		if (this.sketch != null) {
			this.rotation.apply(query, rotated);
			this.sketch.prepare(rotated, prepared.addPlane(this.layout.planes().get(1)));
		}
		prepared.factors(this.scoring.corrected(), this.scoring.normed());
		if (this.zeroed) {
			prepared.zeroRowsWithoutNorm();
		}
	}

}
