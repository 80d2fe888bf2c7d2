package dev.snapvec.internal.type.snap;

import dev.snapvec.internal.quantize.LloydMax;
import dev.snapvec.internal.rows.Plane;
import dev.snapvec.internal.rows.RowBlock;

/**
 * Squared lengths of rows whose codes stand for the same number wherever they are: sums
 * of what whole bytes, or pairs of 3-bit codes, add. Immutable.
 */
final class SquareSums {

	private final Plane plane;

	/** What each value of a byte, or of a pair, adds. */
	private final double[] squares;

	/** What bits beyond the codes, which are zero, add. */
	private final double surplus;

	/**
	 * @param plane the plane of the codes
	 * @param codes how many a row has
	 * @param levels what they stand for
	 */
	SquareSums(Plane plane, int codes, LloydMax levels) {
		this.plane = plane;
		int bits = levels.bits();
		int codesPerValue = (plane.packing() == Plane.Packing.PAIRS) ? 2 : Byte.SIZE / bits;
		this.squares = new double[1 << (codesPerValue * bits)];
		for (int value = 0; value < this.squares.length; value++) {
			for (int i = 0; i < codesPerValue; i++) {
				this.squares[value] += square(levels, (value >>> (i * bits)) & ((1 << bits) - 1));
			}
		}
		this.surplus = (plane.columns() * Byte.SIZE / bits - codes) * square(levels, 0);
	}

	private static double square(LloydMax levels, int code) {
		return levels.centroid(code) * levels.centroid(code);
	}

	/** The sum of a row of {@code packed}. */
	double of(byte[] packed, int from) {
		double sum = 0;
		for (int c = from; c < from + this.plane.columns(); c++) {
			if (this.plane.packing() == Plane.Packing.PAIRS) {
				sum = plusPairs(sum, packed[c], packed[++c], packed[++c]);
			}
			else {
				sum += this.squares[packed[c] & 0xff];
			}
		}
		return sum - this.surplus;
	}

	private double plusPairs(double sum, int x, int y, int z) {
		return sum + this.squares[x & 63] + this.squares[y & 63] + this.squares[z & 63]
				+ this.squares[Plane.fourthPair(x, y, z)];
	}

	/**
	 * The same sums of a group of rows.
	 * @param codes holds the group, column by column
	 * @param from where it begins
	 * @param sums receives them
	 */
	void ofGroup(byte[] codes, int from, double[] sums) {
		int to = from + this.plane.columns() * RowBlock.GROUP;
		for (int r = 0; r < RowBlock.GROUP; r++) {
			sums[r] = 0;
		}
		for (int c = from; c < to;) {
			if (this.plane.packing() == Plane.Packing.PAIRS) {
				addPairs(codes, c, sums);
				c += 3 * RowBlock.GROUP;
			}
			else if (c + 4 * RowBlock.GROUP <= to) {
				addFour(codes, c, sums);
				c += 4 * RowBlock.GROUP;
			}
			else {
				for (int r = 0; r < RowBlock.GROUP; r++) {
					sums[r] += this.squares[codes[c + r] & 0xff];
				}
				c += RowBlock.GROUP;
			}
		}
		for (int r = 0; r < RowBlock.GROUP; r++) {
			sums[r] -= this.surplus;
		}
	}

	private void addPairs(byte[] codes, int from, double[] sums) {
		for (int r = 0; r < RowBlock.GROUP; r++) {
			int x = from + r;
			sums[r] = plusPairs(sums[r], codes[x], codes[x + RowBlock.GROUP], codes[x + 2 * RowBlock.GROUP]);
		}
	}

	/** One after the other, so that sums are those of {@link #of} to the last bit. */
	private void addFour(byte[] codes, int from, double[] sums) {
		double[] squares = this.squares;
		for (int r = 0; r < RowBlock.GROUP; r++) {
			int x = from + r;
			sums[r] = sums[r] + squares[codes[x] & 0xff] + squares[codes[x + RowBlock.GROUP] & 0xff]
					+ squares[codes[x + 2 * RowBlock.GROUP] & 0xff] + squares[codes[x + 3 * RowBlock.GROUP] & 0xff];
		}
	}

}
