package dev.snapvec.internal.quantize;

import java.util.EnumSet;
import java.util.Set;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowBlock;

/**
 * How the score of a row is computed from its code.
 *
 * @param corrected whether to divide by the norm of the decoded vector, which removes the
 * part of the quantization error that is parallel to the vector
 * @param normed whether to multiply by the norm of the original vector
 */
public record Scoring(boolean corrected, boolean normed) {

	/**
	 * @param norms whether norms are kept in any case
	 * @return the numbers that must be kept per row
	 */
	public Set<FloatColumn> columns(boolean norms) {
		Set<FloatColumn> columns = EnumSet.noneOf(FloatColumn.class);
		if (norms) {
			columns.add(FloatColumn.NORM);
		}
		if (this.corrected) {
			columns.add(FloatColumn.SCALE);
		}
		return columns;
	}

	/** Computes the squared norms of the decoded rows of a group. */
	@FunctionalInterface
	public interface SquaredLengths {

		/**
		 * @param group number of the group in its block
		 * @param squares receives the sum of squares of each row
		 */
		void ofGroup(int group, double[] squares);

	}

	/**
	 * Writes the scales of rows whose codes are written already, and their norms if those
	 * are kept.
	 * @param block the block of the rows
	 * @param rows number of rows
	 * @param divisor divisor of the sums to get squared norms
	 * @param lengths computes the sums of squares
	 */
	public void complete(RowBlock block, int rows, int divisor, SquaredLengths lengths) {
		if (!this.corrected) {
			return;
		}
		float[] scales = block.floats(FloatColumn.SCALE);
		double[] squares = new double[Groups.GROUP];
		for (int row = 0; row < rows; row += Groups.GROUP) {
			lengths.ofGroup(row / Groups.GROUP, squares);
			for (int i = 0; i < Groups.GROUP && row + i < rows; i++) {
				scales[row + i] = scale(squares[i] / divisor);
			}
		}
		EncodedRows.zeroScales(block.floats(FloatColumn.NORM), scales, rows);
	}

	/**
	 * @param squaredLength the squared norm of a decoded vector
	 * @return the factor that makes it a unit vector
	 */
	public static float scale(double squaredLength) {
		return (squaredLength > 0) ? (float) (1 / Math.sqrt(squaredLength)) : 0;
	}

	/**
	 * @param decoded a decoded vector
	 * @return the factor that makes it a unit vector
	 */
	public static float scaleOf(float[] decoded) {
		// two sums in turn, because each addition waits for the one before
		double even = 0;
		double odd = 0;
		int i = 0;
		for (; i + 1 < decoded.length; i += 2) {
			even += decoded[i] * decoded[i];
			odd += decoded[i + 1] * decoded[i + 1];
		}
		if (i < decoded.length) {
			even += decoded[i] * decoded[i];
		}
		return scale(even + odd);
	}

}
