package dev.snapvec;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Vectors and ids for tests, the same for the same seed.
 */
public final class TestVectors {

	private TestVectors() {
	}

	public static float[][] random(long seed, int count, int dimension) {
		Random random = new Random(seed);
		float[][] vectors = new float[count][dimension];
		for (float[] vector : vectors) {
			for (int i = 0; i < dimension; i++) {
				vector[i] = (float) random.nextGaussian();
			}
		}
		return vectors;
	}

	public static float[][] unit(long seed, int count, int dimension) {
		float[][] vectors = random(seed, count, dimension);
		for (float[] vector : vectors) {
			float length = length(vector);
			for (int i = 0; i < dimension; i++) {
				vector[i] /= length;
			}
		}
		return vectors;
	}

	public static float length(float[] vector) {
		double squares = 0;
		for (float x : vector) {
			squares += (double) x * x;
		}
		return (float) Math.sqrt(squares);
	}

	/** The ids prefix-0, prefix-1 and so on. */
	public static List<String> ids(String prefix, int count) {
		return IntStream.range(0, count).mapToObj((i) -> prefix + "-" + i).toList();
	}

	public static float[][] repeated(float[] vector, int count) {
		float[][] vectors = new float[count][];
		Arrays.fill(vectors, vector);
		return vectors;
	}

}
