package dev.snapvec.internal.quantize;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What makes a decomposition one: A v = λ v, for orthonormal v, in order.
 */
class SymmetricEigenTests {

	private static double[][] random(int n, long seed) {
		Random random = new Random(seed);
		double[][] matrix = new double[n][n];
		for (int i = 0; i < n; i++) {
			for (int j = 0; j <= i; j++) {
				matrix[i][j] = random.nextGaussian();
				matrix[j][i] = matrix[i][j];
			}
		}
		return matrix;
	}

	private static double[][] copy(double[][] matrix) {
		double[][] copy = new double[matrix.length][];
		for (int i = 0; i < copy.length; i++) {
			copy[i] = matrix[i].clone();
		}
		return copy;
	}

	/** Returns the eigenvalues, as the vectors have them. */
	private static double[] check(double[][] matrix) {
		int n = matrix.length;
		double norm = 1e-300;
		for (double[] row : matrix) {
			for (double x : row) {
				norm = Math.max(norm, Math.abs(x));
			}
		}
		SymmetricEigen eigen = SymmetricEigen.of(copy(matrix));
		double[] values = new double[n];
		for (int k = 0; k < n; k++) {
			double[] v = eigen.vector(k);
			for (int other = 0; other <= k; other++) {
				assertThat(dot(v, eigen.vector(other))).isCloseTo((other == k) ? 1 : 0, within(1e-12 * n));
			}
			double[] product = new double[n];
			for (int i = 0; i < n; i++) {
				product[i] = dot(matrix[i], v);
			}
			values[k] = dot(product, v);
			for (int i = 0; i < n; i++) {
				assertThat(product[i]).isCloseTo(values[k] * v[i], within(1e-12 * n * norm));
			}
			if (k > 0) {
				assertThat(values[k]).isLessThanOrEqualTo(values[k - 1] + 1e-12 * n * norm);
			}
		}
		return values;
	}

	private static double dot(double[] a, double[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) {
			sum += a[i] * b[i];
		}
		return sum;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 10, 33, 64, 130 })
	void decomposesRandomMatrices(int n) {
		for (long seed = 0; seed < 5; seed++) {
			check(random(n, seed));
		}
	}

	@Test
	void decomposesADiagonalMatrix() {
		double[][] matrix = new double[5][5];
		for (int i = 0; i < 5; i++) {
			matrix[i][i] = new double[] { 3, -1, 7, 0, 2 }[i];
		}
		assertThat(check(matrix)).containsExactly(7, 3, 2, 0, -1);
	}

	@Test
	void decomposesTheZeroMatrixAndTheIdentity() {
		assertThat(check(new double[4][4])).containsOnly(0);
		double[][] identity = new double[4][4];
		for (int i = 0; i < 4; i++) {
			identity[i][i] = 1;
		}
		assertThat(check(identity)).containsOnly(1);
	}

	@Test
	void decomposesAMatrixOfOneNumber() {
		assertThat(check(new double[][] { { -3 } })).containsExactly(-3);
	}

	@Test
	void decomposesAMatrixWithRepeatedEigenvalues() {
		// 2 I + 3 u u' for a unit vector u: 5 once, 2 otherwise
		int n = 12;
		double[][] matrix = new double[n][n];
		for (int i = 0; i < n; i++) {
			for (int j = 0; j < n; j++) {
				matrix[i][j] = ((i == j) ? 2 : 0) + 3.0 / n;
			}
		}
		double[] values = check(matrix);
		assertThat(values[0]).isCloseTo(5, within(1e-12));
		for (int i = 1; i < n; i++) {
			assertThat(values[i]).isCloseTo(2, within(1e-12));
		}
	}

	@Test
	void decomposesAMatrixOfLowRankAndOfAnySize() {
		double[] u = random(20, 1)[3];
		for (double factor : new double[] { 1e-20, 1, 1e20 }) {
			double[][] matrix = new double[20][20];
			for (int i = 0; i < 20; i++) {
				for (int j = 0; j < 20; j++) {
					matrix[i][j] = factor * u[i] * u[j];
				}
			}
			assertThat(check(matrix)[0] / factor).isCloseTo(dot(u, u), within(1e-10));
		}
	}

}
