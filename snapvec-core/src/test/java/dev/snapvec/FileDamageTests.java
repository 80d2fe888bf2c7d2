package dev.snapvec;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import dev.snapvec.internal.number.Numbers;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Files that are cut off, changed, of another kind, or not there.
 */
class FileDamageTests {

	private static final int TRAILER = 8;

	/** How much at both ends of a large file is tried byte by byte. */
	private static final int ENDS = 40;

	@TempDir
	Path directory;

	/** A sound file. */
	record Sound(String name, byte[] bytes) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	static List<Sound> current() {
		List<Sound> files = new ArrayList<>();
		for (VectorIndex index : List.of(SnapIndex.builder(3).build(), SnapIndex.builder(5).bits(3).build(),
				SnapIndex.builder(4).bits(3).useProd(true).normalized(true).build(),
				ResidualSnapIndex.builder(3).build(),
				ResidualSnapIndex.builder(3).coarseBits(2).normalized(true).build(),
				PqSnapIndex.builder(4).subspaces(2).centroids(3).build(),
				PqSnapIndex.builder(3).subspaces(3).centroids(2).opq(true).normalized(true).build(),
				IvfPqSnapIndex.builder(4).nlist(3).subspaces(2).centroids(3).build(),
				IvfPqSnapIndex.builder(3).nlist(2).subspaces(2).centroids(2).rht(true).keepFullPrecision(true).build(),
				IvfPqSnapIndex.builder(3).nlist(2).subspaces(1).centroids(20).opq(true).normalized(true).build())) {
			if (index instanceof TrainableIndex trainable) {
				trainable.fit(TestVectors.unit(1, 30, index.dimension()));
			}
			String type = index.stats().parameters().toString();
			if (index.dimension() == 4 || type.contains("coarseBits=2")) {
				files.add(new Sound("empty " + type, IndexCase.savedBytes(index)));
			}
			index.addAll(List.of("a", "-17", "", "é"), TestVectors.unit(2, 4, index.dimension()));
			files.add(new Sound(type, IndexCase.savedBytes(index)));
			if (index.dimension() == 3) {
				index.attributes(Map.of("model", "m", "n", ""));
				files.add(new Sound("attributes " + type, IndexCase.savedBytes(index)));
				Numbers.of(index).renumber(List.of("-17", "é"), new long[2], new long[] { 3, 1L << 40 });
				files.add(new Sound("numbers, attributes " + type, IndexCase.savedBytes(index)));
				index.attributes(Map.of());
				files.add(new Sound("numbers " + type, IndexCase.savedBytes(index)));
			}
		}
		return files;
	}

	static List<Sound> legacy() throws IOException {
		List<Sound> files = new ArrayList<>();
		try (Stream<Path> paths = Files.list(GoldenCase.directory())) {
			for (Path path : paths.sorted().toList()) {
				String name = path.getFileName().toString();
				if (name.startsWith("legacy-v") && !name.endsWith(".json")) {
					files.add(new Sound(name, Files.readAllBytes(path)));
				}
			}
		}
		assertThat(files).hasSizeGreaterThan(10);
		return files;
	}

	private Path write(byte[] bytes) throws IOException {
		return Files.write(this.directory.resolve("damaged"), bytes);
	}

	/** What loading gives, if it is a typed exception about the file or nothing. */
	private static SnapvecException load(Path file, Object what) {
		try {
			VectorIndex index = VectorIndex.load(file);
			float[] query = TestVectors.unit(3, 1, index.dimension())[0];
			index.search(query, 3);
			return null;
		}
		catch (CorruptIndexException | UnsupportedVersionException ex) {
			assertThat(ex).as(what.toString()).hasMessageContaining(file.toString());
			return ex;
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError(what + ": " + ex, ex);
		}
	}

	private static boolean hasChecksumAlways(byte[] bytes) {
		String magic = new String(bytes, 0, 4, StandardCharsets.US_ASCII);
		return magic.equals("SNPQ") || magic.equals("SNPI");
	}

	@ParameterizedTest
	@MethodSource("current")
	void aFileThatIsCutOffIsRefused(Sound sound) throws IOException {
		Path file = write(sound.bytes);
		try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
			for (int length = sound.bytes.length - 1; length >= 0; length--) {
				access.setLength(length);
				SnapvecException refusal = load(file, "length " + length);
				if (refusal == null && !hasChecksumAlways(sound.bytes)) {
					// then it is all that Python wrote before there were checksums
					byte[] whole = IndexCase.savedBytes(VectorIndex.load(file));
					assertThat(Arrays.copyOf(whole, whole.length - TRAILER))
						.isEqualTo(Arrays.copyOf(sound.bytes, length));
				}
				else {
					assertThat(refusal).as("length %d", length).isInstanceOf(CorruptIndexException.class);
					assertThat(((CorruptIndexException) refusal).path()).isEqualTo(file);
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("current")
	void aFileWithOneBitFlippedIsRefused(Sound sound) throws IOException {
		flip(sound.bytes, (bit) -> true, (bit, refusal) -> {
			if (refusal == null) {
				throw new AssertionError("bit " + bit);
			}
		});
	}

	@ParameterizedTest
	@MethodSource("current")
	void aFileWithOneBitFlippedAndAChecksumToMatchIsRefusedOrLoads(Sound sound) throws IOException {
		forge(sound, (bit) -> bit < ENDS * 8 || bit % 11 == 0);
	}

	@Tag("slow")
	@ParameterizedTest
	@MethodSource("current")
	void aFileWithAnyOneBitFlippedAndAChecksumToMatchIsRefusedOrLoads(Sound sound) throws IOException {
		forge(sound, (bit) -> true);
	}

	private void forge(Sound sound, IntPredicate bits) throws IOException {
		// a few bytes say nothing against a large dimension, for which memory is needed
		boolean large = sound.name.startsWith("empty") && sound.name.contains("its=");
		byte[] bytes = sound.bytes.clone();
		int body = bytes.length - TRAILER;
		Path file = write(bytes);
		try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
			for (int bit = 0; bit < body * 8; bit++) {
				if (!bits.test(bit) || (large && bit >= 8 * 9 && bit < 8 * 12)) {
					continue;
				}
				bytes[bit / 8] ^= (byte) (1 << (bit % 8));
				CRC32 crc = new CRC32();
				crc.update(bytes, 0, body);
				for (int i = 0; i < 4; i++) {
					bytes[body + 4 + i] = (byte) (crc.getValue() >>> (8 * i));
				}
				access.seek(0);
				access.write(bytes);
				load(file, "bit " + bit);
				bytes[bit / 8] ^= (byte) (1 << (bit % 8));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("legacy")
	void anOldFileThatIsCutOffIsRefused(Sound sound) throws IOException {
		cutOldFile(sound, (length) -> length < ENDS || length > sound.bytes.length - ENDS || length % 101 == 0);
	}

	@Tag("slow")
	@ParameterizedTest
	@MethodSource("legacy")
	void anOldFileThatIsCutOffAnywhereIsRefused(Sound sound) throws IOException {
		cutOldFile(sound, (length) -> true);
	}

	private void cutOldFile(Sound sound, IntPredicate lengths) throws IOException {
		Path file = write(sound.bytes);
		assertThat(load(file, "whole")).isNull();
		try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
			for (int length = sound.bytes.length - 1; length >= 0; length--) {
				if (lengths.test(length)) {
					access.setLength(length);
					assertThat(load(file, "length " + length)).as("length %d", length)
						.isInstanceOf(CorruptIndexException.class);
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("legacy")
	void anOldFileWithOneBitFlippedIsRefusedOrLoads(Sound sound) throws IOException {
		int bits = sound.bytes.length * 8;
		flip(sound.bytes, (bit) -> bit < ENDS * 8 || bit > bits - ENDS * 8 || bit % 499 == 0, (bit, refusal) -> {
		});
	}

	@Tag("slow")
	@ParameterizedTest
	@MethodSource("legacy")
	void anOldFileWithAnyOneBitFlippedIsRefusedOrLoads(Sound sound) throws IOException {
		flip(sound.bytes, (bit) -> true, (bit, refusal) -> {
		});
	}

	private interface Outcome {

		void of(int bit, SnapvecException refusal);

	}

	private void flip(byte[] bytes, IntPredicate bits, Outcome outcome) throws IOException {
		Path file = write(bytes);
		try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
			for (int bit = 0; bit < bytes.length * 8; bit++) {
				if (!bits.test(bit)) {
					continue;
				}
				access.seek(bit / 8);
				access.write(bytes[bit / 8] ^ (1 << (bit % 8)));
				outcome.of(bit, load(file, "bit " + bit));
				access.seek(bit / 8);
				access.write(bytes[bit / 8]);
			}
		}
	}

	@Test
	void anEmptyFileIsNoIndex() throws IOException {
		Path file = write(new byte[0]);
		assertThatExceptionOfType(CorruptIndexException.class).isThrownBy(() -> VectorIndex.load(file))
			.withMessageContainingAll(file.toString(), "0 bytes");
	}

	@Test
	void aFileOfAnotherKindIsNoIndex() throws IOException {
		Path file = write("PK\3\4 not an index".getBytes(StandardCharsets.UTF_8));
		assertThatExceptionOfType(CorruptIndexException.class).isThrownBy(() -> VectorIndex.load(file))
			.withMessageContainingAll(file.toString(), "50 4b 03 04", "SNPV");
	}

	@ParameterizedTest
	@MethodSource("current")
	void aFutureVersionIsNotSupported(Sound sound) throws IOException {
		byte[] bytes = sound.bytes.clone();
		for (int version : new int[] { 0, 6, 255 }) {
			bytes[4] = (byte) version;
			Path file = write(bytes);
			assertThatExceptionOfType(UnsupportedVersionException.class).isThrownBy(() -> VectorIndex.load(file))
				.withMessageContainingAll(file.toString(), "version " + version, "readable are versions 1 to");
		}
	}

	@Test
	void bytesBehindTheIdsAreRefused() throws IOException {
		byte[] sound = IndexCase.savedBytes(IndexCase.all().get(0).filled("id", 1, 3));
		byte[] longer = Arrays.copyOf(sound, sound.length + 3);
		Path file = write(longer);
		assertThatExceptionOfType(CorruptIndexException.class).isThrownBy(() -> VectorIndex.load(file))
			.withMessageContaining(file.toString());
	}

	@Test
	void aFileThatIsNotThereIsNamed() {
		Path file = this.directory.resolve("missing");
		assertThatExceptionOfType(IndexIoException.class).isThrownBy(() -> VectorIndex.load(file))
			.withMessageContainingAll(file.toString(), "no such file")
			.satisfies((ex) -> assertThat(ex.path()).isEqualTo(file));
	}

	@Test
	void aDirectoryIsNoFile() {
		assertThatExceptionOfType(IndexIoException.class).isThrownBy(() -> VectorIndex.load(this.directory))
			.withMessageContaining(this.directory.toString());
	}

	@Test
	void savingIntoADirectoryThatIsNotThereFails() {
		Path file = this.directory.resolve("missing/index");
		VectorIndex index = IndexCase.all().get(0).filled("id", 1, 3);
		assertThatExceptionOfType(IndexIoException.class).isThrownBy(() -> index.save(file))
			.withMessageContaining(file.toString())
			.satisfies((ex) -> assertThat(ex.path()).isEqualTo(file));
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void savingOverADirectoryFailsAndLeavesNothing() throws IOException {
		Path target = Files.createDirectory(this.directory.resolve("target"));
		Path kept = Files.writeString(target.resolve("kept"), "content");
		VectorIndex index = IndexCase.all().get(0).filled("id", 1, 3);
		assertThatExceptionOfType(IndexIoException.class).isThrownBy(() -> index.save(target))
			.withMessageContaining(target.toString());
		assertThat(target).isDirectoryContaining("glob:**kept");
		assertThat(kept).hasContent("content");
		assertThat(this.directory.toFile().list()).containsExactly("target");
	}

	@Test
	void savingOverAnEmptyDirectoryFailsAndLeavesIt() throws IOException {
		Path target = Files.createDirectory(this.directory.resolve("target"));
		VectorIndex index = IndexCase.all().get(0).filled("id", 1, 3);
		assertThatThrownBy(() -> index.save(target)).isInstanceOf(IndexIoException.class);
		assertThat(target).isEmptyDirectory();
		assertThat(this.directory.toFile().list()).containsExactly("target");
	}

	@Test
	void savingReplacesAFileAndLeavesNothingElse() throws IOException {
		Path file = Files.writeString(this.directory.resolve("index"), "something else");
		VectorIndex index = IndexCase.all().get(0).filled("id", 1, 3);
		index.save(file);
		assertThat(VectorIndex.load(file).size()).isEqualTo(3);
		assertThat(this.directory.toFile().list()).containsExactly("index");
	}

}
