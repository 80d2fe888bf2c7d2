package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;

import dev.snapvec.IvfPqSnapIndex;
import dev.snapvec.PqSnapIndex;
import dev.snapvec.ResidualSnapIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.spring.boot.autoconfigure.IndexFactory.Own;

/**
 * Types of indexes that can be configured.
 *
 * @since 0.1.0
 */
public enum IndexType {

	/**
	 * No training; a random rotation and 2 to 4 bits per coordinate.
	 */
	SNAP(new IndexFactory<>(SnapIndex::builder,
			List.of(new Own<>(TypeProperty.BITS, SnapIndex.Builder::bits),
					new Own<>(TypeProperty.USE_PROD, SnapIndex.Builder::useProd)))),

	/**
	 * No training; 4 to 8 bits per coordinate in two stages. The most accurate.
	 */
	RESIDUAL(new IndexFactory<>(ResidualSnapIndex::builder,
			List.of(new Own<>(TypeProperty.COARSE_BITS, ResidualSnapIndex.Builder::coarseBits),
					new Own<>(TypeProperty.RESIDUAL_BITS, ResidualSnapIndex.Builder::residualBits),
					new Own<>(TypeProperty.RERANK, ResidualSnapIndex.Builder::rerank)))),

	/**
	 * Codes are trained on a sample. The smallest.
	 */
	PQ(new IndexFactory<>(PqSnapIndex::builder,
			List.of(new Own<>(TypeProperty.SUBSPACES, PqSnapIndex.Builder::subspaces),
					new Own<>(TypeProperty.CENTROIDS, PqSnapIndex.Builder::centroids),
					new Own<>(TypeProperty.RHT, PqSnapIndex.Builder::rht),
					new Own<>(TypeProperty.OPQ, PqSnapIndex.Builder::opq)))),

	/**
	 * Codes and inverted lists are trained on a sample, and a search probes some of the
	 * lists. The fastest.
	 */
	IVF_PQ(new IndexFactory<>(IvfPqSnapIndex::builder,
			List.of(new Own<>(TypeProperty.NLIST, IvfPqSnapIndex.Builder::nlist),
					new Own<>(TypeProperty.NPROBE, IvfPqSnapIndex.Builder::nprobe),
					new Own<>(TypeProperty.SUBSPACES, IvfPqSnapIndex.Builder::subspaces),
					new Own<>(TypeProperty.CENTROIDS, IvfPqSnapIndex.Builder::centroids),
					new Own<>(TypeProperty.RHT, IvfPqSnapIndex.Builder::rht),
					new Own<>(TypeProperty.OPQ, IvfPqSnapIndex.Builder::opq),
					new Own<>(TypeProperty.KEEP_FULL_PRECISION, IvfPqSnapIndex.Builder::keepFullPrecision),
					new Own<>(TypeProperty.RERANK, IvfPqSnapIndex.Builder::rerank))));

	private final IndexFactory<?> factory;

	IndexType(IndexFactory<?> factory) {
		this.factory = factory;
	}

	IndexFactory<?> factory() {
		return this.factory;
	}

	/** The value as it is written in the properties. */
	String value() {
		return dev.snapvec.IndexType.valueOf(name()).toString();
	}

}
