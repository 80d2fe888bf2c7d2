package dev.snapvec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Loading with executors that help, do not, or refuse to.
 */
class LoadTests {

	@TempDir
	private Path directory;

	static Stream<Arguments> typesAndExecutors() {
		Executor atOnce = Runnable::run;
		Executor never = (task) -> {
		};
		Executor refusing = (task) -> {
			throw new RejectedExecutionException("full");
		};
		Executor threads = (task) -> new Thread(task).start();
		return IndexCase.types()
			.stream()
			.flatMap((kind) -> Stream.of(atOnce, never, refusing, threads)
				.map((executor) -> Arguments.of(kind, executor)));
	}

	private Path saved(VectorIndex index) {
		Path file = this.directory.resolve("index");
		index.save(file);
		return file;
	}

	@ParameterizedTest
	@MethodSource("typesAndExecutors")
	void loadsWhateverItsExecutorDoes(IndexCase kind, Executor executor) {
		VectorIndex index = kind.filled("id", 1, 1000);
		VectorIndex loaded = VectorIndex.load(saved(index), LoadOptions.defaults().executor(executor));
		float[] query = kind.vector(2);
		assertThat(loaded.search(query, 20)).isEqualTo(index.search(query, 20));
	}

	@ParameterizedTest
	@ValueSource(ints = { 16, 64, 256 })
	void columnsOfMoreRowsThanAreReadAtOnceComeBack(int centroids) {
		IvfPqSnapIndex index = IvfPqSnapIndex.builder(6)
			.nlist(2)
			.subspaces(3)
			.centroids(centroids)
			.keepFullPrecision(true)
			.build();
		index.fit(TestVectors.random(1, 300, 6));
		index.addAll(TestVectors.ids("id", 66_000), TestVectors.random(2, 66_000, 6));
		Path file = saved(index);
		assertThat(IndexCase.savedBytes(VectorIndex.load(file))).isEqualTo(IndexCase.savedBytes(index));
	}

	@ParameterizedTest
	@MethodSource("typesAndExecutors")
	void damageOfAnyKindIsToldByTheChecksum(IndexCase kind, Executor executor) throws IOException {
		Path file = saved(kind.filled("id", 1, 1000));
		byte[] bytes = Files.readAllBytes(file);
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		for (String id : List.of("id-7", "id-999")) {
			byte[] damaged = bytes.clone();
			damaged[text.indexOf(id)] = (byte) 0xff;
			Files.write(file, damaged);
			assertThatExceptionOfType(CorruptIndexException.class)
				.isThrownBy(() -> VectorIndex.load(file, LoadOptions.defaults().executor(executor)))
				.withMessageContaining("its checksum does not match");
		}
	}

}
