package dev.snapvec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an index is: each setting's range, and how two of them compare.
 */
class IndexSpecTests {

	private static final CommonSpec COMMON = CommonSpec.of(24);

	private static final ProductSpec PRODUCT = ProductSpec.of(24);

	static List<IndexSpec> defaults() {
		return List.of(SnapSpec.of(24), ResidualSpec.of(24), PqSpec.of(24), IvfPqSpec.of(24));
	}

	private static void refused(String setting, String message, ThrowingCallable call) {
		assertThatExceptionOfType(InvalidSpecException.class).isThrownBy(call)
			.withMessage(message)
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo(setting));
	}

	@Test
	void everySettingIsRefusedOutsideOfItsRangeAndNamed() {
		refused("dimension", "dimension must be 1 to 65536, but was 0", () -> CommonSpec.of(0));
		refused("dimension", "dimension must be 1 to 65536, but was 65537", () -> CommonSpec.of(65_537));
		refused("seed", "seed must be 0 to 4294967295, but was -1", () -> COMMON.withSeed(-1));
		refused("seed", "seed must be 0 to 4294967295, but was 4294967296", () -> COMMON.withSeed(1L << 32));
		for (int bits : new int[] { 1, 5 }) {
			refused("bits", "bits must be 2, 3 or 4, but was " + bits, () -> new SnapSpec(COMMON, bits, false));
			refused("coarseBits", "coarseBits must be 2, 3 or 4, but was " + bits,
					() -> new ResidualSpec(COMMON, bits, 4, 0));
			refused("residualBits", "residualBits must be 2, 3 or 4, but was " + bits,
					() -> new ResidualSpec(COMMON, 4, bits, 0));
		}
		refused("rerank", "rerank must be at least 0, but was -1", () -> new ResidualSpec(COMMON, 4, 4, -1));
		refused("subspaces", "subspaces must be at least 1, but was 0", () -> new ProductSpec(0, 16, false, false));
		refused("centroids", "centroids must be 2 to 256, but was 1", () -> new ProductSpec(1, 1, false, false));
		refused("centroids", "centroids must be 2 to 256, but was 257", () -> new ProductSpec(1, 257, false, false));
		refused("nlist", "nlist must be at least 1, but was 0", () -> IvfPqSpec.of(COMMON, PRODUCT, 0, false));
		refused("nprobe", "nprobe must be 1 to 9, the nlist, but was 10",
				() -> new IvfPqSpec(COMMON, PRODUCT, 9, false, 10, 0));
		refused("nprobe", "nprobe must be 1 to 9, the nlist, but was 0",
				() -> new IvfPqSpec(COMMON, PRODUCT, 9, false, 0, 0));
		refused("rerank", "rerank must be at least 0, but was -1",
				() -> new IvfPqSpec(COMMON, PRODUCT, 9, true, 1, -1));
	}

	@Test
	void settingsThatDoNotGoTogetherAreRefused() {
		refused("useProd", "useProd spends one of the bits, so bits must be 3 or 4, but was 2",
				() -> new SnapSpec(COMMON, 2, true));
		refused("opq", "at most one of rht and opq can be true, but both are",
				() -> new ProductSpec(1, 16, true, true));
		String dimension24 = "subspaces must divide 24, the dimension of vectors"
				+ " (be one of 24, 12, 8, 6, 4, 3, 2, 1), but was 5";
		ProductSpec five = new ProductSpec(5, 16, false, false);
		refused("subspaces", dimension24, () -> new PqSpec(COMMON, five));
		refused("subspaces", dimension24, () -> IvfPqSpec.of(COMMON, five, 4, false));
		refused("subspaces",
				"subspaces must divide 32, the dimension of vectors padded by rht"
						+ " (be one of 32, 16, 8, 4, 2, 1), but was 24",
				() -> new PqSpec(COMMON, new ProductSpec(24, 16, true, false)));
		refused("rerank", "rerank must be 0 without keepFullPrecision, but was 10",
				() -> new IvfPqSpec(COMMON, PRODUCT, 9, false, 1, 10));
	}

	@ParameterizedTest
	@MethodSource("defaults")
	void specsOfTheSameSettingsAreEqual(IndexSpec spec) {
		IndexSpec same = spec.withScores(spec.common().similarity(), spec.common().correctedScores())
			.withSearch(null, null);
		assertThat(same).isEqualTo(spec).hasSameHashCodeAs(spec);
		assertThat(spec.differences(same)).isEmpty();
		assertThat(spec.withScores(Similarity.DOT_PRODUCT, true)).isNotEqualTo(spec);
		assertThat(spec.withScores(Similarity.COSINE, false)).isNotEqualTo(spec);
	}

	@ParameterizedTest
	@MethodSource("defaults")
	void whatLoadingCanChangeIsNoDifference(IndexSpec spec) {
		assertThat(spec.differences(spec.withScores(Similarity.DOT_PRODUCT, false))).isEmpty();
		if (spec.parameters().containsKey("nprobe")) {
			assertThat(spec.differences(spec.withSearch(3, 0))).isEmpty();
		}
	}

	@Test
	void differencesAreNamedInTheOrderOfTheSettings() {
		SnapSpec spec = new SnapSpec(new CommonSpec(16, 7, true, Similarity.COSINE, true), 2, false);
		assertThat(spec.differences(new SnapSpec(COMMON, 3, true))).containsExactly(
				new IndexSpec.Difference("dimension", 16, 24), new IndexSpec.Difference("seed", 7L, 0L),
				new IndexSpec.Difference("normalized", true, false), new IndexSpec.Difference("bits", 2, 3),
				new IndexSpec.Difference("useProd", false, true));
	}

	@Test
	void ofAnotherTypeOnlyTheSettingsThatBothHaveAreCompared() {
		assertThat(SnapSpec.of(24).differences(ResidualSpec.of(24)))
			.containsExactly(new IndexSpec.Difference("type", IndexType.SNAP, IndexType.RESIDUAL));
		assertThat(PqSpec.of(24).differences(IvfPqSpec.of(COMMON, new ProductSpec(6, 256, false, false), 4, false)))
			.containsExactly(new IndexSpec.Difference("type", IndexType.PQ, IndexType.IVF_PQ),
					new IndexSpec.Difference("subspaces", 12, 6));
	}

	@Test
	void everySettingOfEveryTypeIsAParameter() {
		Map<IndexType, List<String>> own = new HashMap<>();
		for (IndexSpec spec : defaults()) {
			List<String> names = List.copyOf(spec.parameters().keySet());
			assertThat(names.subList(0, 4)).containsExactly("seed", "normalized", "similarity", "correctedScores");
			own.put(spec.type(), names.subList(4, names.size()));
		}
		assertThat(own).containsEntry(IndexType.SNAP, List.of("bits", "useProd"))
			.containsEntry(IndexType.RESIDUAL, List.of("coarseBits", "residualBits", "rerank"))
			.containsEntry(IndexType.PQ, List.of("subspaces", "centroids", "rht", "opq"))
			.containsEntry(IndexType.IVF_PQ,
					List.of("nlist", "subspaces", "centroids", "rht", "opq", "keepFullPrecision", "nprobe", "rerank"))
			.hasSameSizeAs(IndexType.values());
	}

	@Test
	void defaultsOfSearchesFollowFromTheOtherSettings() {
		assertThat(IvfPqSpec.of(24).nprobe()).isEqualTo(16);
		assertThat(IvfPqSpec.of(COMMON, PRODUCT, 5, true).nprobe()).isEqualTo(1);
		assertThat(IvfPqSpec.of(COMMON, PRODUCT, 5, true).rerank()).isEqualTo(100);
		assertThat(ProductSpec.of(24).subspaces()).isEqualTo(12);
		assertThat(ProductSpec.of(25).subspaces()).isEqualTo(5);
		assertThat(ProductSpec.of(1).subspaces()).isEqualTo(1);
	}

	@Test
	void aSearchOverridesTheDefaultsOrIsRefused() {
		IvfPqSpec lists = new IvfPqSpec(COMMON, PRODUCT, 10, true, 3, 17);
		assertThat(lists.nprobe(null)).isEqualTo(3);
		assertThat(lists.nprobe(10)).isEqualTo(10);
		assertThat(lists.rerank(null, 10)).isEqualTo(17);
		assertThat(lists.rerank(null, 50)).isEqualTo(50);
		assertThat(lists.rerank(0, 50)).isZero();
		refused("nprobe", "nprobe must be 1 to 10, the nlist, but was 11", () -> lists.nprobe(11));
		refused("rerank", "rerank must be 0 or at least topK, which is 12, but was 11", () -> lists.rerank(11, 12));
		IvfPqSpec codes = IvfPqSpec.of(COMMON, PRODUCT, 10, false);
		assertThat(codes.rerank(null, 10)).isZero();
		refused("rerank", "rerank must be 0 without keepFullPrecision, but was 20", () -> codes.rerank(20, 10));
		SnapSpec snap = SnapSpec.of(24);
		assertThat(snap.nprobe(null)).isZero();
		assertThat(snap.rerank(null, 10)).isZero();
		refused("nprobe", "nprobe is 2, but SnapIndex has no inverted lists to probe; do not set it",
				() -> snap.nprobe(2));
		refused("rerank", "rerank is 20, but SnapIndex does not support rerank; do not set it",
				() -> snap.rerank(20, 10));
	}

	@Test
	void otherDefaultsOfSearchesAreChecked() {
		assertThat(ResidualSpec.of(24).withSearch(null, 30).rerank()).isEqualTo(30);
		assertThat(IvfPqSpec.of(24).withSearch(4, 0).nprobe()).isEqualTo(4);
		refused("nprobe", "nprobe must be 1 to 256, the nlist, but was 257", () -> IvfPqSpec.of(24).withSearch(257, 0));
		refused("nprobe", "nprobe is 1, but ResidualSnapIndex has no inverted lists to probe; do not set it",
				() -> ResidualSpec.of(24).withSearch(1, null));
		refused("rerank", "rerank is 0, but PqSnapIndex does not support rerank; do not set it",
				() -> PqSpec.of(24).withSearch(null, 0));
	}

	@ParameterizedTest
	@MethodSource("defaults")
	void filesHoldWhatHeaderAndAttributesTellTogether(IndexSpec spec) throws Exception {
		IndexSpec other = spec.withScores(Similarity.DOT_PRODUCT, false);
		IndexSpec searching = (other instanceof IvfPqSpec lists) ? lists.withSearch(3, 0)
				: (other instanceof ResidualSpec residual) ? residual.withSearch(null, 40) : other;
		for (TypeEntry<?> type : TypeRegistry.TYPES) {
			if (type.specs().isInstance(spec)) {
				IndexSpec inHeader = type.format(searching).inHeader();
				assertThat(inHeader).isEqualTo(spec);
				assertThat(ReservedAttributes.read(inHeader, ReservedAttributes.of(searching, inHeader)))
					.isEqualTo(searching);
				assertThat(ReservedAttributes.of(spec, inHeader)).isEmpty();
			}
		}
	}

	@Test
	void filesOfEveryTypeCanBeRead() {
		assertThat(TypeRegistry.TYPES).hasSameSizeAs(IndexType.values());
		for (IndexSpec spec : defaults()) {
			assertThat(TypeRegistry.TYPES).filteredOn((type) -> type.specs().isInstance(spec)).hasSize(1);
		}
	}

	@Test
	void typesAreNamedAsInProperties() {
		assertThat(IndexType.values()).extracting(IndexType::toString)
			.containsExactly("snap", "residual", "pq", "ivf-pq");
	}

}
