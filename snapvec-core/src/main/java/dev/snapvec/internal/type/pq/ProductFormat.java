package dev.snapvec.internal.type.pq;

import java.io.IOException;
import java.util.Locale;

import dev.snapvec.CommonSpec;
import dev.snapvec.ProductSpec;
import dev.snapvec.internal.file.ByteCodes;
import dev.snapvec.internal.file.FileSink;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.FloatMatrix;
import dev.snapvec.internal.file.MalformedFileException;
import dev.snapvec.internal.file.RotationCheck;
import dev.snapvec.internal.quantize.Codebooks;
import dev.snapvec.internal.quantize.Transform;

/**
 * The file format of a product quantizer.
 *
 * @param common the settings that all types have
 * @param product the product quantizer
 */
public record ProductFormat(CommonSpec common, ProductSpec product) {

	/**
	 * @return coordinates of a transformed vector
	 */
	public int length() {
		return this.product.transformedDimension(this.common.dimension());
	}

	/**
	 * @return coordinates per subspace
	 */
	public int width() {
		return length() / this.product.subspaces();
	}

	/**
	 * Checks header fields that are redundant, because they follow from the spec.
	 * @param length dimension of transformed vectors
	 * @param width coordinates per subspace
	 * @throws MalformedFileException if one contradicts the spec
	 */
	public void check(int length, int width) throws MalformedFileException {
		if (length != length()) {
			throw new MalformedFileException(String.format(Locale.ROOT,
					"its header says transformed vectors have %d coordinates, but they have %d", length, length()));
		}
		if (width != width()) {
			throw new MalformedFileException(
					String.format(Locale.ROOT, "its header says %d subspaces of %d coordinates, but vectors have %d",
							this.product.subspaces(), width, length));
		}
	}

	/**
	 * @return size of codebooks and rotation in bytes
	 */
	public long bytes() {
		long length = length();
		return (this.product.centroids() * length + (this.product.opq() ? length * length : 0)) * Float.BYTES;
	}

	public ByteCodes codes() {
		return new ByteCodes(this.product.subspaces(), this.product.centroids());
	}

	public Codebooks readCodebooks(FileSource source) throws IOException {
		return new Codebooks(this.product.subspaces(), this.product.centroids(), width(),
				FloatMatrix.read(source, this.product.centroids(), length(), "codebooks"));
	}

	public Transform readTransform(FileSource source) throws IOException {
		if (!this.product.opq()) {
			return ProductTraining.transform(this.common, this.product);
		}
		float[] rotation = FloatMatrix.read(source, length(), length(), "rotation");
		RotationCheck.require(rotation, length());
		return Transform.rotation(length(), rotation);
	}

	public void write(FileSink sink, Codebooks codebooks, Transform transform) throws IOException {
		sink.floats(codebooks.values(), codebooks.values().length);
		float[] rotation = transform.rotation();
		if (rotation != null) {
			sink.floats(rotation, rotation.length);
		}
	}

}
