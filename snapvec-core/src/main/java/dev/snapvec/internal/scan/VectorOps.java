package dev.snapvec.internal.scan;

/**
 * Inner products of vectors and matrices, and what is nearest by them: the inner loops of
 * learning and encoding, and of preparing and finishing searches. Stateless.
 */
public interface VectorOps {

	/**
	 * Adds a multiple of a vector's product with a matrix:
	 * {@code sums[c] += factor * vector[0..width) . matrix[0..width)[c]}.
	 * @param factor the multiple
	 * @param vector numbers
	 * @param from where the vector begins
	 * @param width how long it is
	 * @param matrix width × count numbers, row by row
	 * @param at where the matrix begins
	 * @param sums count numbers to add to
	 * @param sumsAt where they begin
	 * @param count how many columns the matrix has
	 */
	void addProduct(float factor, float[] vector, int from, int width, float[] matrix, int at, float[] sums, int sumsAt,
			int count);

	/**
	 * Finds the column of a matrix at the least distance of a vector.
	 * @param vector numbers
	 * @param from where the vector begins
	 * @param width how long it is
	 * @param matrix width × count numbers, row by row
	 * @param at where the matrix begins
	 * @param squares squared lengths of the columns
	 * @param squaresAt where they begin
	 * @param count how many columns, at least 1
	 * @return the first of the nearest columns in the low 32 bits; in the high ones, as
	 * the bits of a float, its squared distance less the vector's squared length
	 */
	long nearest(float[] vector, int from, int width, float[] matrix, int at, float[] squares, int squaresAt,
			int count);

	/**
	 * Finds for each column of one matrix the nearest column of another. Meant for few
	 * rows.
	 * @param points rows × count numbers, row by row
	 * @param count how many columns
	 * @param centroids rows × k numbers, row by row
	 * @param squares squared lengths of the k columns
	 * @param found receives for each column the first of the nearest ones
	 * @param distances receives its squared distance less the column's squared length
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
	 * @param from where they begin
	 * @return the inner product
	 */
	float dot(float[] vector, short[] float16, int from);

}
