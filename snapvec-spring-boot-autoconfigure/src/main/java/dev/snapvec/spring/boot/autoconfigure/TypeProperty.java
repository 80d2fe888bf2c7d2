package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A property that only some types of index have.
 *
 * @param <T> the type of its value
 * @param key its key, below that of the index
 * @param value returns its value; null if it is not set
 */
record TypeProperty<T>(String key, Function<IndexProperties, @Nullable T> value) {

	static final TypeProperty<Integer> BITS = new TypeProperty<>("bits", IndexProperties::getBits);

	static final TypeProperty<Boolean> USE_PROD = new TypeProperty<>("use-prod", IndexProperties::getUseProd);

	static final TypeProperty<Integer> COARSE_BITS = new TypeProperty<>("coarse-bits", IndexProperties::getCoarseBits);

	static final TypeProperty<Integer> RESIDUAL_BITS = new TypeProperty<>("residual-bits",
			IndexProperties::getResidualBits);

	static final TypeProperty<Integer> SUBSPACES = new TypeProperty<>("subspaces", IndexProperties::getSubspaces);

	static final TypeProperty<Integer> CENTROIDS = new TypeProperty<>("centroids", IndexProperties::getCentroids);

	static final TypeProperty<Boolean> RHT = new TypeProperty<>("rht", IndexProperties::getRht);

	static final TypeProperty<Boolean> OPQ = new TypeProperty<>("opq", IndexProperties::getOpq);

	static final TypeProperty<Integer> NLIST = new TypeProperty<>("nlist", IndexProperties::getNlist);

	static final TypeProperty<Integer> NPROBE = new TypeProperty<>("nprobe", IndexProperties::getNprobe);

	static final TypeProperty<Boolean> KEEP_FULL_PRECISION = new TypeProperty<>("keep-full-precision",
			IndexProperties::getKeepFullPrecision);

	static final TypeProperty<Integer> RERANK = new TypeProperty<>("rerank", IndexProperties::getRerank);

	static final List<TypeProperty<?>> ALL = List.of(BITS, USE_PROD, COARSE_BITS, RESIDUAL_BITS, SUBSPACES, CENTROIDS,
			RHT, OPQ, NLIST, NPROBE, KEEP_FULL_PRECISION, RERANK);

}
