package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;
import java.util.Locale;

import dev.snapvec.IvfPqSnapIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.definition.IndexTrait;

/**
 * Makes indexes of the type {@link IndexType#IVF_PQ}.
 */
class IvfPqSnapIndexFactory extends IndexFactory<IvfPqSnapIndex.Builder> {

	private static final int NLIST = 256;

	@Override
	IvfPqSnapIndex.Builder begin(int dimension) {
		return IvfPqSnapIndex.builder(dimension);
	}

	@Override
	void configure(IvfPqSnapIndex.Builder builder, InheritedSettings settings) {
		settings.throwIfBoth(TypeProperty.RHT, TypeProperty.OPQ);
		settings.find(TypeProperty.NLIST).ifSet((nlist) -> builder.nlist(nlist));
		settings.find(TypeProperty.NPROBE).ifSet((nprobe) -> builder.nprobe(nprobe));
		settings.find(TypeProperty.SUBSPACES).ifSet((subspaces) -> builder.subspaces(subspaces));
		settings.find(TypeProperty.CENTROIDS).ifSet((centroids) -> builder.centroids(centroids));
		settings.find(TypeProperty.RHT).ifSet((rht) -> builder.rht(rht));
		settings.find(TypeProperty.OPQ).ifSet((opq) -> builder.opq(opq));
		settings.find(TypeProperty.KEEP_FULL_PRECISION).ifSet((keep) -> builder.keepFullPrecision(keep));
		settings.find(TypeProperty.RERANK).ifSet((rerank) -> builder.rerank(rerank));
		requireSearchable(settings);
	}

	/** The builder would refuse it too, but not say which property it was. */
	private static void requireSearchable(InheritedSettings settings) {
		int nlist = settings.find(TypeProperty.NLIST).orElse(NLIST);
		Setting<Integer> nprobe = settings.find(TypeProperty.NPROBE);
		int lists = nprobe.orElse(1);
		nprobe.require(lists >= 1 && lists <= nlist,
				String.format(Locale.ROOT, "nprobe is %d, possible are 1 to %d, the nlist", lists, nlist));
		Setting<Integer> rerank = settings.find(TypeProperty.RERANK);
		boolean fullPrecision = settings.find(TypeProperty.KEEP_FULL_PRECISION).orElse(false);
		int rows = rerank.orElse(0);
		rerank.require(fullPrecision || rows == 0, String.format(Locale.ROOT,
				"rerank is %d, but without keep-full-precision there is nothing to score with", rows));
	}

	@Override
	VectorIndex build(IvfPqSnapIndex.Builder builder, InheritedSettings settings) {
		return settings.find(TypeProperty.SUBSPACES).check(builder::build);
	}

	@Override
	List<TypeProperty<?>> properties() {
		return List.of(TypeProperty.NLIST, TypeProperty.NPROBE, TypeProperty.SUBSPACES, TypeProperty.CENTROIDS,
				TypeProperty.RHT, TypeProperty.OPQ, TypeProperty.KEEP_FULL_PRECISION, TypeProperty.RERANK);
	}

	@Override
	List<IndexTrait> traits() {
		return List.of(IndexTrait.parameter("nlist", "nlist"), IndexTrait.parameter("subspaces", "subspaces"),
				IndexTrait.parameter("centroids", "centroids"), IndexTrait.parameter("rht", "rht"),
				IndexTrait.parameter("opq", "opq"), IndexTrait.parameter("keep-full-precision", "keepFullPrecision"));
	}

}
