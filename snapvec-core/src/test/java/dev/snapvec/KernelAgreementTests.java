package dev.snapvec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

import dev.snapvec.internal.scan.Kernels;
import dev.snapvec.store.ChildJvm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What README says of both kernels: training, files and scores are the same to the last
 * bit. Each kernel runs in a process of its own, as the first one is chosen for good.
 */
class KernelAgreementTests {

	/** So few that a search with rerank scores all of them again. */
	private static final int ROWS = 90;

	private static List<IndexCase> cases() {
		return IndexCase.all()
			.stream()
			.filter((kind) -> kind.name().contains("pq") || kind.name().contains("useProd")
					|| IndexCase.types().stream().anyMatch((type) -> type.name().equals(kind.name())))
			.toList();
	}

	@Test
	void trainingFilesAndScoresAreTheSameByBothKernels() throws Exception {
		List<String> vector = answers("vector");
		assumeThat(vector).as("no vectors of 512 bits").isNotEmpty();
		assertThat(answers("scalar")).hasSize(cases().size()).isEqualTo(vector);
	}

	private static List<String> answers(String kernel) throws IOException, InterruptedException {
		Process process = ChildJvm
			.with("--add-modules", "jdk.incubator.vector", "-Dsnapvec.kernel=" + kernel, Answers.class.getName())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		boolean ran = process.waitFor() == 0;
		assertThat(ran || kernel.equals("vector")).isTrue();
		return ran ? output.lines().toList() : List.of();
	}

	/** Prints checksums of what the kernel in use makes of each case. */
	static final class Answers {

		private Answers() {
		}

		public static void main(String[] arguments) {
			if (!Kernels.CURRENT.name().startsWith(System.getProperty("snapvec.kernel"))) {
				throw new IllegalStateException(Kernels.CURRENT.name());
			}
			for (IndexCase kind : cases()) {
				VectorIndex index = kind.filled("id", 1, ROWS);
				List<List<Hit>> hits = new ArrayList<>();
				for (float[] query : kind.vectors(2, 5)) {
					SearchRequest.Builder request = SearchRequest.of(query);
					hits.add(index.search(request.topK(10).build()));
					hits.add(index.search(request.topK(10).among(IdFilter.of("id-3", "id-99")).build()));
				}
				List<String> vectors = TestVectors.ids("id", ROWS)
					.stream()
					.map((id) -> Arrays.toString(index.vector(id).orElseThrow()))
					.toList();
				System.out.printf(Locale.ROOT, "%s: file %x, hits %x, vectors %x%n", kind,
						checksum(IndexCase.savedBytes(index)),
						checksum(hits.toString().getBytes(StandardCharsets.UTF_8)),
						checksum(vectors.toString().getBytes(StandardCharsets.UTF_8)));
			}
		}

		private static long checksum(byte[] bytes) {
			CRC32 checksum = new CRC32();
			checksum.update(bytes);
			return checksum.getValue();
		}

	}

}
