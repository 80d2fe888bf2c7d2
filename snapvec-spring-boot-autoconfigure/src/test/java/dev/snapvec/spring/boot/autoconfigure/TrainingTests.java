package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.snapvec.NotFittedException;
import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.TrainableIndex;
import dev.snapvec.spring.boot.IndexPopulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for indexes that learn from what their populators give.
 */
@ExtendWith(OutputCaptureExtension.class)
class TrainingTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.indexes.products.type=ivf-pq", "snapvec.indexes.products.nlist=4",
					"snapvec.indexes.products.centroids=8");
	}

	@Test
	void learnsFromItsPopulatorBeforeItIsFilledAndKeepsWhatItLearned(CapturedOutput output) {
		runner().withBean(IndexPopulator.class, () -> new Catalogue(40, 60)).run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			assertThat(index.size()).isEqualTo(60);
			assertThat(index.search(IndexRunner.vector(3), 60)).isNotEmpty();
		});
		assertThat(output).containsPattern("Trained index 'products': from 40 vectors in \\d+ ms");
		runner().run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			assertThat(index.size()).isEqualTo(60);
			assertThat(index.stats().fitted()).isTrue();
		});
	}

	@Test
	void whatItLearnedIsSavedThoughNothingWasAddedYet(CapturedOutput output) {
		runner().withBean(IndexPopulator.class, () -> new Catalogue(40, 0)).run((context) -> {
		});
		runner().withBean(IndexPopulator.class, () -> new Catalogue(-1, 0))
			.run((context) -> assertThat(context.getBean(SafeIndex.class).stats().fitted()).isTrue());
		assertThat(output).contains("Saved index 'products': 0 rows");
	}

	@Test
	void learnsFromAllItsPopulatorsTogether(CapturedOutput output) {
		runner().withBean("one", IndexPopulator.class, () -> new Catalogue(5, 0))
			.withBean("two", IndexPopulator.class, () -> new Catalogue(6, 20))
			.run((context) -> assertThat(context.getBean(SafeIndex.class).size()).isEqualTo(20));
		assertThat(output).contains("from 11 vectors");
	}

	@Test
	void aPopulatorMayTrainTheIndexItself() {
		IndexPopulator populator = (index, progress) -> {
			index.fit(vectors(30), progress);
			IndexRunner.add(index, 10);
		};
		runner().withBean(IndexPopulator.class, () -> populator)
			.run((context) -> assertThat(context.getBean(SafeIndex.class).size()).isEqualTo(10));
	}

	@Test
	void anIndexThatNeedsNoTrainingDoesNotAskForASample() {
		IndexRunner.in(this.directory)
			.withBean(IndexPopulator.class, () -> new Catalogue(-1, 5))
			.run((context) -> assertThat(context.getBean(SafeIndex.class).size()).isEqualTo(5));
	}

	@Test
	void withoutPopulatorAndSnapshotTheIndexStartsUntrained() {
		runner().run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			assertThat(index.stats().fitted()).isFalse();
			assertThatExceptionOfType(NotFittedException.class).isThrownBy(() -> IndexRunner.add(index, 1))
				.withMessageContaining("call fit first");
			((TrainableIndex) index.index()).fit(vectors(20));
			IndexRunner.add(index, 3);
		});
		runner().run((context) -> assertThat(context.getBean(SafeIndex.class).size()).isEqualTo(3));
	}

	@Test
	void aPopulatorThatGivesNoSampleFailsTheStart() {
		runner().withBean("catalogue", IndexPopulator.class, () -> IndexRunner.populator(5))
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(
						"populator 'catalogue' of index 'products' adds rows before the index is trained"));
	}

	@Test
	void aSampleThatIsTooSmallFailsTheStart() {
		runner().withBean(IndexPopulator.class, () -> new Catalogue(3, 5))
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("index 'products' cannot be trained on the 3 vectors")
				.hasStackTraceContaining("at least 8"));
	}

	@Test
	void aSampleThatIsNotToBeHadFailsTheStart() {
		runner().withBean("catalogue", IndexPopulator.class, () -> new Catalogue(-1, 5))
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("populator 'catalogue' of index 'products' failed to return a training sample")
				.rootCause()
				.hasMessage("no sample"));
	}

	@Test
	void aRestoredIndexSearchesAsIsConfiguredNow() {
		runner().withBean(IndexPopulator.class, () -> new Catalogue(40, 60)).run((context) -> {
		});
		runner().withPropertyValues("snapvec.indexes.products.nprobe=3").run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			assertThat(index.size()).isEqualTo(60);
			assertThat(index.stats().parameters()).containsEntry("nprobe", 3);
		});
	}

	@Test
	void aSnapshotWithFewerListsThanShallBeScannedIsRefusedForWhatItIs() {
		runner().withBean(IndexPopulator.class, () -> new Catalogue(40, 60)).run((context) -> {
		});
		runner().withPropertyValues("snapvec.indexes.products.nlist=30", "snapvec.indexes.products.nprobe=30")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("snapvec.indexes.products.nlist is 30, the snapshot has"));
	}

	private static float[][] vectors(int rows) {
		return IntStream.range(0, rows).mapToObj(IndexRunner::vector).toArray(float[][]::new);
	}

	/** Gives a sample, or fails to if it is to have fewer than no rows, and rows. */
	private record Catalogue(int sample, int rows) implements IndexPopulator {

		@Override
		public float[][] trainingSample(SafeIndex index, ProgressListener progress) {
			if (this.sample < 0) {
				throw new IllegalStateException("no sample");
			}
			return vectors(this.sample);
		}

		@Override
		public void populate(SafeIndex index, ProgressListener progress) {
			if (this.rows > 0) {
				IndexRunner.add(index, this.rows);
			}
		}

	}

}
