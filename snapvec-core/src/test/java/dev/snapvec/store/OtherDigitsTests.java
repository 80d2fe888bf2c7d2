package dev.snapvec.store;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.VectorIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Stores written under a default locale that has digits of its own, by this version and
 * by the one that named files in them.
 */
@Timeout(120)
class OtherDigitsTests {

	private static final int PERSIAN = 0x6f0;

	private static final int DEVANAGARI = 0x966;

	@TempDir
	Path temporary;

	private final SafeIndex index = newIndex();

	private Path directory() {
		return this.temporary.resolve("store");
	}

	private IndexStore open() {
		return IndexStore.open(directory(), 3);
	}

	private Map<String, List<String>> restored() {
		try (IndexStore store = open()) {
			return store.restore(LoadOptions.defaults()).map((found) -> contents(found.index())).orElse(Map.of());
		}
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(directory())) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> !name.equals(".lock"))
				.sorted()
				.toList();
		}
	}

	/** Three snapshots, each with a log, and mutations that are only in the last log. */
	private void write() {
		try (IndexStore store = open()) {
			store.log(this.index, LogSync.always());
			for (int i = 0; i < 9; i++) {
				this.index.add("row-" + i, vector(i));
				if (i % 3 == 1) {
					store.save(this.index);
				}
			}
			this.index.delete("row-4");
		}
	}

	private static String inDigits(String name, IntUnaryOperator zero) {
		return name.codePoints()
			.map((c) -> (c >= '0' && c <= '9') ? zero.applyAsInt(c) + c - '0' : c)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private Path rename(String name, IntUnaryOperator zero) throws IOException {
		Path file = directory().resolve(name);
		return Files.move(file, file.resolveSibling(inDigits(name, zero)));
	}

	private void renameAll(IntUnaryOperator zero) throws IOException {
		for (String name : names()) {
			rename(name, zero);
		}
	}

	private static boolean isAscii(String name) {
		return name.chars().allMatch((c) -> c < 128);
	}

	@ParameterizedTest
	@ValueSource(strings = { "fa-IR", "ar-EG", "mr-IN" })
	void filesOfTheVersionThatNamedThemSoAreRenamedAndAllRowsRestored(String locale)
			throws IOException, URISyntaxException {
		Files.createDirectory(directory());
		Path fixture = Path.of(Objects.requireNonNull(getClass().getResource("/other-digits/" + locale)).toURI());
		try (Stream<Path> files = Files.list(fixture)) {
			for (Path file : files.toList()) {
				String name = URLDecoder.decode(file.getFileName().toString(), StandardCharsets.UTF_8);
				assertThat(isAscii(name)).isFalse();
				Files.copy(file, directory().resolve(name));
			}
		}
		try (IndexStore store = open()) {
			assertThat(names()).containsExactly("mutations-0000000001.snaplog", "snapshot-0000000001.snapvec");
			VectorIndex restored = store.restore(LoadOptions.defaults()).orElseThrow().index();
			assertThat(IntStream.range(0, 9).mapToObj((n) -> "row-" + n).filter(restored::contains))
				.containsExactly("row-1", "row-3", "row-4", "row-5", "row-6");
			assertThat(restored.attributes()).containsEntry("source", "catalogue");
			assertThat(store.save(new SafeIndex("notes", restored)).number()).isEqualTo(2);
		}
	}

	@Test
	void aProcessOfSuchALocaleNamesFilesInAsciiAndFindsThemAgain() throws Exception {
		for (int run = 1; run <= 2; run++) {
			Process process = ChildJvm
				.with("-Duser.language=fa", "-Duser.country=IR", "-XX:TieredStopAtLevel=1", Appending.class.getName(),
						directory().toString())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.isEqualTo("۱۲۳ rows " + run + "\n");
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(names()).isNotEmpty().allMatch(OtherDigitsTests::isAscii);
		assertThat(restored()).containsOnlyKeys("row-0", "row-1");
	}

	@Test
	void digitsOfAnyScriptAreFound() throws IOException {
		write();
		Map<String, List<String>> contents = restored();
		List<String> names = names();
		int[] zeros = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
			.filter((c) -> c != '0' && Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER
					&& Character.digit(c, 10) == 0)
			.toArray();
		assertThat(zeros).hasSizeGreaterThan(50);
		for (int zero : zeros) {
			renameAll((digit) -> zero);
			assertThat(restored()).as("digits from U+%x", zero).isEqualTo(contents);
			assertThat(names()).isEqualTo(names);
		}
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int round = 0; round < 20; round++) {
			renameAll((digit) -> (random.nextInt(3) == 0) ? '0' : zeros[random.nextInt(zeros.length)]);
			assertThat(restored()).as("seed %d, round %d", seed, round).isEqualTo(contents);
			assertThat(names()).as("seed %d, round %d", seed, round).isEqualTo(names);
		}
	}

	@Test
	void filesSetAsideAreRenamedToo() throws IOException {
		write();
		Files.write(directory().resolve("snapshot-0000000009.snapvec.corrupt"), new byte[10]);
		Files.write(directory().resolve("mutations-0000000009.snaplog.corrupt"), new byte[10]);
		List<String> names = names();
		renameAll((digit) -> PERSIAN);
		try (IndexStore store = open()) {
			assertThat(names()).isEqualTo(names);
			assertThat(store.save(this.index).number()).isEqualTo(10);
		}
	}

	@Test
	void whereverARenamingIsCutShortAllRowsAreRestored() throws IOException {
		write();
		Map<String, List<String>> contents = restored();
		List<String> order = names(); // logs come before snapshots, older before newer
		assertThat(order).hasSize(6).first().asString().startsWith("mutations");
		for (int renamed = 0; renamed <= order.size(); renamed++) {
			for (String name : order.subList(renamed, order.size())) {
				rename(name, (digit) -> DEVANAGARI);
			}
			assertThat(restored()).as("cut short after %d", renamed).isEqualTo(contents);
			assertThat(names()).isEqualTo(order);
		}
	}

	@Test
	void aFileWhoseNameIsTakenByOtherContentIsRefusedByName() throws IOException {
		write();
		for (String name : names()) {
			Path ascii = directory().resolve(name);
			Path other = Files.write(ascii.resolveSibling(inDigits(name, (digit) -> PERSIAN)), new byte[] { 1, 2, 3 });
			List<String> names = names();
			assertThatThrownBy(this::open).isInstanceOf(IndexIoException.class)
				.hasMessageContaining(other.toString())
				.hasMessageContaining(name)
				.hasMessageContaining("Move one of the two elsewhere");
			assertThat(names()).isEqualTo(names);
			assertThat(other).hasBinaryContent(new byte[] { 1, 2, 3 });
			Files.copy(ascii, other, StandardCopyOption.REPLACE_EXISTING);
			open().close();
			assertThat(other).doesNotExist();
			assertThat(ascii).exists();
		}
	}

	@Test
	void aSnapshotThatWouldBeOlderThanOneWrittenWithoutItIsRefusedByName() throws IOException {
		write();
		Path other = rename("snapshot-0000000003.snapvec", (digit) -> PERSIAN);
		assertThatThrownBy(this::open).isInstanceOf(IndexIoException.class)
			.hasMessageContaining(other.toString())
			.hasMessageContaining("snapshot-0000000004.snapvec")
			.hasMessageContaining("newer");
		assertThat(other).exists();
	}

	@Test
	void whatFollowsFilesWithAsciiNamesIsTheNewest() throws IOException {
		write();
		Map<String, List<String>> contents = restored();
		rename("snapshot-0000000004.snapvec", (digit) -> PERSIAN);
		rename("mutations-0000000004.snaplog", (digit) -> PERSIAN);
		assertThat(restored()).isEqualTo(contents);
		rename("mutations-0000000004.snaplog", (digit) -> PERSIAN);
		assertThat(restored()).as("the log of a snapshot whose name is ASCII").isEqualTo(contents);
	}

	@Test
	void aLogThatContinuesOneWhichWentOnIsRefusedByName() throws IOException {
		write();
		Path other = rename("mutations-0000000004.snaplog", (digit) -> PERSIAN);
		rename("snapshot-0000000004.snapvec", (digit) -> PERSIAN);
		Path header = Files.write(this.temporary.resolve("header"),
				Arrays.copyOf(Files.readAllBytes(other), LogHeader.BYTES));
		try (LogReader reader = new LogReader(other)) {
			LogHeader begun = Objects.requireNonNull(reader.header());
			Files.write(header, new LogHeader(4, begun.previous(), begun.previousRecords() - 1).toBytes());
		}
		Files.copy(header, other, StandardCopyOption.REPLACE_EXISTING);
		assertThatThrownBy(this::open).isInstanceOf(IndexIoException.class)
			.hasMessageContaining(other.toString())
			.hasMessageContaining("mutations-0000000003.snaplog")
			.hasMessageContaining("appended to after");
	}

	@Test
	void twoFilesOfOneNumberAreRefusedByName() throws IOException {
		write();
		Path zeros = directory().resolve("snapshot-00000000004.snapvec");
		Files.write(zeros, new byte[] { 1 });
		assertThatThrownBy(this::open).isInstanceOf(IndexIoException.class)
			.hasMessageContaining(zeros.toString())
			.hasMessageContaining("snapshot-0000000004.snapvec");
		Files.delete(directory().resolve("snapshot-0000000004.snapvec"));
		open().close();
		assertThat(names()).contains("snapshot-0000000004.snapvec").doesNotContain(zeros.getFileName().toString());
	}

	@Test
	void aFollowerReadsThemAndRefusesTwoOfOneNumberByName() throws IOException {
		write();
		try (IndexStore store = open()) {
			store.save(this.index);
		}
		renameAll((digit) -> DEVANAGARI);
		StoreFollower follower = StoreFollower.of(directory(), LoadOptions.defaults());
		assertThat(contents(follower.load().orElseThrow().index())).isEqualTo(contents(this.index));
		Path newest = follower.latest().orElseThrow().path();
		Path other = Files.write(directory().resolve(inDigits("snapshot-0000000005.snapvec", (digit) -> PERSIAN)),
				new byte[1]);
		assertThatThrownBy(follower::latest).isInstanceOf(IndexIoException.class)
			.hasMessageContaining(newest.getFileName().toString())
			.hasMessageContaining(other.getFileName().toString());
	}

	@Test
	void namesThatThisProcessCannotDecodeAreRefused() throws Exception {
		write();
		renameAll((digit) -> PERSIAN);
		ProcessBuilder builder = ChildJvm.with("-XX:TieredStopAtLevel=1", Appending.class.getName(),
				directory().toString());
		builder.environment().put("LC_ALL", "C");
		Process process = builder.redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(output).contains("IndexIoException").contains("start the process in a UTF-8 locale");
		assertThat(names()).noneMatch(OtherDigitsTests::isAscii);
	}

	/** Restores a store, adds a row and does not save. */
	static final class Appending {

		private Appending() {
		}

		public static void main(String[] arguments) {
			try (IndexStore store = IndexStore.open(Path.of(arguments[0]), 3)) {
				SafeIndex index = new SafeIndex("test", SnapIndex.builder(StoreFixture.DIMENSION).bits(4).build());
				store.restore(LoadOptions.defaults()).ifPresent((restored) -> index.local().restore(restored.index()));
				store.log(index, LogSync.always());
				index.add("row-" + index.size(), vector(index.size()));
				byte[] said = Stream.of(String.format(Locale.getDefault(), "%d", 123), "rows", index.size())
					.map(String::valueOf)
					.collect(Collectors.joining(" ", "", "\n"))
					.getBytes(StandardCharsets.UTF_8);
				System.out.write(said, 0, said.length);
				System.out.flush();
			}
		}

	}

}
