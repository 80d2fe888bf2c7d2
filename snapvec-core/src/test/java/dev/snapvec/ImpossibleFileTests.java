package dev.snapvec;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import dev.snapvec.internal.number.Numbers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Files that hold what no index can, though their checksums are right.
 */
@Timeout(120)
class ImpossibleFileTests {

	private static final int TRAILER = 8;

	private static final int DIMENSION = 6;

	@TempDir
	Path directory;

	/** An index of which a part is changed. */
	record Change(String name, VectorIndex index, FileLayout.Kind kind, int part, int bits, String message) {

		@Override
		public String toString() {
			return this.name + ": " + Integer.toHexString(this.bits);
		}

	}

	private static VectorIndex filled(VectorIndex index) {
		if (index instanceof TrainableIndex trainable) {
			trainable.fit(TestVectors.unit(1, 50, index.dimension()));
		}
		index.addAll(TestVectors.ids("id", 5), TestVectors.unit(2, 5, index.dimension()));
		return index;
	}

	private static VectorIndex pq() {
		return filled(PqSnapIndex.builder(DIMENSION).subspaces(2).centroids(5).opq(true).build());
	}

	private static VectorIndex ivfPq(boolean normalized) {
		return filled(IvfPqSnapIndex.builder(DIMENSION)
			.nlist(3)
			.subspaces(2)
			.centroids(5)
			.opq(true)
			.keepFullPrecision(true)
			.normalized(normalized)
			.build());
	}

	private static VectorIndex ivfPqOfCodes() {
		return filled(IvfPqSnapIndex.builder(DIMENSION).nlist(3).subspaces(2).centroids(5).build());
	}

	private static VectorIndex snapUseProd() {
		return filled(SnapIndex.builder(DIMENSION).useProd(true).build());
	}

	static Stream<Change> changes() {
		List<Change> changes = new ArrayList<>();
		float[] numbers = { Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f, -1e30f, 1.1e15f };
		for (float number : numbers) {
			int bits = Float.floatToRawIntBits(number);
			changes.add(new Change("codebooks of pq", pq(), FileLayout.Kind.FLOATS, 0, bits, "codebooks"));
			changes.add(new Change("rotation of pq", pq(), FileLayout.Kind.FLOATS, 1, bits, "rotation"));
			changes.add(new Change("centroids", ivfPq(false), FileLayout.Kind.FLOATS, 0, bits, "coarse centroids"));
			changes.add(new Change("codebooks", ivfPq(false), FileLayout.Kind.FLOATS, 1, bits, "codebooks"));
			changes.add(new Change("rotation", ivfPq(false), FileLayout.Kind.FLOATS, 2, bits, "rotation"));
			changes.add(new Change("residual norms", snapUseProd(), FileLayout.Kind.FLOATS, 1, bits, "row 1"));
		}
		for (float number : new float[] { .5f, 0, -1, 1.01f }) {
			changes.add(new Change("rotation", pq(), FileLayout.Kind.FLOATS, 1, Float.floatToRawIntBits(number),
					"rotation"));
		}
		for (float number : new float[] { Float.NaN, Float.POSITIVE_INFINITY, -1, -1e-30f }) {
			int bits = Float.floatToRawIntBits(number);
			changes.add(new Change("norms of snap", filled(SnapIndex.builder(DIMENSION).build()),
					FileLayout.Kind.FLOATS, 0, bits, "norm of row 1"));
			changes.add(new Change("norms of residual", filled(ResidualSnapIndex.builder(DIMENSION).build()),
					FileLayout.Kind.FLOATS, 0, bits, "norm of row 1"));
			changes.add(new Change("norms of pq", pq(), FileLayout.Kind.FLOATS, 2, bits, "norm of row 1"));
			changes.add(new Change("norms", ivfPq(false), FileLayout.Kind.FLOATS, 3, bits, "norm of row 1"));
		}
		for (int half : new int[] { 0x7c00, 0xfc00, 0x7e00, 0x7fff, 0xffff }) {
			changes.add(new Change("vectors", ivfPq(false), FileLayout.Kind.HALFS, 0, half, "row 0"));
			changes.add(new Change("unit vectors", ivfPq(true), FileLayout.Kind.HALFS, 0, half, "row 0"));
		}
		for (int half : new int[] { 0x3c04, 0xbc04, 0x4000, 0x7bff }) {
			changes.add(new Change("vectors", ivfPq(false), FileLayout.Kind.HALFS, 0, half, "row 0"));
		}
		for (int sign : new int[] { 0, 2, -2, 127 }) {
			changes.add(new Change("signs", snapUseProd(), FileLayout.Kind.SIGNS, 0, sign, "sign"));
		}
		for (int code : new int[] { 5, 6, 255 }) {
			changes.add(new Change("codes of pq", pq(), FileLayout.Kind.CODES, 0, code, "code"));
			changes.add(new Change("codes", ivfPq(true), FileLayout.Kind.CODES, 0, code, "code"));
		}
		for (int offset : new int[] { 6, -1, 1 << 30 }) {
			changes.add(new Change("offsets", ivfPq(true), FileLayout.Kind.OFFSETS, 0, offset, "list 1"));
		}
		return changes.stream();
	}

	private static byte[] sealed(byte[] bytes) {
		CRC32 crc = new CRC32();
		crc.update(bytes, 0, bytes.length - TRAILER);
		ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 4, (int) crc.getValue());
		return bytes;
	}

	private static FileLayout.Part part(byte[] bytes, FileLayout.Kind kind, int number) {
		return FileLayout.of(bytes).stream().filter((part) -> part.kind() == kind).toList().get(number);
	}

	private Path write(byte[] bytes) throws IOException {
		return Files.write(this.directory.resolve("index"), bytes);
	}

	private static void assertRefused(Path file, String... messages) {
		assertThatExceptionOfType(CorruptIndexException.class).isThrownBy(() -> VectorIndex.load(file))
			.withMessageContaining(file.toString())
			.withMessageContainingAll(messages);
		assertThatThrownBy(() -> IndexFile.verify(file)).isInstanceOf(CorruptIndexException.class)
			.hasMessageContainingAll(messages);
	}

	@ParameterizedTest
	@MethodSource("changes")
	void whatCannotBeIsRefused(Change change) throws IOException {
		byte[] bytes = IndexCase.savedBytes(change.index);
		FileLayout.Part part = part(bytes, change.kind, change.part);
		ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		switch (change.kind) {
			case FLOATS -> buffer.putInt(part.from() + 4, change.bits);
			case HALFS -> buffer.putShort(part.from() + 2, (short) change.bits);
			case OFFSETS -> buffer.putLong(part.from() + 8, change.bits);
			default -> buffer.put(part.from() + 1, (byte) change.bits);
		}
		assertRefused(write(sealed(bytes)), change.message);
	}

	@ParameterizedTest
	@CsvSource({ "0, -1, commit must be at least 0", "1, -1, highest number must be at least 0",
			"1, 6, row 1 must be between 0 and 6", "3, -2, row 1 must be between 0 and 9", "3, 10, row 1 must be",
			"4, 7, rows 1 and 2 have the same number 7" })
	void numbersThatCannotBeAreRefused(int place, long value, String message) throws IOException {
		for (VectorIndex index : List.of(pq(), ivfPq(false), snapUseProd())) {
			Numbers.of(index).renumber(TestVectors.ids("id", 5), new long[5], new long[] { 5, 6, 7, 8, 9 });
			byte[] bytes = IndexCase.savedBytes(index);
			ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
			int at = part(bytes, FileLayout.Kind.NUMBERS, 0).from();
			for (int row = 0; row < 5; row++) {
				buffer.putLong(at + 8 * (row + 2), new long[] { 0, 7, 8, 9, 0 }[row]);
			}
			buffer.putLong(at + 8 * place, value);
			assertRefused(write(sealed(bytes)), message);
		}
	}

	@Test
	void numbersThatDoNotEndWhereTheyMustAreRefused() throws IOException {
		VectorIndex index = pq();
		Numbers.of(index).renumber(List.of("id-0"), new long[1], new long[] { 5 });
		byte[] bytes = IndexCase.savedBytes(index);
		bytes[part(bytes, FileLayout.Kind.TAG, 1).from()]++;
		assertRefused(write(sealed(bytes)), "its numbers do not end with SNUM");
	}

	@Test
	void aVectorOfAnOldFileThatIsNotFiniteIsRefused() throws IOException {
		for (String name : List.of("legacy-v3-ivfpq-fp16-raw.snpi", "legacy-v3-ivfpq-fp16-unit.snpi")) {
			byte[] bytes = Files.readAllBytes(GoldenCase.directory().resolve(name));
			List<FileLayout.Part> floats = FileLayout.of(bytes)
				.stream()
				.filter((part) -> part.kind() == FileLayout.Kind.FLOATS)
				.toList();
			FileLayout.Part vectors = floats.get(floats.size() - 1);
			boolean sealed = part(bytes, FileLayout.Kind.ID, 0) != null
					&& new String(bytes, bytes.length - TRAILER, 4, StandardCharsets.ISO_8859_1).equals("CRC2");
			for (float value : new float[] { Float.NaN, Float.NEGATIVE_INFINITY }) {
				ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(vectors.from() + 4, value);
				assertRefused(write(sealed ? sealed(bytes) : bytes), "row 0", "finite");
			}
		}
	}

	/** Attributes of a file, and what is said of them. */
	record Reserved(VectorIndex index, List<String> entries, String message) {

		@Override
		public String toString() {
			return this.index.getClass().getSimpleName() + " " + this.entries;
		}

	}

	static Stream<Reserved> reserved() {
		List<Reserved> reserved = new ArrayList<>();
		VectorIndex snap = filled(SnapIndex.builder(DIMENSION).build());
		VectorIndex residual = filled(ResidualSnapIndex.builder(DIMENSION).build());
		VectorIndex pq = pq();
		VectorIndex codes = ivfPqOfCodes();
		VectorIndex full = ivfPq(false);
		for (VectorIndex index : List.of(snap, residual, pq, codes, full)) {
			for (String value : List.of("", "cosines", "COSINE", "dot-product ")) {
				reserved.add(new Reserved(index, List.of("snapvec.similarity", value), "snapvec.similarity"));
			}
			for (String value : List.of("", "no", "FALSE")) {
				reserved
					.add(new Reserved(index, List.of("snapvec.corrected-scores", value), "snapvec.corrected-scores"));
			}
			reserved.add(new Reserved(index, List.of("a", "1", "b", "2", "a", "1"), "two attributes named 'a'"));
			reserved.add(new Reserved(index, List.of("b", "2", "b", "1"), "two attributes named 'b'"));
			reserved.add(new Reserved(index, List.of("\u00ff", "1"), "UTF-8"));
			reserved.add(new Reserved(index, List.of("a", "\u00ed\u00a0\u0080"), "UTF-8"));
		}
		for (VectorIndex index : List.of(snap, pq, codes)) {
			reserved.add(new Reserved(index, List.of("snapvec.rerank", "100"), "snapvec.rerank"));
		}
		for (VectorIndex index : List.of(snap, residual, pq)) {
			reserved.add(new Reserved(index, List.of("snapvec.nprobe", "1"), "snapvec.nprobe"));
		}
		for (VectorIndex index : List.of(residual, codes, full)) {
			for (String value : List.of("", "-1", "x", "1.0", "+1", "01", "2147483648", "\u00d9\u00a1", " 1")) {
				reserved.add(new Reserved(index, List.of("snapvec.rerank", value), "snapvec.rerank"));
			}
		}
		for (VectorIndex index : List.of(codes, full)) {
			for (String value : List.of("", "0", "-1", "4", "x", "\u00db\u00b1", "4294967297")) {
				reserved.add(new Reserved(index, List.of("snapvec.nprobe", value), "snapvec.nprobe"));
			}
		}
		return reserved.stream();
	}

	/** A file with other attributes, each character of which is a byte. */
	private static byte[] withAttributes(VectorIndex index, List<String> entries) {
		byte[] bytes = IndexCase.savedBytes(index);
		ByteBuffer block = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < entries.size(); i += 2) {
			byte[] name = entries.get(i).getBytes(StandardCharsets.ISO_8859_1);
			byte[] value = entries.get(i + 1).getBytes(StandardCharsets.ISO_8859_1);
			block.putShort((short) name.length).put(name).putInt(value.length).put(value);
		}
		byte[] content = Arrays.copyOf(block.array(), block.position());
		byte[] tag = "SATT".getBytes(StandardCharsets.US_ASCII);
		ByteBuffer file = ByteBuffer.allocate(bytes.length + content.length + 16).order(ByteOrder.LITTLE_ENDIAN);
		file.put(bytes, 0, bytes.length - TRAILER).put(tag).putInt(content.length).put(content);
		file.putInt(content.length).put(tag).put(bytes, bytes.length - TRAILER, TRAILER);
		return sealed(file.array());
	}

	@ParameterizedTest
	@MethodSource("reserved")
	void attributesThatDoNotFitTheIndexAreRefused(Reserved reserved) throws IOException {
		Path file = write(withAttributes(reserved.index, reserved.entries));
		assertRefused(file, reserved.message);
		assertThatThrownBy(() -> IndexFile.describe(file)).isInstanceOf(CorruptIndexException.class)
			.hasMessageContaining(reserved.message);
		LoadOptions options = LoadOptions.defaults()
			.similarity(Similarity.COSINE)
			.correctedScores(true)
			.executor(Runnable::run);
		assertThatThrownBy(() -> VectorIndex.load(file, options)).isInstanceOf(CorruptIndexException.class);
	}

	@Test
	void anAttributeOfAnotherVersionIsNotIgnored() throws IOException {
		Path file = write(withAttributes(pq(), List.of("snapvec.unheard-of", "1")));
		assertThatThrownBy(() -> VectorIndex.load(file)).isInstanceOf(UnsupportedVersionException.class)
			.hasMessageContainingAll(file.toString(), "snapvec.unheard-of");
	}

	@Test
	void whatFitsIsTaken() throws IOException {
		VectorIndex codes = VectorIndex.load(write(withAttributes(ivfPqOfCodes(),
				List.of("snapvec.rerank", "0", "snapvec.nprobe", "3", "snapvec.corrected-scores", "true"))));
		assertThat(codes.stats().parameters()).containsEntry("rerank", 0).containsEntry("nprobe", 3);
		VectorIndex full = VectorIndex
			.load(write(withAttributes(ivfPq(true), List.of("snapvec.rerank", "2147483647", "snapvec.nprobe", "3"))));
		assertThat(full.search(TestVectors.unit(1, 1, DIMENSION)[0], 9)).hasSize(5);
	}

	/**
	 * A header, so long a hole that it is right, and eight bytes that look like a
	 * checksum.
	 */
	private Path sparse(String magic, long length, int... numbers) throws IOException {
		Path file = this.directory.resolve("sparse");
		ByteBuffer header = ByteBuffer.allocate(4 + 4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
		header.put(magic.getBytes(StandardCharsets.US_ASCII));
		for (int number : numbers) {
			header.putInt(number);
		}
		try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
			access.write(header.array());
			access.setLength(length - TRAILER);
			access.seek(length - TRAILER);
			access.write("CRC2abcd".getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			assumeTrue(false, "a file of " + length + " bytes: " + ex);
		}
		return file;
	}

	private static void assertRefusedAsTooLarge(Path file, String... messages) {
		assertThatExceptionOfType(IndexIoException.class).isThrownBy(() -> VectorIndex.load(file))
			.withMessageContaining(file.toString())
			.withMessageContainingAll(messages);
		assertThatThrownBy(() -> IndexFile.verify(file)).isInstanceOf(IndexIoException.class);
		// a newer writer may have saved what an older reader has too little memory for
		assertThatThrownBy(() -> VectorIndex.load(file, LoadOptions.defaults())).isInstanceOf(IndexIoException.class);
	}

	@Test
	void aSparseFileOfMoreCentroidsThanAnArrayHoldsIsRefused() throws IOException {
		int lists = 1 << 20;
		int length = 1 << 16;
		long codebooks = 4L * 2 * length;
		Path file = sparse("SNPI", 44 + 4L * lists * length + codebooks + 8L * (lists + 1) + TRAILER, 5, length, length,
				lists, 1, 2, length, 0, 0, 0);
		assertRefusedAsTooLarge(file, "coarse centroids", "1048576 x 65536", "274877906944 bytes");
	}

	@Test
	void aSparseFileOfARotationThatAnArrayDoesNotHoldIsRefused() throws IOException {
		int length = 1 << 16;
		Path file = sparse("SNPQ", 40 + 4L * 2 * length + 4L * length * length + TRAILER, 2, length, 1, 2, length, 0, 0,
				4, length);
		assertRefusedAsTooLarge(file, "rotation", "65536 x 65536", "17179869184 bytes");
	}

	@Test
	void aSparseFileOfMoreRowsThanTheHeapHoldsIsRefused() throws IOException {
		int rows = Integer.MAX_VALUE - (1 << 13);
		long heap = Runtime.getRuntime().maxMemory();
		assumeTrue(heap < 10L * rows);
		Path file = sparse("SNPR", 36 + rows * (2L + 4 + 2) + TRAILER, 1, 1, 4, 4, 0, rows, 0, 1);
		assertRefusedAsTooLarge(file, rows + " rows", "heap", Long.toString(heap));
	}

	@Test
	void aSparseFileOfMoreThanItsHeaderSaysIsRefusedSoon() throws IOException {
		Path file = sparse("SNPR", 1L << 42, 1, 1, 4, 4, 0, 5, 0, 1);
		assertThatThrownBy(() -> VectorIndex.load(file)).isInstanceOf(CorruptIndexException.class)
			.hasMessageContaining("follow the last id");
	}

	@Test
	void aSketchThatTheHeapDoesNotHoldIsRefusedBeforeItIsUsed() throws IOException {
		assumeTrue(Runtime.getRuntime().maxMemory() < 4 * (1L << 34));
		assertThatThrownBy(() -> SnapIndex.builder(40_000).useProd(true).build())
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContainingAll("useProd", "40000", "17179869184 bytes");
		byte[] bytes = IndexCase.savedBytes(SnapIndex.builder(40_000).build());
		bytes[24] |= 1;
		Path file = write(sealed(bytes));
		assertThatThrownBy(() -> VectorIndex.load(file)).isInstanceOf(IndexIoException.class)
			.hasMessageContainingAll(file.toString(), "useProd", "40000", "17179869184 bytes");
	}

	@Test
	void aRotationThatTheHeapDoesNotHoldIsRefusedBeforeItIsLearned() {
		for (int dimension : new int[] { 65_536, 50_000 }) {
			assertThatThrownBy(() -> PqSnapIndex.builder(dimension).opq(true).build())
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessageContainingAll("opq", Integer.toString(dimension));
		}
		assumeTrue(Runtime.getRuntime().maxMemory() < 100L * 28 * 40_000 * 40_000 / 25);
		assertThatThrownBy(() -> IvfPqSnapIndex.builder(40_000).opq(true).build())
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContainingAll("opq", "40000", "44800000000 bytes");
	}

	@Test
	void moreCentroidsThanAnArrayHoldsAreRefusedWithBothNumbers() {
		assertThatThrownBy(() -> IvfPqSnapIndex.builder(65_536).nlist(40_000).build())
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContainingAll("40000", "65536");
		assertThatThrownBy(() -> IvfPqSnapIndex.builder(33_000).rht(true).subspaces(1024).nlist(40_000).build())
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContainingAll("40000", "65536");
	}

}
