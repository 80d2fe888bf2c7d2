package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexPopulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is on disk after a start that failed at the second of two indexes.
 */
class FailedStartTests {

	@TempDir
	private Path directory;

	@Test
	void whatWasFilledBeforeTheFailureIsRestoredAndTheRestIsFilledAgain() {
		start(true).run((context) -> assertThat(context).hasFailed());
		assertThat(this.directory.resolve("first/snapshot-0000000001.snapvec")).exists();
		assertThat(this.directory.resolve("first/snapshot-0000000002.snapvec")).doesNotExist();
		assertThat(this.directory.resolve("second")).isDirectoryNotContaining("glob:**.snapvec");
		start(false).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean("first", SafeIndex.class).size()).isEqualTo(3);
			assertThat(context.getBean("second", SafeIndex.class).size()).isEqualTo(3);
		});
		assertThat(this.directory.resolve("first/snapshot-0000000002.snapvec")).doesNotExist();
	}

	private ApplicationContextRunner start(boolean fails) {
		return IndexRunner.withoutIndexesIn(this.directory)
			.withPropertyValues("snapvec.indexes.first.dimension=8", "snapvec.indexes.second.dimension=8")
			.withBean(IndexPopulator.class, () -> new IndexPopulator() {

				@Override
				public void populate(SafeIndex index, ProgressListener progress) {
					IndexRunner.add(index, 3);
					if (fails && index.name().equals("second")) {
						throw new IllegalStateException("no more");
					}
				}

				@Override
				public Set<String> indexNames() {
					return Set.of("first", "second");
				}

			});
	}

}
