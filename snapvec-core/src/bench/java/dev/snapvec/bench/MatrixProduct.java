package dev.snapvec.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A product of float matrices, kept in registers four rows by four vectors at a time: a
 * measure of the processor, used by no index.
 */
final class MatrixProduct {

	/** Rows and columns of each matrix. */
	static final int SIZE = 512;

	private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

	private static final int LANES = SPECIES.length();

	private static final int PANEL = 4 * LANES;

	private final float[] left = new float[SIZE * SIZE];

	/** In panels of columns, each row by row. */
	private final float[] right = new float[SIZE * SIZE];

	private final float[] product = new float[SIZE * SIZE];

	MatrixProduct() {
		for (int i = 0; i < SIZE * SIZE; i++) {
			this.left[i] = (i % 7) - 3;
			this.right[i] = (i % 5) - 2;
		}
	}

	static long operations() {
		return 2L * SIZE * SIZE * SIZE;
	}

	void multiply() {
		for (int column = 0; column < SIZE; column += PANEL) {
			for (int row = 0; row < SIZE; row += 4) {
				tile(this.left, row * SIZE, this.right, column * SIZE, this.product, row * SIZE + column);
			}
		}
	}

	private static void tile(float[] left, int leftStart, float[] right, int rightStart, float[] out, int outStart) {
		FloatVector c00 = FloatVector.zero(SPECIES);
		FloatVector c01 = c00;
		FloatVector c02 = c00;
		FloatVector c03 = c00;
		FloatVector c10 = c00;
		FloatVector c11 = c00;
		FloatVector c12 = c00;
		FloatVector c13 = c00;
		FloatVector c20 = c00;
		FloatVector c21 = c00;
		FloatVector c22 = c00;
		FloatVector c23 = c00;
		FloatVector c30 = c00;
		FloatVector c31 = c00;
		FloatVector c32 = c00;
		FloatVector c33 = c00;
		for (int k = 0; k < SIZE; k++) {
			int at = rightStart + k * PANEL;
			FloatVector b0 = FloatVector.fromArray(SPECIES, right, at);
			FloatVector b1 = FloatVector.fromArray(SPECIES, right, at + LANES);
			FloatVector b2 = FloatVector.fromArray(SPECIES, right, at + 2 * LANES);
			FloatVector b3 = FloatVector.fromArray(SPECIES, right, at + 3 * LANES);
			FloatVector a = FloatVector.broadcast(SPECIES, left[leftStart + k]);
			c00 = a.fma(b0, c00);
			c01 = a.fma(b1, c01);
			c02 = a.fma(b2, c02);
			c03 = a.fma(b3, c03);
			a = FloatVector.broadcast(SPECIES, left[leftStart + SIZE + k]);
			c10 = a.fma(b0, c10);
			c11 = a.fma(b1, c11);
			c12 = a.fma(b2, c12);
			c13 = a.fma(b3, c13);
			a = FloatVector.broadcast(SPECIES, left[leftStart + 2 * SIZE + k]);
			c20 = a.fma(b0, c20);
			c21 = a.fma(b1, c21);
			c22 = a.fma(b2, c22);
			c23 = a.fma(b3, c23);
			a = FloatVector.broadcast(SPECIES, left[leftStart + 3 * SIZE + k]);
			c30 = a.fma(b0, c30);
			c31 = a.fma(b1, c31);
			c32 = a.fma(b2, c32);
			c33 = a.fma(b3, c33);
		}
		store(c00, c01, c02, c03, out, outStart);
		store(c10, c11, c12, c13, out, outStart + SIZE);
		store(c20, c21, c22, c23, out, outStart + 2 * SIZE);
		store(c30, c31, c32, c33, out, outStart + 3 * SIZE);
	}

	private static void store(FloatVector c0, FloatVector c1, FloatVector c2, FloatVector c3, float[] out, int at) {
		c0.intoArray(out, at);
		c1.intoArray(out, at + LANES);
		c2.intoArray(out, at + 2 * LANES);
		c3.intoArray(out, at + 3 * LANES);
	}

	float checksum() {
		float sum = 0;
		for (float value : this.product) {
			sum += value;
		}
		return sum;
	}

}
