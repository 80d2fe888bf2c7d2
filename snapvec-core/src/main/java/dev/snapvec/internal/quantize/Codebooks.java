package dev.snapvec.internal.quantize;

import java.util.Arrays;

import dev.snapvec.internal.code.GroupReader;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.scan.Kernels;

/**
 * The centroids of a product quantizer: for each of M subspaces, K centroids of d/M
 * coordinates. Immutable.
 * <p>
 * H. Jégou, M. Douze and C. Schmid, <i>Product Quantization for Nearest Neighbor
 * Search</i> (2011).
 */
public final class Codebooks {

	private final int subspaces;

	private final int centroids;

	private final int width;

	/** Centroid k of subspace m from {@code (m * K + k) * d/M} on. */
	private final float[] values;

	/**
	 * The same with coordinates first: coordinate i of centroid k at
	 * {@code (m * d/M + i) * K + k}.
	 */
	private final float[] byCoordinate;

	/** Squared norms, of centroid k of subspace m at {@code m * K + k}. */
	private final float[] squares;

	/**
	 * @param subspaces M
	 * @param centroids K, at most 256
	 * @param width coordinates per subspace
	 * @param values M × K × width numbers
	 */
	public Codebooks(int subspaces, int centroids, int width, float[] values) {
		this.subspaces = subspaces;
		this.centroids = centroids;
		this.width = width;
		this.values = values;
		this.byCoordinate = new float[values.length];
		this.squares = new float[subspaces * centroids];
		for (int m = 0; m < subspaces; m++) {
			for (int k = 0; k < centroids; k++) {
				for (int i = 0; i < width; i++) {
					float value = values[(m * centroids + k) * width + i];
					this.byCoordinate[(m * width + i) * centroids + k] = value;
					this.squares[m * centroids + k] += value * value;
				}
			}
		}
	}

	public int subspaces() {
		return this.subspaces;
	}

	public int centroids() {
		return this.centroids;
	}

	public int width() {
		return this.width;
	}

	/**
	 * @return M × K × width numbers, not to be changed
	 */
	public float[] values() {
		return this.values;
	}

	/**
	 * Coarser codebooks, for the first bits of codes: the means of centroids with the
	 * same first bits.
	 * @param size number of centroids with the same first bits
	 * @return the codebooks of K / size centroids
	 */
	public Codebooks cells(int size) {
		float[] means = new float[this.values.length / size];
		for (int cell = 0; cell < this.subspaces * this.centroids / size; cell++) {
			for (int i = 0; i < size * this.width; i++) {
				means[cell * this.width + i % this.width] += this.values[cell * size * this.width + i] / size;
			}
		}
		return new Codebooks(this.subspaces, this.centroids / size, this.width, means);
	}

	/** The sum over all centroids of their squared distances to the mean. */
	public double spread() {
		double spread = 0;
		for (int m = 0; m < this.subspaces; m++) {
			for (int i = 0; i < this.width; i++) {
				double sum = 0;
				double squares = 0;
				for (int k = 0; k < this.centroids; k++) {
					double x = this.values[(m * this.centroids + k) * this.width + i];
					sum += x;
					squares += x * x;
				}
				spread += squares - sum * sum / this.centroids;
			}
		}
		return spread;
	}

	/**
	 * Finds the nearest centroid in every subspace.
	 * @param vector M × width coordinates
	 * @param codes receives M codes
	 */
	public void encode(float[] vector, byte[] codes) {
		for (int m = 0; m < this.subspaces; m++) {
			codes[m] = (byte) Kernels.OPS.nearest(vector, m * this.width, this.width, this.byCoordinate,
					m * this.width * this.centroids, this.squares, m * this.centroids, this.centroids);
		}
	}

	/**
	 * The share of each centroid in an inner product.
	 * @param query M × width coordinates of the other vector
	 * @param stride distance between the shares of two subspaces
	 * @param shares receives centroid k of subspace m at {@code m * stride + k}
	 */
	public void shares(float[] query, int stride, float[] shares) {
		for (int m = 0; m < this.subspaces; m++) {
			Arrays.fill(shares, m * stride, (m + 1) * stride, 0);
			Kernels.OPS.addProduct(1, query, m * this.width, this.width, this.byCoordinate,
					m * this.width * this.centroids, shares, m * stride, this.centroids);
		}
	}

	/** The squared norm of a decoded vector. */
	public double squaredLength(byte[] codes) {
		double sum = 0;
		for (int m = 0; m < this.subspaces; m++) {
			sum += this.squares[m * this.centroids + (codes[m] & 0xff)];
		}
		return sum;
	}

	/**
	 * The squared norms of a group of rows, identical to the last bit.
	 * @param group the group
	 * @param sums receives the squared norms
	 */
	public void squaredLengths(GroupReader group, double[] sums) {
		byte[] ofGroup = new byte[Groups.GROUP];
		Arrays.fill(sums, 0);
		for (int m = 0; m < this.subspaces; m++) {
			group.codes(m, ofGroup);
			int first = m * this.centroids;
			for (int r = 0; r < Groups.GROUP; r++) {
				sums[r] += this.squares[first + (ofGroup[r] & 0xff)];
			}
		}
	}

	/**
	 * Adds the squares of the decoded coordinates of a group of rows.
	 * @param group the group
	 * @param rows number of rows
	 * @param bases vectors to add to the decoded ones
	 * @param baseOf position of each row's vector in {@code bases}
	 * @param even receives the sums of coordinates 0, 2, 4…
	 * @param odd receives the sums of the others
	 */
	public void addSquares(GroupReader group, int rows, float[] bases, int[] baseOf, double[] even, double[] odd) {
		byte[] ofGroup = new byte[Groups.GROUP];
		for (int m = 0; m < this.subspaces; m++) {
			group.codes(m, ofGroup);
			double[] first = (m * this.width % 2 == 0) ? even : odd;
			double[] second = (first == even) ? odd : even;
			for (int r = 0; r < rows; r++) {
				int at = (m * this.centroids + (ofGroup[r] & 0xff)) * this.width;
				int base = baseOf[r] + m * this.width;
				for (int i = 0; i + 1 < this.width; i += 2) {
					float x = bases[base + i] + this.values[at + i];
					float y = bases[base + i + 1] + this.values[at + i + 1];
					first[r] += x * x;
					second[r] += y * y;
				}
				if (this.width % 2 == 1) {
					float x = bases[base + this.width - 1] + this.values[at + this.width - 1];
					first[r] += x * x;
				}
			}
		}
	}

	/** Adds the decoded vector to a vector. */
	public void addDecoded(byte[] codes, float[] vector) {
		for (int m = 0; m < this.subspaces; m++) {
			int from = (m * this.centroids + (codes[m] & 0xff)) * this.width;
			for (int i = 0; i < this.width; i++) {
				vector[m * this.width + i] += this.values[from + i];
			}
		}
	}

}
