package dev.snapvec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.snapvec.store.IndexStore;
import dev.snapvec.store.LogSync;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a handle adds to its index.
 */
class SafeIndexTests {

	@TempDir
	Path directory;

	private final SafeIndex index = new SafeIndex("products", SnapIndex.builder(4).build());

	private static float[] vector(long seed) {
		return TestVectors.random(seed, 1, 4)[0];
	}

	@Test
	void answersAsItsIndexDoes() {
		this.index.addAll(List.of("a", "b", "c"), TestVectors.random(1, 3, 4));
		assertThat(this.index.name()).isEqualTo("products");
		assertThat(this.index.dimension()).isEqualTo(4);
		assertThat(this.index.size()).isEqualTo(3);
		assertThat(this.index.contains("b")).isTrue();
		assertThat(this.index.search(vector(2), 2)).isEqualTo(this.index.index().search(vector(2), 2)).hasSize(2);
		SearchRequest request = SearchRequest.of(vector(3)).build();
		assertThat(this.index.searchAll(List.of(request, request))).containsExactly(this.index.search(request),
				this.index.search(request));
		assertThat(this.index.stats()).isEqualTo(this.index.index().stats());
	}

	@Test
	void everyChangeIsANewGeneration() {
		List<Long> generations = new ArrayList<>();
		generations.add(this.index.generation());
		for (Runnable change : List.<Runnable>of(() -> this.index.add("a", vector(1)),
				() -> this.index.addAll(List.of("b"), TestVectors.random(1, 1, 4)),
				() -> this.index.upsert("a", vector(2)), () -> this.index.delete("a"),
				() -> this.index.deleteAll(List.of("b")), () -> this.index.replace(SnapIndex.builder(4).build()))) {
			change.run();
			generations.add(this.index.generation());
		}
		assertThat(generations).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void whatChangesNothingIsNoNewGeneration() {
		this.index.add("a", vector(1));
		long generation = this.index.generation();
		this.index.delete("unknown");
		this.index.compact();
		this.index.freeze();
		assertThat(this.index.isFrozen()).isTrue();
		assertThatExceptionOfType(FrozenIndexException.class).isThrownBy(() -> this.index.delete("a"));
		this.index.unfreeze();
		assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> this.index.add("a", vector(1)));
		this.index.search(vector(1), 1);
		assertThat(this.index.generation()).isEqualTo(generation);
	}

	@Test
	void anIndexLearnsThroughItsHandle() {
		SafeIndex trainable = new SafeIndex("docs", PqSnapIndex.builder(4).subspaces(2).centroids(4).build());
		assertThat(trainable.isFitted()).isFalse();
		assertThatExceptionOfType(NotFittedException.class).isThrownBy(() -> trainable.add("a", vector(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> trainable.fit(TestVectors.random(1, 3, 4)));
		assertThat(trainable.isFitted()).isFalse();
		assertThat(trainable.isDirty()).isFalse();
		List<String> phases = new ArrayList<>();
		trainable.fit(TestVectors.random(1, 20, 4), (phase, done, total) -> phases.add(phase));
		assertThat(phases).isNotEmpty();
		assertThat(trainable.isFitted()).isTrue();
		assertThat(trainable.isDirty()).as("learning is worth saving").isTrue();
		trainable.add("a", vector(1));
		assertThat(trainable.search(vector(1), 1)).extracting(Hit::id).containsExactly("a");
		assertThatIllegalStateException().isThrownBy(() -> trainable.fit(TestVectors.random(1, 20, 4)))
			.withMessageContaining("is fitted");
	}

	@Test
	void anIndexThatHasNothingToLearnSaysSo() {
		assertThat(this.index.isFitted()).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> this.index.fit(TestVectors.random(1, 20, 4)))
			.withMessageContainingAll("products", "SnapIndex", "needs no training");
		assertThat(this.index.generation()).isZero();
	}

	@Test
	void isDirtyUntilMarkedAsSaved() {
		assertThat(this.index.isDirty()).isFalse();
		this.index.add("a", vector(1));
		assertThat(this.index.isDirty()).isTrue();
		long saved = this.index.save(this.directory.resolve("index"));
		assertThat(saved).isEqualTo(this.index.generation());
		assertThat(this.index.isDirty()).as("the file may be a copy").isTrue();
		this.index.local().markSaved(saved);
		assertThat(this.index.isDirty()).isFalse();
		this.index.delete("a");
		assertThat(this.index.isDirty()).isTrue();
		this.index.local().markSaved(saved - 1);
		assertThat(this.index.isDirty()).isTrue();
	}

	@Test
	void isCleanOnceRestored() {
		this.index.add("a", vector(1));
		this.index.local().restore(SnapIndex.builder(4).build());
		assertThat(this.index.isDirty()).isFalse();
		assertThat(this.index.size()).isZero();
		this.index.add("a", vector(1));
		assertThat(this.index.isDirty()).isTrue();
	}

	@Test
	void anAttributeIsAChange() {
		this.index.attribute("model", "m");
		this.index.attribute("made", "today");
		assertThat(this.index.attributes()).isEqualTo(Map.of("model", "m", "made", "today"));
		assertThat(this.index.generation()).isEqualTo(2);
		assertThat(this.index.isDirty()).isTrue();
	}

	@Test
	void staysDirtyWhenSavingFails() {
		this.index.add("a", vector(1));
		assertThatExceptionOfType(IndexIoException.class)
			.isThrownBy(() -> this.index.save(this.directory.resolve("missing/index")));
		assertThat(this.index.isDirty()).isTrue();
	}

	@Test
	void replaceGivesTheOldIndexBack() {
		this.index.add("a", vector(1));
		VectorIndex old = this.index.index();
		VectorIndex next = ResidualSnapIndex.builder(4).build();
		assertThat(this.index.replace(next)).isSameAs(old);
		assertThat(this.index.index()).isSameAs(next);
		assertThat(this.index.size()).isZero();
		assertThat(this.index.isDirty()).isTrue();
	}

	@Test
	void anIndexOfAnotherDimensionDoesNotReplaceIt() {
		VectorIndex old = this.index.index();
		assertThatIllegalArgumentException().isThrownBy(() -> this.index.replace(SnapIndex.builder(5).build()))
			.withMessageContainingAll("dimension 5", "products", "dimension 4");
		assertThat(this.index.index()).isSameAs(old);
		assertThat(this.index.generation()).isZero();
	}

	@Test
	void theSuccessorKeepsTheAttributesThatItDoesNotHaveItself() {
		this.index.attribute("model", "bge");
		this.index.attribute("source", "catalogue");
		VectorIndex next = SnapIndex.builder(4).attribute("source", "archive").build();
		this.index.replace(next);
		assertThat(this.index.attributes()).isEqualTo(Map.of("model", "bge", "source", "archive"));
		this.index.local().restore(SnapIndex.builder(4).attribute("model", "e5").build());
		assertThat(this.index.attributes()).as("as it was saved").isEqualTo(Map.of("model", "e5"));
	}

	@Test
	void theSuccessorOfAFrozenIndexIsFrozen() {
		this.index.freeze();
		this.index.replace(SnapIndex.builder(4).build());
		assertThat(this.index.isFrozen()).isTrue();
		this.index.local().restore(SnapIndex.builder(4).build());
		assertThat(this.index.isFrozen()).isTrue();
		this.index.unfreeze();
		this.index.replace(SnapIndex.builder(4).build());
		assertThat(this.index.isFrozen()).isFalse();
	}

	@Test
	void aGuardRefusesSuccessorsAndChangesAndNothingIsChanged() {
		this.index.attribute("source", "catalogue");
		this.index.freeze();
		VectorIndex old = this.index.index();
		long generation = this.index.generation();
		this.index.local().guard(new IndexGuard() {

			@Override
			public void change(SafeIndex index, String call) {
				if (!call.equals("replace") && !call.equals("restore")) {
					throw new IllegalStateException("no " + call + " of " + index.name());
				}
			}

			@Override
			public void replace(SafeIndex index, VectorIndex next) {
				throw new IllegalStateException("no successor with " + next.attributes());
			}

		});
		VectorIndex next = SnapIndex.builder(4).build();
		assertThatIllegalStateException().isThrownBy(() -> this.index.replace(next))
			.withMessage("no successor with {source=catalogue}");
		assertThatIllegalStateException().isThrownBy(() -> this.index.local().restore(next))
			.withMessage("no successor with {}");
		assertThat(next.attributes()).isEmpty();
		assertThat(next.isFrozen()).isFalse();
		for (Map.Entry<String, Runnable> change : Map
			.<String, Runnable>of("addAll", () -> this.index.add("a", vector(1)), "upsertAll",
					() -> this.index.upsert("a", vector(1)), "deleteAll", () -> this.index.delete("a"), "attribute",
					() -> this.index.attribute("a", "b"), "unfreeze", () -> this.index.unfreeze())
			.entrySet()) {
			assertThatIllegalStateException().isThrownBy(change.getValue()::run)
				.withMessage("no " + change.getKey() + " of products");
		}
		assertThat(this.index.index()).isSameAs(old);
		assertThat(this.index.generation()).isEqualTo(generation);
		this.index.local().guard(null);
		this.index.unfreeze();
		this.index.add("a", vector(1));
	}

	@Test
	void trainingThatAGuardRefusesInTheEndIsNone() {
		SafeIndex trainable = new SafeIndex("docs", PqSnapIndex.builder(4).subspaces(2).centroids(4).build());
		IndexGuard closed = new IndexGuard() {

			@Override
			public void change(SafeIndex index, String call) {
				throw new IllegalStateException("closed");
			}

		};
		assertThatIllegalStateException()
			.isThrownBy(() -> trainable.fit(TestVectors.random(1, 20, 4),
					(phase, done, total) -> trainable.local().guard(closed)))
			.withMessage("closed");
		assertThat(trainable.isFitted()).isFalse();
		assertThat(trainable.isDirty()).isFalse();
	}

	@Test
	void itsExceptionsNameTheIndex() {
		this.index.add("a", vector(1));
		SafeIndex trainable = new SafeIndex("docs", PqSnapIndex.builder(4).subspaces(2).centroids(4).build());
		SearchRequest lists = SearchRequest.of(vector(1)).nprobe(2).build();
		for (Runnable call : List.<Runnable>of(() -> this.index.add("a", vector(1)),
				() -> this.index.add("b", new float[3]), () -> this.index.add("b", new float[] { 1, 2, 3, Float.NaN }),
				() -> this.index.addAll(List.of("b"), new float[0][]), () -> this.index.search(new float[3], 1),
				() -> this.index.search(lists), () -> this.index.searchAll(List.of(lists)),
				() -> this.index.attribute("snapvec.mine", "value"),
				() -> this.index.save(this.directory.resolve("missing/index")), () -> {
					this.index.freeze();
					this.index.delete("a");
				})) {
			assertThatThrownBy(call::run).hasMessageContaining("index 'products'");
		}
		for (Runnable call : List.<Runnable>of(() -> trainable.add("a", vector(1)),
				() -> trainable.search(vector(1), 1), () -> trainable.fit(new float[0][]),
				() -> trainable.fit(TestVectors.random(1, 20, 3)), () -> trainable.fit(withInfinity()),
				() -> trainable.save(this.directory.resolve("index")))) {
			assertThatThrownBy(call::run).hasMessageContaining("index 'docs'");
		}
	}

	private static float[][] withInfinity() {
		float[][] sample = TestVectors.random(1, 20, 4);
		sample[3][1] = Float.POSITIVE_INFINITY;
		return sample;
	}

	@Test
	void aSuccessorThatTheLogRefusesIsRefusedWithTheNameOfTheIndex() {
		SafeIndex trained = new SafeIndex("docs", PqSnapIndex.builder(4).subspaces(2).centroids(4).build());
		trained.fit(TestVectors.random(1, 20, 4));
		VectorIndex held = trained.index();
		try (IndexStore store = IndexStore.open(this.directory.resolve("docs"), 2)) {
			store.log(trained, LogSync.never());
			assertThatExceptionOfType(NotFittedException.class)
				.isThrownBy(() -> trained.replace(PqSnapIndex.builder(4).subspaces(2).centroids(4).build()))
				.withMessageStartingWith("index 'docs': PqSnapIndex must be trained before it is used");
			assertThat(trained.index()).isSameAs(held);
		}
	}

	@Test
	void anExceptionNamesTheIndexThoughAnIdIsCalledAsItIs() {
		this.index.add("products", vector(1));
		assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> this.index.add("products", vector(1)))
			.withMessage("index 'products': id 'products' is in the index already; upsert replaces it");
		assertThatExceptionOfType(InvalidVectorException.class)
			.isThrownBy(() -> this.index.upsert("products", new float[3]))
			.withMessageStartingWith("index 'products': the vector of id 'products' has 3 coordinates");
	}

	@Test
	void changesAreCountedUntilTheyAreSaved() {
		this.index.addAll(List.of("a", "b"), TestVectors.random(1, 2, 4));
		this.index.delete("a");
		assertThat(this.index.unsavedChanges()).isEqualTo(2);
		this.index.local().markSaved(this.index.generation());
		assertThat(this.index.unsavedChanges()).isZero();
	}

	@Test
	void listenersAreToldWhatWasDone() {
		List<String> events = new ArrayList<>();
		IndexListener listener = new IndexListener() {

			@Override
			public void searched(SafeIndex index, long nanos, int hits) {
				assertThat(nanos).isPositive();
				events.add("searched " + hits);
			}

			@Override
			public void added(SafeIndex index, int rows) {
				events.add("added " + rows);
			}

			@Override
			public void deleted(SafeIndex index, int rows) {
				events.add("deleted " + rows);
			}

			@Override
			public void replaced(SafeIndex index) {
				events.add("replaced " + index.name());
			}

		};
		this.index.addListener(listener);
		this.index.addAll(List.of("a", "b"), TestVectors.random(1, 2, 4));
		this.index.upsert("a", vector(3));
		this.index.search(vector(2), 9);
		this.index.deleteAll(List.of("a", "unknown"));
		assertThatThrownBy(() -> this.index.add("b", vector(1))).isInstanceOf(InvalidIdException.class);
		this.index.replace(SnapIndex.builder(4).build());
		this.index.removeListener(listener);
		this.index.add("c", vector(1));
		assertThat(events).containsExactly("added 2", "added 1", "searched 2", "deleted 1", "replaced products");
	}

}
