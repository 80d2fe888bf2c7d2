package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.snapvec.LoadOptions;
import dev.snapvec.PqSnapIndex;
import dev.snapvec.SafeIndex;
import dev.snapvec.VectorIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.contentsIfKilled;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * An index that is changed after it was restored or saved, and before its mutations are
 * recorded, by whatever way: nothing of it is lost.
 */
class RestoredIndexTests extends StoreInTemporaryDirectory {

	@BeforeEach
	void saveAnIndex() {
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			index.add("a", vector(1));
			index.add("b", vector(2));
			store.save(index);
			index.add("c", vector(3));
		}
	}

	private static Arguments change(String name, Consumer<VectorIndex> change) {
		return arguments(named(name, change));
	}

	static Stream<Arguments> changes() {
		return Stream.of(change("add", (index) -> index.add("d", vector(4))),
				change("upsert", (index) -> index.upsert("a", vector(4))),
				change("delete", (index) -> index.delete("a")),
				change("delete all",
						(index) -> index.deleteAll((index.size() > 2) ? List.of("a", "b", "c") : List.of("a", "b"))),
				change("attributes", (index) -> index.attributes(Map.of("model", "some"))),
				change("delete and compact", (index) -> {
					index.delete("b");
					index.compact();
				}), change("delete and freeze", (index) -> {
					index.delete("b");
					index.freeze();
					index.unfreeze();
				}), change("add and delete the same", (index) -> {
					index.add("d", vector(4));
					index.delete("d");
				}), change("compact", VectorIndex::compact), change("freeze", (index) -> {
					index.freeze();
					index.unfreeze();
				}), change("nothing", (index) -> {
				}));
	}

	private void isNotLost(IndexStore store, SafeIndex index) throws IOException {
		store.log(index, LogSync.always());
		assertThat(ifKilled()).isEqualTo(contents(index));
		index.upsert("later", vector(9));
		assertThat(ifKilled()).isEqualTo(contents(index)).containsKey("later");
	}

	@ParameterizedTest
	@MethodSource("changes")
	void aChangeOfTheRawIndexAfterItWasRestoredIsNotLost(Consumer<VectorIndex> change) throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			VectorIndex restored = store.restore(LoadOptions.defaults()).orElseThrow().index();
			change.accept(restored);
			isNotLost(store, new SafeIndex("test", restored));
		}
	}

	@ParameterizedTest
	@MethodSource("changes")
	void aChangeOfTheRawIndexUnderAHandleIsNotLost(Consumer<VectorIndex> change) throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			VectorIndex restored = store.restoreNewestSound(LoadOptions.defaults()).orElseThrow().index();
			SafeIndex index = newIndex();
			index.local().restore(restored);
			change.accept(restored);
			isNotLost(store, index);
		}
	}

	@ParameterizedTest
	@MethodSource("changes")
	void aChangeBetweenSavingAndRecordingIsNotLost(Consumer<VectorIndex> change) throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			VectorIndex restored = store.restore(LoadOptions.defaults()).orElseThrow().index();
			SafeIndex index = new SafeIndex("test", restored);
			store.save(index);
			change.accept(restored);
			isNotLost(store, index);
		}
	}

	@Test
	void aFitOfTheRawIndexIsNotLost() throws IOException {
		Path other = this.temporary.resolve("other");
		PqSnapIndex trained = PqSnapIndex.builder(StoreFixture.DIMENSION).subspaces(4).centroids(4).build();
		SafeIndex index = new SafeIndex("test", trained);
		try (IndexStore store = IndexStore.open(other, 3)) {
			trained.fit(IntStream.range(0, 100).mapToObj(StoreFixture::vector).toArray(float[][]::new));
			store.log(index, LogSync.always());
			index.add("a", vector(1));
			assertThat(contentsIfKilled(other, copy())).isEqualTo(contents(index)).containsOnlyKeys("a");
		}
	}

	@Test
	void anIndexThatDidNotChangeIsNotSavedAgain() {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			VectorIndex restored = store.restore(LoadOptions.defaults()).orElseThrow().index();
			restored.compact();
			int snapshots = store.snapshots().size();
			store.log(new SafeIndex("test", restored), LogSync.always());
			assertThat(store.snapshots()).hasSize(snapshots);
		}
	}

	@Test
	void anIndexWhoseFilesWereSetAsideIsSavedAgain() throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			SafeIndex index = new SafeIndex("test", store.restore(LoadOptions.defaults()).orElseThrow().index());
			store.setAside();
			store.log(index, LogSync.always());
			assertThat(ifKilled()).isEqualTo(contents(index)).hasSize(3);
			assertThat(Files.list(this.directory).filter(Files::isDirectory)).hasSize(1);
		}
	}

}
