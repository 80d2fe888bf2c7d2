package dev.snapvec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What files say of themselves without being loaded.
 */
class IndexFileTests {

	@TempDir
	Path directory;

	@ParameterizedTest
	@MethodSource("dev.snapvec.GoldenTests#cases")
	void aDescriptionSaysWhatLoadingGives(GoldenCase golden) {
		IndexFile file = IndexFile.describe(golden.file());
		VectorIndex index = VectorIndex.load(golden.file());
		assertThat(file.type()).isEqualTo(index.stats().type());
		assertThat(file.dimension()).isEqualTo(index.dimension());
		assertThat(file.rows()).isEqualTo(index.size());
		assertThat(file.parameters()).isEqualTo(index.stats().parameters());
		assertThat(file.version()).isEqualTo(golden.json().get("version").asInt());
		assertThat(file.bytes()).isEqualTo(golden.file().toFile().length());
		assertThat(IndexFile.verify(golden.file())).isEqualTo(file.checksummed());
	}

	@Test
	void attributesAndSettingsAreToldToo() {
		Path path = this.directory.resolve("index");
		SnapIndex.builder(3)
			.similarity(Similarity.DOT_PRODUCT)
			.correctedScores(false)
			.attribute("model", "bge")
			.build()
			.save(path);
		IndexFile file = IndexFile.describe(path);
		assertThat(file.attributes()).containsOnlyKeys("model").containsEntry("model", "bge");
		assertThat(file.parameters()).containsEntry("similarity", "dot-product")
			.containsEntry("correctedScores", false);
		assertThat(file.checksummed()).isTrue();
	}

	@Test
	void damagedRowsAreFoundByVerifyingAlone() throws IOException {
		Path path = this.directory.resolve("index");
		SnapIndex index = SnapIndex.builder(8).build();
		index.add("a", new float[] { 1, 2, 3, 4, 5, 6, 7, 8 });
		index.save(path);
		byte[] bytes = Files.readAllBytes(path);
		bytes[33] ^= 1;
		Files.write(path, bytes);
		assertThat(IndexFile.describe(path).rows()).isEqualTo(1);
		assertThatExceptionOfType(CorruptIndexException.class).isThrownBy(() -> IndexFile.verify(path))
			.withMessageContaining(path.toString())
			.withMessageContaining("its checksum does not match");
	}

}
