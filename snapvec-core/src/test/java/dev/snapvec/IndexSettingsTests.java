package dev.snapvec;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What an index is set to do, across a file.
 */
class IndexSettingsTests {

	@TempDir
	Path directory;

	private final float[][] vectors = TestVectors.random(1, 200, 24);

	private VectorIndex filled(VectorIndex index) {
		if (index instanceof TrainableIndex trainable) {
			trainable.fit(this.vectors);
		}
		index.addAll(TestVectors.ids("id", this.vectors.length), this.vectors);
		return index;
	}

	private VectorIndex saveAndLoad(VectorIndex index, LoadOptions options) {
		Path file = this.directory.resolve("index");
		index.save(file);
		return VectorIndex.load(file, options);
	}

	private static List<Hit> search(VectorIndex index) {
		return index.search(TestVectors.random(2, 1, 24)[0], 10);
	}

	static List<IndexBuilder<?>> builders() {
		return List.of(SnapIndex.builder(24), ResidualSnapIndex.builder(24),
				PqSnapIndex.builder(24).subspaces(6).centroids(16),
				IvfPqSnapIndex.builder(24).nlist(8).nprobe(8).subspaces(6).centroids(16));
	}

	private static VectorIndex build(IndexBuilder<?> builder) {
		if (builder instanceof SnapIndex.Builder snap) {
			return snap.build();
		}
		if (builder instanceof ResidualSnapIndex.Builder residual) {
			return residual.build();
		}
		return (builder instanceof PqSnapIndex.Builder pq) ? pq.build() : ((IvfPqSnapIndex.Builder) builder).build();
	}

	@ParameterizedTest
	@MethodSource("builders")
	void similarityAndCorrectionSurvive(IndexBuilder<?> builder) {
		List<Hit> defaults = search(filled(build(builder)));
		VectorIndex uncorrected = filled(build(builder.correctedScores(false)));
		assertThat(search(uncorrected)).isNotEqualTo(defaults);
		assertThat(search(saveAndLoad(uncorrected, LoadOptions.defaults()))).isEqualTo(search(uncorrected));
		VectorIndex dot = filled(build(builder.correctedScores(true).similarity(Similarity.DOT_PRODUCT)));
		assertThat(search(dot)).isNotEqualTo(defaults);
		assertThat(search(saveAndLoad(dot, LoadOptions.defaults()))).isEqualTo(search(dot));
		assertThat(dot.attributes()).isEmpty();
		assertThat(saveAndLoad(dot, LoadOptions.defaults()).attributes()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("builders")
	void loadOptionsOverrideWhatWasSaved(IndexBuilder<?> builder) {
		List<Hit> defaults = search(filled(build(builder)));
		VectorIndex other = filled(build(builder.correctedScores(false).similarity(Similarity.DOT_PRODUCT)));
		assertThat(
				search(saveAndLoad(other, LoadOptions.defaults().similarity(Similarity.COSINE).correctedScores(true))))
			.isEqualTo(defaults);
	}

	@Test
	void dotProductIsTheCosineTimesTheLength() {
		Map<String, Float> cosines = new HashMap<>();
		filled(SnapIndex.builder(24).build()).search(this.vectors[0], 200)
			.forEach((hit) -> cosines.put(hit.id(), hit.score()));
		for (Hit hit : filled(SnapIndex.builder(24).similarity(Similarity.DOT_PRODUCT).build()).search(this.vectors[0],
				200)) {
			float length = TestVectors.length(this.vectors[Integer.parseInt(hit.id().substring(3))]);
			assertThat(hit.score()).isCloseTo(cosines.get(hit.id()) * length, Offset.offset(1e-4f));
		}
	}

	private VectorIndex filledWithNprobe3AndRerank17() {
		return filled(IvfPqSnapIndex.builder(24)
			.nlist(10)
			.nprobe(3)
			.subspaces(6)
			.centroids(16)
			.keepFullPrecision(true)
			.rerank(17)
			.build());
	}

	@Test
	void nprobeAndRerankSurvive() {
		VectorIndex index = filledWithNprobe3AndRerank17();
		VectorIndex loaded = saveAndLoad(index, LoadOptions.defaults());
		assertThat(loaded.stats().parameters()).containsEntry("nprobe", 3).containsEntry("rerank", 17);
		assertThat(search(loaded)).isEqualTo(search(index));
		VectorIndex none = filled(IvfPqSnapIndex.builder(24)
			.nlist(10)
			.subspaces(6)
			.keepFullPrecision(true)
			.centroids(16)
			.rerank(0)
			.build());
		assertThat(saveAndLoad(none, LoadOptions.defaults()).stats().parameters()).containsEntry("nprobe", 1)
			.containsEntry("rerank", 0);
		VectorIndex residual = filled(ResidualSnapIndex.builder(24).rerank(25).build());
		assertThat(saveAndLoad(residual, LoadOptions.defaults()).stats().parameters()).containsEntry("rerank", 25);
	}

	@Test
	void loadOptionsOverrideNprobeAndRerank() {
		VectorIndex index = filledWithNprobe3AndRerank17();
		VectorIndex loaded = saveAndLoad(index, LoadOptions.defaults().nprobe(10).rerank(0));
		assertThat(loaded.stats().parameters()).containsEntry("nprobe", 10).containsEntry("rerank", 0);
		SearchRequest request = SearchRequest.of(this.vectors[0]).topK(10).nprobe(10).rerank(0).build();
		assertThat(loaded.search(this.vectors[0], 10)).isEqualTo(index.search(request));
		assertThat(saveAndLoad(loaded, LoadOptions.defaults()).stats().parameters()).containsEntry("nprobe", 10)
			.containsEntry("rerank", 0);
		assertThat(saveAndLoad(index, LoadOptions.defaults().nprobe(4)).stats().parameters()).containsEntry("nprobe", 4)
			.containsEntry("rerank", 17);
		VectorIndex residual = filled(ResidualSnapIndex.builder(24).build());
		assertThat(saveAndLoad(residual, LoadOptions.defaults().rerank(30)).stats().parameters())
			.containsEntry("rerank", 30);
	}

	@Test
	void loadOptionsThatDoNotFitAreRefused() {
		LoadOptions options = LoadOptions.defaults();
		assertThatIllegalArgumentException().isThrownBy(() -> options.nprobe(0))
			.withMessageContaining("nprobe must be at least 1, but was 0");
		assertThatIllegalArgumentException().isThrownBy(() -> options.rerank(-1))
			.withMessageContaining("rerank must be at least 0, but was -1");
		VectorIndex lists = filled(IvfPqSnapIndex.builder(24).nlist(10).subspaces(6).centroids(16).build());
		assertRefused(lists, options.nprobe(11), "nprobe must be 1 to 10, the nlist, but was 11");
		assertRefused(lists, options.rerank(5), "without keepFullPrecision");
		assertThat(saveAndLoad(lists, options.rerank(0)).size()).isEqualTo(lists.size());
		assertRefused(filled(ResidualSnapIndex.builder(24).build()), options.nprobe(1), "ResidualSnapIndex");
		VectorIndex pq = filled(PqSnapIndex.builder(24).subspaces(6).centroids(16).build());
		assertRefused(pq, options.nprobe(1), "PqSnapIndex has no inverted lists");
		assertRefused(pq, options.rerank(1), "PqSnapIndex does not support rerank");
		VectorIndex snap = filled(SnapIndex.builder(24).build());
		assertRefused(snap, options.nprobe(1), "SnapIndex has no inverted lists");
		assertRefused(snap, options.rerank(1), "SnapIndex does not support rerank");
	}

	private void assertRefused(VectorIndex index, LoadOptions options, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> saveAndLoad(index, options))
			.withMessageContaining(reason);
	}

	@Test
	void whatIsNotSaidIsTheDefaultOfTheIndex() {
		VectorIndex index = filledWithNprobe3AndRerank17();
		float[] query = TestVectors.random(2, 1, 24)[0];
		assertThat(index.search(SearchRequest.of(query).nprobe(3).rerank(17).build())).isEqualTo(search(index));
		assertThat(index.search(SearchRequest.of(query).topK(200).nprobe(10).build())).hasSize(200);
		assertThat(index.search(SearchRequest.of(query).topK(200).nprobe(1).build())).hasSizeBetween(1, 199);
	}

	@Test
	void settingsAreNoAttributesOfTheUser() {
		VectorIndex index = SnapIndex.builder(24).correctedScores(false).attribute("model", "m").build();
		assertThat(saveAndLoad(index, LoadOptions.defaults()).attributes()).isEqualTo(Map.of("model", "m"));
		assertThatIllegalArgumentException().isThrownBy(() -> index.attributes(Map.of("snapvec.similarity", "x")))
			.withMessageContaining("snapvec.similarity");
		assertThat(index.attributes()).isEqualTo(Map.of("model", "m"));
		assertThatIllegalArgumentException().isThrownBy(() -> index.attributes(Map.of("n".repeat(65_536), "x")))
			.withMessageContaining("65536")
			.withMessageContaining("65535");
	}

}
