package dev.snapvec.internal.scan;

/**
 * Inner products of vectors and matrices, and nearest neighbours by them: the inner loops
 * of training and encoding, and of preparing and finishing searches. Stateless.
 */
public interface VectorOps {

	/**
	 * Adds a multiple of a vector's product with a matrix:
	 * {@code sums[c] += factor * vector[0..width) . matrix[0..width)[c]}.
	 * @param factor the multiple
	 * @param vector numbers
	 * @param from position of the vector's first number
	 * @param width number of its coordinates
	 * @param matrix width × count numbers, row by row
	 * @param at position of the matrix's first number
	 * @param sums count numbers to add to
	 * @param sumsAt position of the first
	 * @param count number of columns of the matrix
	 */
	void addProduct(float factor, float[] vector, int from, int width, float[] matrix, int at, float[] sums, int sumsAt,
			int count);

	/**
	 * Finds the column of a matrix at the least distance of a vector.
	 * @param vector numbers
	 * @param from position of the vector's first number
	 * @param width number of its coordinates
	 * @param matrix width × count numbers, row by row
	 * @param at position of the matrix's first number
	 * @param squares squared norms of the columns
	 * @param squaresAt position of the first
	 * @param count number of columns, at least 1
	 * @return the first of the nearest columns in the low 32 bits; in the high 32 bits,
	 * as a float, its squared distance minus the squared norm of the vector
	 */
	long nearest(float[] vector, int from, int width, float[] matrix, int at, float[] squares, int squaresAt,
			int count);

	/**
	 * Finds the nearest column of one matrix for each column of another. Intended for
	 * matrices with few rows.
	 * @param points rows × count numbers, row by row
	 * @param count number of columns
	 * @param centroids rows × k numbers, row by row
	 * @param squares squared norms of the k columns
	 * @param found receives for each column the first of the nearest ones
	 * @param distances receives its squared distance minus the squared norm of the column
	 */
	default void nearestOfColumns(float[] points, int count, float[] centroids, float[] squares, int[] found,
			float[] distances) {
		float[] point = new float[points.length / count];
		for (int p = 0; p < count; p++) {
			for (int i = 0; i < point.length; i++) {
				point[i] = points[i * count + p];
			}
			long nearest = nearest(point, 0, point.length, centroids, 0, squares, 0, squares.length);
			found[p] = (int) nearest;
			distances[p] = Float.intBitsToFloat((int) (nearest >>> Integer.SIZE));
		}
	}

	/**
	 * The inner product of a vector and float16 numbers.
	 * @param vector the vector
	 * @param float16 float16 numbers
	 * @param from position of the first
	 * @return the inner product
	 */
	float dot(float[] vector, short[] float16, int from);

}
