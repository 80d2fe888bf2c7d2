package dev.snapvec.internal.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scales found again from codes, as loading does, against those of encoding.
 */
class ScaleTests {

	private static final int ROWS = RowBlock.GROUP + 5;

	record Setup(int dimension, int bits, int residualBits) {

		Quantizer quantizer() {
			Scoring scoring = new Scoring(true, false);
			return (this.residualBits > 0)
					? new ResidualQuantizer(this.dimension, this.bits, this.residualBits, 7, false, scoring)
					: new SnapQuantizer(this.dimension, this.bits, 7, false, scoring);
		}

	}

	static List<Setup> setups() {
		List<Setup> setups = new ArrayList<>();
		for (int dimension : new int[] { 1, 2, 3, 8, 100 }) {
			for (int bits = 2; bits <= 4; bits++) {
				for (int residualBits : new int[] { 0, 2, 3, 4 }) {
					setups.add(new Setup(dimension, bits, residualBits));
				}
			}
		}
		return setups;
	}

	@ParameterizedTest
	@MethodSource("setups")
	void scalesAreTheSameFromCodesAsFromVectors(Setup setup) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		float[][] vectors = new float[ROWS][setup.dimension()];
		for (float[] vector : vectors) {
			for (int i = 0; i < vector.length; i++) {
				vector[i] = (float) random.nextGaussian();
			}
		}
		Quantizer quantizer = setup.quantizer();
		EncodedRows rows = new EncodedRows(quantizer.layout(), ROWS);
		quantizer.encode(vectors, rows);
		RowStore store = new RowStore(quantizer.layout(), 0);
		store.put(IntStream.range(0, ROWS).mapToObj((row) -> RowId.of(Integer.toString(row))).toList(), List.of(rows));
		float[] scales = store.view().block(0).floats(FloatColumn.SCALE);
		float[] encoded = Arrays.copyOf(scales, ROWS);
		Arrays.fill(scales, -1);
		quantizer.complete(store.view().block(0), new int[0], ROWS);
		assertThat(Arrays.copyOf(scales, ROWS)).as("seed %d", seed).isEqualTo(encoded);
	}

}
