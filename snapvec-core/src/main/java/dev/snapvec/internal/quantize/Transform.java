package dev.snapvec.internal.quantize;

import java.util.Arrays;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.scan.Kernels;
import dev.snapvec.internal.task.Workers;
import org.jspecify.annotations.Nullable;

/**
 * The transform of a vector before a product quantizer splits it: none, the randomized
 * Hadamard transform, or a trained rotation. It preserves norms. Immutable.
 */
public final class Transform {

	private final int dimension;

	private final @Nullable HadamardRotation hadamard;

	private final float @Nullable [] rotation;

	private Transform(int dimension, @Nullable HadamardRotation hadamard, float @Nullable [] rotation) {
		this.dimension = dimension;
		this.hadamard = hadamard;
		this.rotation = rotation;
	}

	public static Transform none(int dimension) {
		return new Transform(dimension, null, null);
	}

	/**
	 * @param dimension dimension of the vectors
	 * @param seed seed of the signs
	 * @return the randomized Hadamard transform, which pads the dimension to a power of
	 * two
	 */
	public static Transform hadamard(int dimension, long seed) {
		return new Transform(dimension, new HadamardRotation(dimension, seed), null);
	}

	/**
	 * @param dimension dimension of the vectors
	 * @param rotation an orthogonal matrix, row by row; a vector is multiplied from the
	 * left
	 * @return the transform
	 */
	public static Transform rotation(int dimension, float[] rotation) {
		return new Transform(dimension, null, rotation);
	}

	/**
	 * @return dimension of transformed vectors
	 */
	public int width() {
		return (this.hadamard != null) ? this.hadamard.paddedDimension() : this.dimension;
	}

	/**
	 * @return the trained rotation, or null
	 */
	public float @Nullable [] rotation() {
		return this.rotation;
	}

	/**
	 * @param vector a unit vector
	 * @return the transformed vector, a unit vector
	 */
	public float[] apply(float[] vector) {
		return apply(vector, new float[width()]);
	}

	/**
	 * @param vector a unit vector
	 * @param an array of at least {@link #width} numbers
	 * @return the transformed vector, a unit vector: in that array, or the given vector
	 * itself
	 */
	public float[] apply(float[] vector, float[] room) {
		if (this.hadamard != null) {
			this.hadamard.apply(vector, room);
			normalize(room);
			return room;
		}
		if (this.rotation != null) {
			multiply(vector, this.rotation, room);
			return room;
		}
		return vector;
	}

	/**
	 * Undoes {@link #apply(float[])}.
	 * @param transformed a transformed vector; it may be overwritten
	 * @return the vector
	 */
	public float[] inverse(float[] transformed) {
		if (this.hadamard != null) {
			return this.hadamard.inverse(transformed);
		}
		if (this.rotation != null) {
			return multiplyTransposed(transformed, this.rotation);
		}
		return transformed;
	}

	private static void normalize(float[] vector) {
		double squares = 0;
		for (float x : vector) {
			squares += x * x;
		}
		float norm = (float) Math.sqrt(squares);
		for (int i = 0; i < vector.length && norm > 0; i++) {
			vector[i] /= norm;
		}
	}

	private static void multiply(float[] vector, float[] matrix, float[] product) {
		int n = vector.length;
		Arrays.fill(product, 0);
		Kernels.OPS.addProduct(1, vector, 0, n, matrix, 0, product, 0, n);
	}

	/** The inverse of {@link #multiply}, as the matrix is orthogonal. */
	private static float[] multiplyTransposed(float[] vector, float[] matrix) {
		int n = vector.length;
		float[] product = new float[n];
		for (int i = 0; i < n; i++) {
			double sum = 0;
			for (int j = 0; j < n; j++) {
				sum += vector[j] * matrix[i * n + j];
			}
			product[i] = (float) sum;
		}
		return product;
	}

	/** The transformed vectors. */
	float[][] applyAll(float[][] vectors, Workers workers) {
		float[][] transformed = new float[vectors.length][];
		int batch = 256;
		workers.run(Groups.parts(vectors.length, batch), (b) -> {
			for (int i = b * batch; i < Math.min((b + 1) * batch, vectors.length); i++) {
				transformed[i] = apply(vectors[i]);
			}
		});
		return transformed;
	}

}
