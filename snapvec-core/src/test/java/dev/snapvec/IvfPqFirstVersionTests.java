package dev.snapvec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of the first version of IvfPqSnapIndex, in which codes lie row by row.
 */
class IvfPqFirstVersionTests {

	private static final int DIMENSION = 18;

	private static final int HEADER = 44;

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(ints = { 16, 64, 256 })
	void isReadAsWhatTheLatestVersionHolds(int centroids) throws IOException {
		IvfPqSnapIndex index = IvfPqSnapIndex.builder(DIMENSION)
			.nlist(4)
			.nprobe(4)
			.subspaces(9)
			.centroids(centroids)
			.keepFullPrecision(true)
			.build();
		index.fit(TestVectors.random(1, 300, DIMENSION));
		index.addAll(TestVectors.ids("id", 500), TestVectors.random(2, 500, DIMENSION));
		Path path = this.directory.resolve("index");
		Files.write(path, firstVersion(IndexCase.savedBytes(index)));
		VectorIndex loaded = VectorIndex.load(path);
		float[] query = TestVectors.random(3, 1, DIMENSION)[0];
		for (int rerank : new int[] { 0, 100 }) {
			SearchRequest request = SearchRequest.of(query).topK(20).nprobe(4).rerank(rerank).build();
			assertThat(loaded.search(request)).isEqualTo(index.search(request));
		}
	}

	private static byte[] firstVersion(byte[] latest) {
		PythonFile file = PythonFile.parse(latest);
		int codes = HEADER + (file.coarse.length + file.codebooks.length) * Float.BYTES
				+ file.offsets.length * Long.BYTES;
		ByteBuffer out = ByteBuffer.allocate(latest.length * 2).order(ByteOrder.LITTLE_ENDIAN);
		out.put(latest, 0, codes).putInt(4, 1);
		for (int[] row : file.codes) {
			for (int code : row) {
				out.put((byte) code);
			}
		}
		for (float norm : file.norms) {
			out.putFloat(norm);
		}
		for (float[] vector : file.vectors) {
			for (float x : vector) {
				out.putFloat(x);
			}
		}
		for (String id : file.ids) {
			byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
			out.putShort((short) utf8.length).put(utf8);
		}
		byte[] bytes = new byte[out.position()];
		out.get(0, bytes);
		return bytes;
	}

}
