package dev.snapvec.internal.type.snap;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.Packing;
import dev.snapvec.internal.code.Slice;
import dev.snapvec.internal.quantize.LloydMax;

/**
 * Squared norms of decoded rows, for codes whose levels are the same for all coordinates:
 * sums of table entries for whole bytes, or pairs of 3-bit codes. Immutable.
 */
final class SquareSums {

	private final Slice slice;

	/** The sum of squares for each value of a byte, or of a pair. */
	private final double[] squares;

	/** The sum of squares that the zero bits behind the codes add. */
	private final double surplus;

	/**
	 * @param slice the slice of the codes
	 * @param levels the levels of the codes
	 */
	SquareSums(Slice slice, LloydMax levels) {
		this.slice = slice;
		int bits = levels.bits();
		int codesPerValue = (slice.packing() == Packing.PAIRS) ? 2 : Byte.SIZE / bits;
		this.squares = new double[1 << (codesPerValue * bits)];
		for (int value = 0; value < this.squares.length; value++) {
			for (int i = 0; i < codesPerValue; i++) {
				this.squares[value] += square(levels, (value >>> (i * bits)) & ((1 << bits) - 1));
			}
		}
		this.surplus = (slice.columns() * Byte.SIZE / bits - slice.codes()) * square(levels, 0);
	}

	private static double square(LloydMax levels, int code) {
		return levels.centroid(code) * levels.centroid(code);
	}

	/** The squared norm of a row of {@code packed}. */
	double of(byte[] packed, int from) {
		double sum = 0;
		for (int c = from; c < from + this.slice.columns(); c++) {
			if (this.slice.packing() == Packing.PAIRS) {
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
				+ this.squares[Packing.fourthPair(x, y, z)];
	}

	/**
	 * The squared norms of a group of rows.
	 * @param codes the group, column by column
	 * @param from position of the group
	 * @param sums receives the squared norms
	 */
	void ofGroup(byte[] codes, int from, double[] sums) {
		int to = from + this.slice.columns() * Groups.GROUP;
		for (int r = 0; r < Groups.GROUP; r++) {
			sums[r] = 0;
		}
		for (int c = from; c < to;) {
			if (this.slice.packing() == Packing.PAIRS) {
				addPairs(codes, c, sums);
				c += 3 * Groups.GROUP;
			}
			else if (c + 4 * Groups.GROUP <= to) {
				addFour(codes, c, sums);
				c += 4 * Groups.GROUP;
			}
			else {
				for (int r = 0; r < Groups.GROUP; r++) {
					sums[r] += this.squares[codes[c + r] & 0xff];
				}
				c += Groups.GROUP;
			}
		}
		for (int r = 0; r < Groups.GROUP; r++) {
			sums[r] -= this.surplus;
		}
	}

	private void addPairs(byte[] codes, int from, double[] sums) {
		for (int r = 0; r < Groups.GROUP; r++) {
			int x = from + r;
			sums[r] = plusPairs(sums[r], codes[x], codes[x + Groups.GROUP], codes[x + 2 * Groups.GROUP]);
		}
	}

	/**
	 * Adds one after another, so that sums are identical to those of {@link #of} to the
	 * last bit.
	 */
	private void addFour(byte[] codes, int from, double[] sums) {
		double[] squares = this.squares;
		for (int r = 0; r < Groups.GROUP; r++) {
			int x = from + r;
			sums[r] = sums[r] + squares[codes[x] & 0xff] + squares[codes[x + Groups.GROUP] & 0xff]
					+ squares[codes[x + 2 * Groups.GROUP] & 0xff] + squares[codes[x + 3 * Groups.GROUP] & 0xff];
		}
	}

}
