package dev.snapvec.internal.quantize;

import java.util.EnumSet;
import java.util.Set;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.EncodedRows;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowBlock;

/**
 * How the score of a row is made from its code.
 *
 * @param corrected whether to divide by the length of the decoded vector, which removes
 * the part of the quantization error that lies along the vector
 * @param normed whether to multiply by the length of the original vector
 */
public record Scoring(boolean corrected, boolean normed) {

	/**
	 * @param norms whether norms are kept in any case
	 * @return the numbers that must be kept of each row
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

	/** Adds up squared lengths of the decoded rows of a group. */
	@FunctionalInterface
	public interface SquaredLengths {

		/**
		 * @param group the number of the group in its block
		 * @param squares receives the sum of each row
		 */
		void ofGroup(int group, double[] squares);

	}

	/**
	 * Writes the scales of rows whose codes are there already, and their norms if these
	 * are kept.
	 * @param block the block of the rows
	 * @param rows how many rows
	 * @param divisor what to divide sums by to get squared lengths
	 * @param lengths adds up the squares
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
	 * @param squaredLength the squared length of a decoded vector
	 * @return the factor that makes it a vector of length 1
	 */
	public static float scale(double squaredLength) {
		return (squaredLength > 0) ? (float) (1 / Math.sqrt(squaredLength)) : 0;
	}

	/**
	 * @param decoded a decoded vector
	 * @return the factor that makes it a vector of length 1
	 */
	public static float scaleOf(float[] decoded) {
		// two sums at a time, as one has to wait for itself
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
