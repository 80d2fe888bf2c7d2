package dev.snapvec.internal.type.snap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.snapvec.SnapSpec;
import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.GroupReader;
import dev.snapvec.internal.code.Padding;
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
import dev.snapvec.internal.type.HeapShare;
import dev.snapvec.internal.type.Scorings;
import org.jspecify.annotations.Nullable;

/**
 * Rotates a vector, then quantizes every coordinate separately; optionally spends one of
 * its bits on a sketch of the quantization error ({@link ResidualSketch}).
 * <p>
 * A. Zandieh, M. Daliri, M. Hadian and V. Mirrokni, <i>TurboQuant: Online Vector
 * Quantization with Near-optimal Distortion Rate</i> (2025).
 */
public final class SnapQuantizer implements Quantizer {

	private final HadamardRotation rotation;

	private final int padded;

	private final LloydMax levels;

	private final CodeSlices slices;

	private final SquareSums squares;

	private final @Nullable ResidualSketch sketch;

	private final Scoring scoring;

	/** Whether rows of all zeros are recognizable by their norm only. */
	private final boolean zeroed;

	private final RowLayout layout;

	public SnapQuantizer(SnapSpec spec) {
		boolean useProd = spec.useProd();
		long seed = spec.common().seed();
		Scoring scoring = Scorings.of(spec.common());
		this.rotation = new HadamardRotation(spec.dimension(), seed);
		this.padded = this.rotation.paddedDimension();
		this.levels = LloydMax.ofBits(useProd ? spec.bits() - 1 : spec.bits());
		this.slices = CodeSlices.of(this.padded, this.levels.bits());
		this.squares = new SquareSums(this.slices.joined(), this.levels);
		this.sketch = useProd ? new ResidualSketch(this.padded, seed) : null;
		// with a sketch, scores are unbiased without correction
		this.scoring = useProd ? new Scoring(false, scoring.normed()) : scoring;
		this.zeroed = useProd && scoring.corrected() && !scoring.normed();
		List<CodeSlices> codes = new ArrayList<>(List.of(this.slices));
		Set<FloatColumn> columns = EnumSet.copyOf(this.scoring.columns(true));
		if (this.sketch != null) {
			codes.add(this.sketch.slices());
			columns.add(FloatColumn.WEIGHT);
		}
		this.layout = new RowLayout(codes, columns, 0, false);
	}

	/**
	 * @param spec a spec
	 * @return why the heap is too small for its sketch, whose matrix is allocated once
	 * per index, on first use; null if it is not, or there is no sketch
	 */
	public static @Nullable String refusal(SnapSpec spec) {
		long padded = Padding.padded(spec.dimension());
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
			this.slices.pack(codes, 0, rows.codes(0), row * this.slices.columns());
			if (this.scoring.corrected()) {
				rows.floats(FloatColumn.SCALE)[row] = Scoring
					.scale(this.squares.of(rows.codes(0), row * this.slices.columns()) / this.padded);
			}
			if (this.sketch != null) {
				for (int i = 0; i < codes.length; i++) {
					rotated[i] -= this.levels.centroid(codes[i]);
				}
				this.sketch.encode(rotated, rows, row);
			}
		}
	}

	/** Ignores the sketch, which improves inner products but not decoded vectors. */
	@Override
	public float[] decode(EncodedRows row) {
		byte[] codes = new byte[this.padded];
		this.slices.unpack(row.codes(0), 0, codes, 0);
		float[] rotated = new float[this.padded];
		for (int i = 0; i < this.padded; i++) {
			rotated[i] = this.levels.centroid(codes[i]) / this.rotation.root();
		}
		return this.rotation.inverse(rotated);
	}

	@Override
	public void complete(RowBlock block, int[] list, int rows) {
		GroupReader reader = new GroupReader(this.slices, 0);
		this.scoring.complete(block, rows, this.padded, (group, squares) -> {
			reader.read(block.slices(), group);
			this.squares.ofGroup(reader.bytes(), reader.from(), squares);
		});
	}

	@Override
	public void prepare(float[] query, int nprobe, int rerank, SearchPlan plan) {
		float[] rotated = plan.scratch().transformed(this.padded);
		this.rotation.applyScaled(query, rotated);
		SliceTables codes = this.levels.tables(rotated, 1f / this.padded, 0, this.slices, plan);
		Factors factors = new Factors(this.scoring.corrected(), this.scoring.normed(), this.zeroed);
		if (this.sketch == null) {
			plan.scan(factors, List.of(codes));
			return;
		}
		SliceTables signs = plan.weightedTables(this.layout.firstSlice(1), this.sketch.slices());
		this.rotation.apply(query, rotated);
		this.sketch.prepare(rotated, signs.shares());
		plan.scan(factors, List.of(codes, signs));
	}

}
