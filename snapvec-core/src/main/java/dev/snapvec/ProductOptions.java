package dev.snapvec;

import java.util.Map;
import java.util.StringJoiner;

import dev.snapvec.internal.file.ProductHeader;
import dev.snapvec.internal.quantize.Training;
import dev.snapvec.internal.quantize.Transform;
import org.jspecify.annotations.Nullable;

/**
 * A product quantizer's options.
 *
 * @param length length of the transformed vectors
 * @param subspaces M
 * @param centroids K
 * @param rht whether vectors are rotated at random first
 * @param opq whether by a learned rotation
 */
record ProductOptions(int length, int subspaces, int centroids, boolean rht, boolean opq) {

	static ProductOptions of(ProductHeader header) {
		return new ProductOptions(header.length(), header.subspaces(), header.centroids(), header.hadamard(),
				header.rotated());
	}

	ProductHeader header(IndexSettings settings) {
		return new ProductHeader(settings.dimension(), this.length, this.subspaces, this.centroids,
				settings.normalized(), this.rht, this.opq);
	}

	/** The transform that a file's rotation or the seed gives. */
	Transform transform(IndexSettings settings, float @Nullable [] rotation) {
		if (this.rht) {
			return Transform.hadamard(settings.dimension(), settings.seed());
		}
		return (rotation != null) ? Transform.rotation(this.length, rotation) : Transform.none(this.length);
	}

	Transform learnTransform(IndexSettings settings, float[][] sample, Training training) {
		return this.opq ? training.rotation(sample, this.subspaces) : transform(settings, null);
	}

	void putInto(Map<String, Object> parameters) {
		parameters.put("subspaces", this.subspaces);
		parameters.put("centroids", this.centroids);
		parameters.put("rht", this.rht);
		parameters.put("opq", this.opq);
	}

	/** Divisors of a number, the largest ones if they are many. */
	static String someDivisors(int number) {
		StringJoiner divisors = new StringJoiner(", ", "possible are ", "");
		for (int width = 1; width <= number; width++) {
			if (number % width == 0) {
				divisors.add(Integer.toString(number / width));
			}
		}
		return divisors.toString();
	}

}
