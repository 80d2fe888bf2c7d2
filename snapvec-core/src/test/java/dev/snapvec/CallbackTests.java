package dev.snapvec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.snapvec.internal.lock.RankedLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * What an application's callbacks may call: everything, from their own thread and from
 * one that they wait for.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CallbackTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@TempDir
	Path directory;

	private final ExecutorService others = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "another");
		thread.setDaemon(true);
		return thread;
	});

	private final AtomicBoolean entered = new AtomicBoolean();

	private final AtomicReference<Throwable> failure = new AtomicReference<>();

	@AfterEach
	void end() {
		this.others.shutdownNow();
	}

	private static SnapIndex empty() {
		return SnapIndex.builder(4).build();
	}

	private static float[][] vectors(int rows) {
		return TestVectors.random(rows, rows, 4);
	}

	/** Where the application's code is called. */
	enum Callback {

		PROGRESS_OF_ADD {
			@Override
			void provoke(SafeIndex index, Runnable callback) {
				index.addAll(List.of("new"), vectors(1), (phase, done, total) -> callback.run());
			}
		},

		PROGRESS_OF_FIT {
			@Override
			void provoke(SafeIndex index, Runnable callback) {
				index.replace(PqSnapIndex.builder(4).subspaces(2).centroids(4).build());
				index.fit(vectors(50), (phase, done, total) -> callback.run());
			}
		},

		ADDED {
			@Override
			void provoke(SafeIndex index, Runnable callback) {
				index.addListener(new IndexListener() {

					@Override
					public void added(SafeIndex handle, int rows) {
						callback.run();
					}

				});
				index.upsert("new", vectors(1)[0]);
			}
		},

		ADDED_BETWEEN_MUTATIONS {
			@Override
			void provoke(SafeIndex index, Runnable callback) {
				index.local().betweenMutations(() -> ADDED.provoke(index, callback));
			}
		},

		DELETED {
			@Override
			void provoke(SafeIndex index, Runnable callback) {
				index.addListener(new IndexListener() {

					@Override
					public void deleted(SafeIndex handle, int rows) {
						callback.run();
					}

				});
				index.delete("there");
			}
		},

		REPLACED {
			@Override
			void provoke(SafeIndex index, Runnable callback) {
				index.addListener(new IndexListener() {

					@Override
					public void replaced(SafeIndex handle) {
						callback.run();
					}

				});
				index.replace(empty());
			}
		},

		SEARCHED {
			@Override
			void provoke(SafeIndex index, Runnable callback) {
				index.addListener(new IndexListener() {

					@Override
					public void searched(SafeIndex handle, long nanos, int hits) {
						callback.run();
					}

				});
				index.search(vectors(1)[0], 1);
			}
		},

		CACHE {
			@Override
			void provoke(SafeIndex index, Runnable callback) {
				index.searchCache(cache(callback));
				index.search(vectors(1)[0], 1);
			}
		},

		CACHE_OF_MANY {
			@Override
			void provoke(SafeIndex index, Runnable callback) {
				index.searchCache(cache(callback));
				index.searchAll(List.of(SearchRequest.of(vectors(1)[0]).build()));
			}
		};

		abstract void provoke(SafeIndex index, Runnable callback);

		private static SearchCache cache(Runnable callback) {
			return new SearchCache() {

				@Override
				public List<Hit> get(SearchRequest request, long generation, Supplier<List<Hit>> search) {
					callback.run();
					return search.get();
				}

				@Override
				public List<List<Hit>> getAll(List<SearchRequest> requests, long generation,
						Function<List<SearchRequest>, List<List<Hit>>> search) {
					callback.run();
					return search.apply(requests);
				}

			};
		}

	}

	private Map<String, BiConsumer<SafeIndex, Path>> calls() {
		return Map.of("attribute", (index, file) -> index.attribute("name", "value"), "freeze", (index, file) -> {
			index.freeze();
			index.unfreeze();
		}, "replace", (index, file) -> {
			if (!(index.index() instanceof TrainableIndex)) {
				index.replace(empty());
			}
		}, "save", (index, file) -> index.save(file), "compact", (index, file) -> index.compact(), "addAll",
				(index, file) -> index.upsertAll(List.of("a", "b"), vectors(2)), "delete",
				(index, file) -> index.delete("there"), "betweenMutations",
				(index, file) -> index.local().betweenMutations(() -> index.delete("there")), "log",
				(index, file) -> index.local().log(null), "search", (index, file) -> index.search(vectors(1)[0], 1));
	}

	@ParameterizedTest
	@EnumSource
	void aCallbackMayCallEverythingItself(Callback callback) {
		provoke(callback, (call) -> call.run());
	}

	@ParameterizedTest
	@EnumSource
	void aCallbackMayWaitForAnotherThreadThatCalls(Callback callback) {
		provoke(callback, (call) -> {
			Future<?> other = this.others.submit(call);
			try {
				other.get(LIMIT.toSeconds() / 2, TimeUnit.SECONDS);
			}
			catch (Exception ex) {
				throw new IllegalStateException("the other thread hangs", ex);
			}
		});
	}

	private void provoke(Callback callback, Consumer<Runnable> caller) {
		calls().forEach((name, call) -> assertTimeoutPreemptively(LIMIT, () -> {
			SafeIndex index = new SafeIndex("products", empty());
			index.add("there", vectors(1)[0]);
			this.entered.set(false);
			this.failure.set(null);
			callback.provoke(index, () -> {
				if (this.entered.compareAndSet(false, true)) {
					try {
						assertThat(RankedLock.isAnyHeld()).as("a lock is held").isFalse();
						caller
							.accept(() -> ignoringUntrained(() -> call.accept(index, this.directory.resolve("file"))));
					}
					catch (Throwable ex) {
						this.failure.set(ex);
					}
				}
			});
			assertThat(this.entered).isTrue();
			assertThat(this.failure.get()).as("%s in %s", name, callback).isNull();
		}, () -> name + " hangs in " + callback));
	}

	private static void ignoringUntrained(Runnable call) {
		try {
			call.run();
		}
		catch (NotFittedException ex) {
			assertThat(ex).hasMessageContaining("products");
		}
	}

	@Test
	void rowsEncodedWhileTheIndexWasReplacedAreInTheNewOne() {
		SafeIndex index = new SafeIndex("products", empty());
		VectorIndex next = ResidualSnapIndex.builder(4).build();
		index.addAll(List.of("a", "b"), vectors(2), (phase, done, total) -> {
			if (this.entered.compareAndSet(false, true)) {
				index.replace(next);
			}
		});
		assertThat(index.index()).isSameAs(next);
		assertThat(next.contains("a")).isTrue();
		assertThat(index.search(vectors(2)[1], 1)).extracting(Hit::id).containsExactly("b");
	}

	@Test
	void rowsEncodedWhileTheIndexWasFrozenAreRefused() {
		SafeIndex index = new SafeIndex("products", empty());
		assertThatExceptionOfType(FrozenIndexException.class)
			.isThrownBy(() -> index.addAll(List.of("a", "b"), vectors(2), (phase, done, total) -> index.freeze()))
			.withMessageContaining("products");
		assertThat(index.size()).isZero();
	}

	@Test
	void anIndexIsTrainedOnceAlsoWhenItsListenerTrainsIt() {
		SafeIndex index = new SafeIndex("products", PqSnapIndex.builder(4).subspaces(2).centroids(4).build());
		index.fit(vectors(50),
				(phase, done, total) -> assertThatIllegalStateException().isThrownBy(() -> index.fit(vectors(50)))
					.withMessageContainingAll("products", "fit"));
		index.add("a", vectors(1)[0]);
		assertThat(index.contains("a")).isTrue();
	}

	static Stream<Arguments> callsOfALog() {
		return Stream.of(
				Arguments.of("attribute", (BiConsumer<SafeIndex, Path>) (index, file) -> index.attribute("n", "v")),
				Arguments.of("freeze", (BiConsumer<SafeIndex, Path>) (index, file) -> index.freeze()),
				Arguments.of("replace", (BiConsumer<SafeIndex, Path>) (index, file) -> index.replace(empty())),
				Arguments.of("upsertAll",
						(BiConsumer<SafeIndex, Path>) (index, file) -> index.upsert("new", vectors(1)[0])),
				Arguments.of("deleteAll", (BiConsumer<SafeIndex, Path>) (index, file) -> index.delete("new")));
	}

	/** A log is called with the lock held, so it is refused rather than left hanging. */
	@ParameterizedTest
	@MethodSource("callsOfALog")
	void aLogThatChangesItsIndexIsRefused(String name, BiConsumer<SafeIndex, Path> call) {
		SafeIndex index = new SafeIndex("products", empty());
		index.local().log(new MutationLog() {

			@Override
			public void begin(VectorIndex begun) {
			}

			@Override
			public void put(List<String> ids, float[][] vectors) {
				call.accept(index, Path.of("file"));
			}

			@Override
			public void delete(List<String> ids) {
			}

			@Override
			public void attribute(String attribute, String value) {
			}

		});
		assertTimeoutPreemptively(LIMIT,
				() -> assertThatIllegalStateException().isThrownBy(() -> index.add("new", vectors(1)[0]))
					.withMessageContainingAll("products", name));
		assertThat(index.size()).isZero();
	}

	@Test
	void twoIndexesAreNotLockedAtOnce() {
		SafeIndex one = new SafeIndex("one", empty());
		SafeIndex other = new SafeIndex("other", empty());
		assertThatIllegalStateException()
			.isThrownBy(() -> one.local().betweenMutations(() -> other.add("a", vectors(1)[0])))
			.withMessageContainingAll("one", "other");
		assertThat(other.size()).isZero();
		other.add("a", vectors(1)[0]);
	}

}
