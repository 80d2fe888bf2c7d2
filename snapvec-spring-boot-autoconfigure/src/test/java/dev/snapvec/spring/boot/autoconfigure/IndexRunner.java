package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexPopulator;

/**
 * What tests of the auto-configuration share: an application with an index 'products' of
 * dimension 8.
 */
public final class IndexRunner {

	private IndexRunner() {
	}

	public static ApplicationContextRunner in(Path directory) {
		return withoutIndexesIn(directory).withPropertyValues("snapvec.indexes.products.dimension=8");
	}

	public static ApplicationContextRunner withoutIndexesIn(Path directory) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SnapvecAutoConfiguration.class,
					TaskSchedulingAutoConfiguration.class, TaskExecutionAutoConfiguration.class))
			.withPropertyValues("snapvec.directory=" + directory);
	}

	/** A vector of dimension 8 that is not like the others. */
	public static float[] vector(int number) {
		float[] vector = new float[8];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = (float) Math.sin(1 + number * 7.3 + i * (number + 2));
		}
		return vector;
	}

	public static void add(SafeIndex index, int rows) {
		List<String> ids = IntStream.range(0, rows).mapToObj((row) -> "id" + row).toList();
		index.addAll(ids, IntStream.range(0, rows).mapToObj(IndexRunner::vector).toArray(float[][]::new));
	}

	public static IndexPopulator populator(int rows) {
		return (index, progress) -> add(index, rows);
	}

}
