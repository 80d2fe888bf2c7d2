package dev.snapvec.internal.quantize;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, largest eigenvalue first.
 * Householder reflections make the matrix tridiagonal, then QL steps with implicit shifts
 * make it diagonal. Immutable. See docs/adr/0002-eigenvectors.md.
 * <p>
 * G. H. Golub and C. F. Van Loan, <i>Matrix Computations</i> (4th ed., 2013), sections
 * 8.3.1 and 8.3.3.
 */
final class SymmetricEigen {

	private static final int MAX_STEPS = 100;

	private final double[] values;

	private final double[][] vectors;

	private SymmetricEigen(double[] values, double[][] vectors) {
		this.values = values;
		this.vectors = vectors;
	}

	/**
	 * @param matrix a symmetric matrix, which is overwritten
	 * @return its decomposition
	 */
	static SymmetricEigen of(double[][] matrix) {
		int n = matrix.length;
		double[][] reflections = new double[n][];
		double[] diagonal = new double[n];
		double[] beside = new double[n];
		for (int k = 0; k < n; k++) {
			diagonal[k] = matrix[k][k];
			if (k < n - 1) {
				reflections[k] = reflect(matrix, k);
				beside[k] = matrix[k + 1][k];
			}
		}
		double[][] rows = product(reflections, n);
		diagonalize(diagonal, beside, rows);
		Integer[] order = new Integer[n];
		Arrays.setAll(order, (i) -> i);
		Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -diagonal[i]));
		double[] values = new double[n];
		double[][] vectors = new double[n][];
		for (int i = 0; i < n; i++) {
			values[i] = diagonal[order[i]];
			vectors[i] = rows[order[i]];
		}
		return new SymmetricEigen(values, vectors);
	}

	double value(int i) {
		return this.values[i];
	}

	double[] vector(int i) {
		return this.vectors[i];
	}

	/**
	 * Applies the reflection that clears column k below its first subdiagonal entry, from
	 * both sides, and returns its unit vector, whose entries up to k are zero.
	 */
	private static double[] reflect(double[][] matrix, int k) {
		int n = matrix.length;
		double[] v = new double[n];
		double square = 0;
		for (int i = k + 1; i < n; i++) {
			v[i] = matrix[i][k];
			square += v[i] * v[i];
		}
		double length = Math.copySign(Math.sqrt(square), v[k + 1]);
		double rest = square - v[k + 1] * v[k + 1];
		if (rest <= 0) {
			return new double[n]; // nothing to clear
		}
		v[k + 1] += length;
		double norm = Math.sqrt(rest + v[k + 1] * v[k + 1]);
		for (int i = k + 1; i < n; i++) {
			v[i] /= norm;
		}
		double[] w = new double[n];
		double vw = 0;
		for (int i = k + 1; i < n; i++) {
			double sum = 0;
			double[] row = matrix[i];
			for (int j = k + 1; j < n; j++) {
				sum += row[j] * v[j];
			}
			w[i] = 2 * sum;
			vw += v[i] * w[i];
		}
		for (int i = k + 1; i < n; i++) {
			w[i] -= vw * v[i];
		}
		for (int i = k + 1; i < n; i++) {
			double[] row = matrix[i];
			for (int j = k + 1; j < n; j++) {
				row[j] -= v[i] * w[j] + w[i] * v[j];
			}
		}
		matrix[k + 1][k] = -length;
		return v;
	}

	/** The product of the reflections, transposed. */
	private static double[][] product(double[][] reflections, int n) {
		double[][] rows = new double[n][n];
		for (int i = 0; i < n; i++) {
			rows[i][i] = 1;
		}
		for (int k = n - 2; k >= 0; k--) {
			double[] v = reflections[k];
			for (int i = k + 1; i < n; i++) {
				double[] row = rows[i];
				double dot = 0;
				for (int j = k + 1; j < n; j++) {
					dot += row[j] * v[j];
				}
				for (int j = k + 1; j < n; j++) {
					row[j] -= 2 * dot * v[j];
				}
			}
		}
		return rows;
	}

	/**
	 * Rotates pairs of neighbouring rows until everything beside the diagonal is
	 * negligible.
	 */
	private static void diagonalize(double[] diagonal, double[] beside, double[][] rows) {
		int n = diagonal.length;
		for (int first = 0; first < n; first++) {
			for (int step = 0; true; step++) {
				int last = first;
				while (last < n - 1 && !isNegligible(beside[last], diagonal[last], diagonal[last + 1])) {
					last++;
				}
				if (last == first) {
					break;
				}
				if (step == MAX_STEPS) {
					throw new ArithmeticException(String.format(Locale.ROOT, "eigenvalue %d did not converge", first));
				}
				qlStep(diagonal, beside, rows, first, last);
			}
		}
	}

	private static boolean isNegligible(double value, double neighbour, double other) {
		double scale = Math.abs(neighbour) + Math.abs(other);
		return scale + Math.abs(value) == scale;
	}

	private static void qlStep(double[] diagonal, double[] beside, double[][] rows, int first, int last) {
		double p = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first]);
		double r = Math.hypot(p, 1);
		double shifted = diagonal[last] - diagonal[first] + beside[first] / (p + Math.copySign(r, p));
		double sine = 1;
		double cosine = 1;
		double moved = 0;
		for (int i = last - 1; i >= first; i--) {
			double f = sine * beside[i];
			double b = cosine * beside[i];
			r = Math.hypot(f, shifted);
			beside[i + 1] = r;
			if (r == 0) {
				diagonal[i + 1] -= moved;
				beside[last] = 0;
				return;
			}
			sine = f / r;
			cosine = shifted / r;
			double g = diagonal[i + 1] - moved;
			double t = (diagonal[i] - g) * sine + 2 * cosine * b;
			moved = sine * t;
			diagonal[i + 1] = g + moved;
			shifted = cosine * t - b;
			rotate(rows[i], rows[i + 1], sine, cosine);
		}
		diagonal[first] -= moved;
		beside[first] = shifted;
		beside[last] = 0;
	}

	private static void rotate(double[] row, double[] next, double sine, double cosine) {
		for (int j = 0; j < row.length; j++) {
			double x = next[j];
			next[j] = sine * row[j] + cosine * x;
			row[j] = cosine * row[j] - sine * x;
		}
	}

}
