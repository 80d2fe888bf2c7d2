package dev.snapvec.internal.file;

import java.io.IOException;
import java.util.Locale;

import dev.snapvec.internal.code.Padding;
import org.jspecify.annotations.Nullable;

/**
 * What files say of a product quantizer.
 *
 * @param dimension length of the vectors
 * @param length length of the transformed vectors
 * @param subspaces M
 * @param centroids K
 * @param normalized whether vectors had length 1
 * @param hadamard whether they are transformed by a randomised Hadamard transform
 * @param rotated whether they are transformed by a learned rotation
 */
public record ProductHeader(int dimension, int length, int subspaces, int centroids, boolean normalized,
		boolean hadamard, boolean rotated) {

	/** Coordinates a subspace. */
	int width() {
		return this.length / this.subspaces;
	}

	void check(int width) throws MalformedFileException {
		int expected = this.hadamard ? Padding.padded(this.dimension) : this.dimension;
		if (this.length != expected) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"its header says transformed vectors have length %d, they have %d", this.length, expected));
		}
		if ((long) width * this.subspaces != this.length) {
			throw new MalformedFileException(
					String.format(Locale.ROOT, "its header says %d subspaces of %d coordinates, vectors have %d",
							this.subspaces, width, this.length));
		}
		if (this.hadamard && this.rotated) {
			throw new MalformedFileException("its header says both Hadamard transform and learned rotation");
		}
	}

	/** Bytes of codebooks and rotation. */
	long bytes() {
		long rotation = this.rotated ? (long) this.length * this.length : 0;
		return ((long) this.centroids * this.length + rotation) * Float.BYTES;
	}

	ByteCodes codes() {
		return new ByteCodes(this.subspaces, this.centroids);
	}

	/**
	 * @param source the file, read up to the codebooks
	 * @return M × K × width numbers
	 */
	public float[] readCodebooks(FileSource source) throws IOException {
		return FloatMatrix.read(source, this.centroids, this.length, "codebooks");
	}

	/**
	 * @param source the file, read up to the rotation
	 * @return length × length numbers, or null if there is none
	 */
	public float @Nullable [] readRotation(FileSource source) throws IOException {
		if (!this.rotated) {
			return null;
		}
		float[] rotation = FloatMatrix.read(source, this.length, this.length, "rotation");
		RotationCheck.require(rotation, this.length);
		return rotation;
	}

}
