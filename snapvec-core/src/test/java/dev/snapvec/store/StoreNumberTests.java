package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Numbers of files that a store did not write, and that it could not go on after.
 */
class StoreNumberTests {

	@TempDir
	Path directory;

	private final SafeIndex index = newIndex();

	private IndexStore open() {
		return IndexStore.open(this.directory, 3);
	}

	private void save() {
		try (IndexStore store = open()) {
			this.index.add("row-" + this.index.size(), vector(this.index.size()));
			store.save(this.index);
		}
	}

	private List<String> names() {
		return List.of(this.directory.toFile().list());
	}

	private void changesNothing(ThrowingCallable refused, Path file) {
		List<String> names = names();
		assertThatThrownBy(refused).isInstanceOf(IndexIoException.class)
			.hasMessageContaining(file.toString())
			.hasMessageContaining("move it elsewhere")
			.satisfies((ex) -> assertThat(((IndexIoException) ex).path()).isEqualTo(file));
		assertThat(names()).containsExactlyInAnyOrderElementsOf(names);
		assertThat(file).hasContent("mine");
	}

	@ParameterizedTest
	@ValueSource(strings = { "snapshot-999999999999999999.snapvec", "snapshot-1000000000000000000.snapvec",
			"snapshot-99999999999999999999999999.snapvec", "snapshot-999999999999999999.snapvec.corrupt",
			"snapshot-999999999999999999.snapvec.corrupt-2", "mutations-999999999999999999.snaplog",
			"mutations-9999999999999999999.snaplog.corrupt", "snapshot-۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹.snapvec",
			"snapshot-0000000000.snapvec", "snapshot-٠٠٠٠٠٠٠٠٠٠.snapvec", "mutations-00000000000.snaplog",
			"snapshot-0000000000.snapvec.corrupt" })
	void aNumberThatLeavesNoneForTheNextOrThatNoneComesBeforeIsRefusedByName(String name) throws IOException {
		save();
		Path file = Files.writeString(this.directory.resolve(name), "mine");
		changesNothing(this::open, file);
		Files.delete(file);
		try (IndexStore store = open()) {
			assertThat(store.restore(LoadOptions.defaults()).orElseThrow().index().size()).isEqualTo(1);
			Files.writeString(file, "mine");
			this.index.add("late", vector(9));
			changesNothing(() -> store.save(this.index), file);
			assertThat(this.index.isDirty()).isTrue();
			Files.delete(file);
			assertThat(store.save(this.index).number()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "snapshot-999999999999999998.snapvec.corrupt", "mutations-999999999999999998.snaplog" })
	void nothingIsWrittenAfterTheLastNumber(String name) throws IOException {
		Path file = Files.writeString(this.directory.resolve(name), "mine");
		try (IndexStore store = open()) {
			changesNothing(() -> store.save(this.index), file);
			changesNothing(() -> {
				store.log(this.index, LogSync.always());
				this.index.add("a", vector(1));
			}, file);
		}
	}

	@Test
	void numbersOfMoreThanTenDigitsAreGoneOnAfter() throws IOException {
		save();
		Files.move(this.directory.resolve("snapshot-0000000001.snapvec"),
				this.directory.resolve("snapshot-999999999999999997.snapvec"));
		save();
		try (IndexStore store = open()) {
			assertThat(store.snapshots()).extracting(Snapshot::number)
				.containsExactly(999_999_999_999_999_998L, 999_999_999_999_999_997L);
			assertThat(store.restore(LoadOptions.defaults()).orElseThrow().index().size()).isEqualTo(2);
		}
	}

	@Test
	void filesThatOnlyLookLikeOursAreLeftAlone() throws IOException {
		List<String> others = List.of("snapshot-1.snapvec", "snapshot--000000001.snapvec", "snapshot-.snapvec",
				"snapshot-0000000009.snaplog", "mutations-0000000009.snapvec", "snapshot-0000000009.snapvec.bak",
				"my-snapshot-0000000009.snapvec", "Snapshot-0000000009.snapvec", "snapshot-00000000x9.snapvec");
		for (String name : others) {
			Files.writeString(this.directory.resolve(name), "mine");
		}
		save();
		save();
		assertThat(names()).containsAll(others).contains("snapshot-0000000001.snapvec", "snapshot-0000000002.snapvec");
		assertThat(others).allSatisfy((name) -> assertThat(this.directory.resolve(name)).hasContent("mine"));
	}

	@Test
	void aLogUnderTheNumberOfAnotherIsNotApplied() throws IOException {
		try (IndexStore store = open()) {
			store.log(this.index, LogSync.always());
			this.index.add("a", vector(1));
			store.save(this.index);
			this.index.add("b", vector(2));
		}
		Files.move(this.directory.resolve("mutations-0000000001.snaplog"),
				this.directory.resolve("mutations-0000000002.snaplog"), StandardCopyOption.REPLACE_EXISTING);
		try (IndexStore store = open()) {
			assertThatThrownBy(() -> store.restore(LoadOptions.defaults())).isInstanceOf(CorruptIndexException.class)
				.hasMessageContaining("mutations-0000000002.snaplog")
				.hasMessageContaining("number 1");
		}
	}

}
